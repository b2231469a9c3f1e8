package reference

import (
	"net/http"
	"strings"
)

// head is our part of an opening handshake in pieces, for faults to change. What
// is wrong about its octets is what makes it faulty, so nothing is checked.
type head struct {
	before string // in front of it: an answer 100
	start  string // without its line end
	fields []headField
	eol    string
	behind string              // behind the empty line
	octets func([]byte) []byte // changes all of it; nil does not

	request *http.Request // that a server answers; nil for a client
}

type headField struct{ name, value string }

// parseHead takes apart what appendSwitching or appendRequest has written.
func parseHead(b []byte, r *http.Request) *head {
	h := &head{eol: "\r\n", request: r}
	text := string(b)
	if strings.HasPrefix(text, "HTTP/1.1 100 ") {
		end := strings.Index(text, "\r\n\r\n") + 4
		h.before, text = text[:end], text[end:]
	}
	lines := strings.Split(strings.TrimSuffix(text, "\r\n\r\n"), "\r\n")
	h.start = lines[0]
	for _, line := range lines[1:] {
		name, value, _ := strings.Cut(line, ": ")
		h.fields = append(h.fields, headField{name, value})
	}
	return h
}

func (h *head) append(b []byte) []byte {
	b = append(append(append(b, h.before...), h.start...), h.eol...)
	for _, f := range h.fields {
		b = append(append(append(b, f.name...), ": "...), f.value...)
		b = append(b, h.eol...)
	}
	b = append(append(b, h.eol...), h.behind...)
	if h.octets != nil {
		b = h.octets(b)
	}
	return b
}

// get returns the value of a field, or the empty string.
func (h *head) get(name string) string {
	for _, f := range h.fields {
		if equalFold(f.name, name) {
			return f.value
		}
	}
	return ""
}

// set gives a field another value, and adds one that is missing.
func (h *head) set(name, value string) {
	for i, f := range h.fields {
		if equalFold(f.name, name) {
			h.fields[i].value = value
			return
		}
	}
	h.add(name, value)
}

// add adds a field, also one that is there already.
func (h *head) add(name, value string) {
	h.fields = append(h.fields, headField{name, value})
}

func (h *head) drop(name string) {
	kept := h.fields[:0]
	for _, f := range h.fields {
		if !equalFold(f.name, name) {
			kept = append(kept, f)
		}
	}
	h.fields = kept
}

// edit changes the value of a field that is there.
func (h *head) edit(name string, change func(string) string) {
	for i, f := range h.fields {
		if equalFold(f.name, name) {
			h.fields[i].value = change(f.value)
		}
	}
}

// The forms that most faults of a handshake have.

func setting(name, value string) func(*head) {
	return func(h *head) { h.set(name, value) }
}

func adding(name, value string) func(*head) {
	return func(h *head) { h.add(name, value) }
}

func dropping(name string) func(*head) {
	return func(h *head) { h.drop(name) }
}

func editing(name string, change func(string) string) func(*head) {
	return func(h *head) { h.edit(name, change) }
}

func starting(line string) func(*head) {
	return func(h *head) { h.start = line }
}
