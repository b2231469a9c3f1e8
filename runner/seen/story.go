package seen

import (
	"fmt"
	"strings"
)

func (e Exception) String() string {
	return fmt.Sprintf("%s throws %s: %s", e.Doing, e.Name, e.Message)
}

// storyEvents is how many events, or messages, a story tells one by one.
const storyEvents = 8

// Story tells the events in one line.
func (s *Connection) Story() string {
	var parts []string
	messages := 0
	for _, e := range s.Events {
		if e.Type == "message" {
			if messages++; messages > storyEvents {
				continue
			}
		}
		parts = append(parts, e.String())
	}
	if n := max(0, messages-storyEvents) + s.Omitted; n > 0 {
		parts = append(parts, fmt.Sprintf("and %d more messages", n))
	}
	if len(parts) == 0 {
		return "nothing"
	}
	return strings.Join(parts, ", ")
}

func (e Event) String() string {
	switch e.Type {
	case "message":
		if e.Text {
			return fmt.Sprintf("text of %d", e.Size)
		}
		return fmt.Sprintf("binary of %d", e.Size)
	case "close":
		how := "not clean"
		if e.WasClean {
			how = "clean"
		}
		if e.Reason != "" {
			return fmt.Sprintf("close %d %q, %s", e.Code, e.Reason, how)
		}
		return fmt.Sprintf("close %d, %s", e.Code, how)
	case "left":
		return "no end in time"
	}
	return e.Type
}

// Story tells what developer tools showed in one line.
func (d *DevTools) Story() string {
	if d.Off != "" {
		return d.Off
	}
	parts := []string{"no response to the opening handshake"}
	if d.Status > 0 {
		parts = []string{fmt.Sprintf("a response of status %d", d.Status)}
	}
	sent := 0
	for _, m := range d.Frames {
		if m.Sent {
			sent++
		}
	}
	switch n := len(d.Frames); {
	case d.Omitted > 0:
		parts = append(parts, fmt.Sprintf("%d messages", n+d.Omitted))
	case n > 0:
		parts = append(parts, fmt.Sprintf("messages (%d received, %d sent)", n-sent, sent))
	case d.Status > 0 && !d.Frameless:
		parts = append(parts, "no message")
	}
	for _, text := range d.Errors {
		parts = append(parts, fmt.Sprintf("the error %q", text))
	}
	if d.Closed {
		parts = append(parts, "the end")
	}
	return strings.Join(parts, ", ")
}
