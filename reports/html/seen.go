package html

import (
	"strconv"

	"github.com/wsspec/wsspec/runner"
)

// appendSeen appends what a page saw, if one did: a row for each event and for each
// line of developer tools and the console, and where the wire differs.
func appendSeen(b []byte, r *runner.Result) []byte {
	if r.Seen == nil {
		return b
	}
	b = append(b, `,"seen":[`...)
	row := func(at, by, text string) {
		if b[len(b)-1] != '[' {
			b = append(b, ',')
		}
		b = appendTexts(b, []string{at, by, text})
	}
	for _, e := range r.Seen.Events {
		row(strconv.FormatFloat(e.At, 'f', 1, 64), "event", e.String())
	}
	for i, l := range r.Seen.Lines() {
		if story := l.By == "page" && i == len(r.Seen.Exceptions); story && len(r.Seen.Events) > 0 {
			continue // the events are told one by one
		}
		row("", l.By, l.Text)
	}
	b = append(b, ']')
	if differences := r.Differences(); len(differences) > 0 {
		b = appendTexts(append(b, `,"differs":`...), differences)
	}
	return b
}
