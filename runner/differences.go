package runner

import (
	"bytes"
	"fmt"
	"strings"

	"github.com/wsspec/wsspec/runner/seen"
	"github.com/wsspec/wsspec/runner/wire"
)

// Differences are what the wire shows of a browser's connection otherwise than its
// page and its developer tools do, in plain words: the answer to "why does the frame
// never appear?". There are none when no page told what it saw.
func (r *Result) Differences() (list []string) {
	if r.Seen == nil {
		return nil
	}
	t := tallyOf(&r.Transcript)
	for _, difference := range []string{t.answer(r.Seen), t.messages(r.Seen), t.control(r.Seen), t.closing(r.Seen)} {
		if difference != "" {
			list = append(list, difference)
		}
	}
	return list
}

// A tally counts what a transcript shows.
type tally struct {
	server         Direction // of what the server sends
	status         string    // of the last response that was sent
	data, finished int       // frames of messages that were sent, and those that end one
	pings, pongs   int       // in both directions
	sent, received string    // the first Close frame of each side, in words
}

func tallyOf(t *Transcript) (sum tally) {
	for i := range t.Entries {
		e := &t.Entries[i]
		switch {
		case e.Kind == EntryHTTP && bytes.HasPrefix(e.Raw, []byte("HTTP/")):
			sum.server = e.Direction
			sum.status, _, _ = strings.Cut(string(e.Raw), "\n")
		case e.Kind == EntryFrame && len(e.Raw) > 0:
			sum.frame(e)
		}
	}
	return sum
}

func (t *tally) frame(e *Entry) {
	switch opcode := wire.Opcode(e.Raw[0] & 0x0f); opcode {
	case wire.Continuation, wire.Text, wire.Binary:
		if e.Direction == t.server {
			t.data++
			if e.Raw[0]&0x80 != 0 {
				t.finished++
			}
		}
	case wire.Ping:
		t.pings++
	case wire.Pong:
		t.pongs++
	case wire.Close:
		if e.Direction == t.server && t.sent == "" {
			t.sent = e.Meaning
		} else if e.Direction != t.server && t.received == "" {
			t.received = e.Meaning
		}
	}
}

// answer is about the response to the opening handshake.
func (t *tally) answer(s *seen.Connection) string {
	if t.status == "" || s.DevTools.Off != "" || s.DevTools.Status != 0 {
		return ""
	}
	return "The server's response is on the wire (" + quoteText(strings.TrimSpace(t.status)) +
		"), and developer tools show none: they show that of an opening handshake alone which the browser takes."
}

// messages is about what comes to the page.
func (t *tally) messages(s *seen.Connection) string {
	delivered := s.Omitted
	for _, e := range s.Events {
		if e.Type == "message" {
			delivered++
		}
	}
	if t.data == 0 || t.finished <= delivered {
		return ""
	}
	shown := 0
	for _, m := range s.DevTools.Frames {
		if !m.Sent {
			shown++
		}
	}
	return fmt.Sprintf("The server sent %s, of which %d end a message; the page got %d, and developer tools show %d. "+
		"What the browser finds a fault in, and what follows that, comes to neither.",
		counted(t.data, "frame of messages", "frames of messages"), t.finished, delivered, shown)
}

// control is about pings and pongs, which are on the wire alone.
func (t *tally) control(s *seen.Connection) string {
	if t.pings+t.pongs == 0 || s.DevTools.Off != "" {
		return ""
	}
	return fmt.Sprintf("%s and %s are on the wire alone: no event tells of them, and developer tools do not show them.",
		counted(t.pings, "ping", "pings"), counted(t.pongs, "pong", "pongs"))
}

// closing is about the closing handshake, of which the page is told a part.
func (t *tally) closing(s *seen.Connection) string {
	end := s.Last("close")
	if end == nil || end.WasClean || t.sent == "" && t.received == "" {
		return ""
	}
	var frames []string
	if t.sent != "" {
		frames = append(frames, "the server sent "+t.sent)
	}
	if t.received != "" {
		frames = append(frames, "the browser sent "+t.received)
	}
	return fmt.Sprintf("On the wire %s; the page is told %d, and nothing of why.", strings.Join(frames, ", and "), end.Code)
}

func counted(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}
