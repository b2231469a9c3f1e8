package html

import (
	"bytes"
	"slices"
	"strings"

	"github.com/wsspec/wsspec/cases"
)

// edited marks what a case changes in our part of the opening handshake, where
// nothing is marked yet: that is what the verdict is about.
func (t *talk) edited() {
	h, edits := t.request, []cases.Edit(nil)
	for _, step := range t.result.Case.Steps {
		if r, ok := step.(cases.Request); ok && !t.client {
			edits = r.Edits
			break
		}
		if r, ok := step.(cases.Response); ok && t.client {
			h, edits = t.response, r.Edits
			break
		}
	}
	if h == nil || len(h.lines) == 0 {
		return
	}
	for _, edit := range edits {
		for _, l := range t.changed(h, edit) {
			if !slices.ContainsFunc(t.marks[h.entry], func(m octetMark) bool { return m.first < l.last && l.first < m.last }) {
				t.mark(h.entry, l.first, l.last, "on purpose: what the case is about")
			}
		}
	}
}

// changed are the lines that an edit has changed.
func (t *talk) changed(h *head, edit cases.Edit) []headLine {
	switch edit.Op {
	case cases.SetMethod, cases.SetTarget, cases.SetProto, cases.SetStatus:
		return h.lines[:1]
	case cases.SetField:
		return h.fields(edit.Name)
	case cases.AddField:
		return h.fields(strings.TrimSpace(edit.Name))
	case cases.AddOctets:
		octets := edit.Value.Append(nil, 0)
		raw := t.entries[h.entry].Raw
		if at := bytes.Index(raw, octets); at > 0 && len(octets) > 0 {
			return []headLine{{first: at, last: at + len(octets)}}
		}
	}
	return nil
}

// accepted says what it means that a server opens a connection upon a request which
// the standard refuses.
func (t *talk) accepted() []string {
	if t.result.Verdict != cases.Failed || !strings.HasPrefix(t.result.Got, "HTTP 101") || !strings.Contains(t.result.Expected, "instead of 101") {
		return nil
	}
	return []string{"No browser sends such a request, so that no page notices. Something else that sends it, by mistake or to get past what stands before the server, gets a connection that the standard denies it. What is wrong with the request is marked below."}
}
