package seen

import (
	"strings"
	"testing"
)

func TestLongStoriesAreCut(t *testing.T) {
	s := Connection{URL: "ws://a/", Omitted: 100, Events: []Event{{Type: "open"}}}
	for range eventsOfALongStory {
		s.Events = append(s.Events, Event{Type: "message", Size: 1})
	}
	if got := s.Story(); strings.Count(got, "binary") != storyEvents || !strings.HasSuffix(got, "and 112 more messages") {
		t.Errorf("got %q", got)
	}
}

const eventsOfALongStory = storyEvents + 12
