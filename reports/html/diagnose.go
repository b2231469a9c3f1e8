package html

import (
	"strings"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// An octetMark marks octets of an entry, from first on, before last, and says what
// is wrong with them.
type octetMark struct {
	first, last int
	words       string
}

// A talk is a transcript with what the frames of it are read by.
type talk struct {
	result            *runner.Result
	entries           []runner.Entry
	request, response *head // of the last opening handshake; nil if there is none
	deflate           bool  // the response agrees to permessage-deflate
	client            bool  // who is tested is the client
	marks             map[int][]octetMark
}

// diagnose finds the octets of a transcript that are wrong, and says in plain words
// what comes of them where the runner has not.
func diagnose(r *runner.Result) (advice []string, marks map[int][]octetMark) {
	t := &talk{result: r, entries: r.Transcript.Entries, marks: map[int][]octetMark{}}
	t.listen()
	t.frames()
	if t.request != nil {
		t.onPurpose()
	}
	broken := r.Verdict == cases.Skipped && !r.Close.Opened // for a fault that all opening handshakes have
	if r.Verdict < cases.Lax && !broken {
		return nil, t.marks
	}
	switch {
	case t.client && t.request != nil:
		advice = t.judgeRequest()
	case !t.client && t.response != nil:
		advice = t.judgeResponse()
	}
	t.edited()
	t.broken()
	advice = append(advice, t.compression()...)
	return append(advice, t.echoed()...), t.marks
}

// listen reads the opening handshake.
func (t *talk) listen() {
	for i := range t.entries {
		e := &t.entries[i]
		if e.Kind != runner.EntryHTTP {
			continue
		}
		h := parseHead(e.Raw)
		h.entry, h.whole = i, len(e.Raw) == e.Size
		if strings.HasPrefix(h.start(), "HTTP/") || t.request != nil && e.Direction != t.entries[t.request.entry].Direction {
			t.response = h
		} else {
			t.request, t.response = h, nil
			t.client = e.Direction == runner.Received
		}
	}
	t.deflate = t.response != nil && strings.Contains(strings.ToLower(strings.Join(t.response.values("Sec-WebSocket-Extensions"), ",")), "permessage-deflate")
}

// mark marks octets of an entry, if they are shown.
func (t *talk) mark(entry, first, last int, words string) {
	if last = min(last, len(t.entries[entry].Raw)); first < last {
		t.marks[entry] = append(t.marks[entry], octetMark{first, last, words})
	}
}

// A head is the head of a request or response, line by line.
type head struct {
	entry int
	whole bool       // all of it is shown
	lines []headLine // the start line first
	end   headLine   // the empty line
}

// A headLine is a line and where it stands.
type headLine struct {
	first, last int // last is behind the line end
	name, value string
	text        string
	bare        bool // it ends in LF without CR
}

func parseHead(raw []byte) *head {
	h := &head{lines: make([]headLine, 0, 8)}
	whole := string(raw)
	for at := 0; at < len(whole); {
		line := whole[at:]
		if n := strings.IndexByte(line, '\n'); n >= 0 {
			line = line[:n+1]
		}
		text := strings.TrimRight(line, "\r\n")
		l := headLine{first: at, last: at + len(line), text: text, bare: strings.HasSuffix(line, "\n") && !strings.HasSuffix(line, "\r\n")}
		at = l.last
		switch {
		case text == "" && len(h.lines) > 0:
			h.end = l
			return h
		case text == "": // an empty line may stand before the first
			continue
		case len(h.lines) > 1 && (text[0] == ' ' || text[0] == '\t'): // a folded line
			last := &h.lines[len(h.lines)-1]
			last.last, last.bare, last.value = l.last, l.bare, strings.Trim(last.value+" "+strings.Trim(text, " \t"), " ")
			continue
		}
		if name, value, found := strings.Cut(text, ":"); found {
			l.name, l.value = strings.TrimRight(name, " \t"), strings.Trim(value, " \t")
		}
		h.lines = append(h.lines, l)
	}
	return h
}

// start is the start line.
func (h *head) start() string {
	if len(h.lines) == 0 {
		return ""
	}
	return h.lines[0].text
}

// fields are the lines of the fields with a name.
func (h *head) fields(name string) (list []headLine) {
	for i, l := range h.lines {
		if i > 0 && strings.EqualFold(l.name, name) {
			list = append(list, l)
		}
	}
	return list
}

func (h *head) values(name string) (list []string) {
	for _, l := range h.fields(name) {
		list = append(list, l.value)
	}
	return list
}

// elements are those of the lists in the fields with a name, without parameters.
func (h *head) elements(name string) (list []string) {
	for _, v := range h.values(name) {
		for e := range strings.SplitSeq(v, ",") {
			e, _, _ = strings.Cut(e, ";")
			if e = strings.Trim(e, " \t"); e != "" {
				list = append(list, e)
			}
		}
	}
	return list
}
