package html

import (
	"encoding/base64"
	"slices"
	"strconv"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// chunkSize is about how many octets of evidence stand in one file.
const chunkSize = 256 << 10

// Evidence is what a report keeps of the results of one agent, in files of a size
// that a browser loads at once.
type evidence struct {
	agent *agent
	again command
	// texts are the results as JSON, by entry; nil for those without.
	texts [][]byte
	// bare is the number of results that lost their wire logs to the limit.
	bare int
	// passes reports whether passes have their wire logs.
	passes bool
}

// newEvidence puts the results of an agent into JSON. Those that are no passes are
// all there, and then wire logs, the worst first, as far as the limit goes; a pass is
// there with its wire log or not at all.
func newEvidence(m *model, a *agent, limit int) *evidence {
	e := &evidence{agent: a, again: newCommand(a), texts: make([][]byte, len(a.results)), passes: true}
	size, order, wires := 0, worstFirst(a.marks), map[int][]byte{}
	for i, r := range a.results {
		if r != nil && r.Verdict != cases.Pass {
			e.texts[i], wires[i] = e.result(m.entries[i], r)
			size += len(e.texts[i])
		}
	}
	for _, i := range order {
		r := a.results[i]
		if r == nil || r.Verdict == cases.Pass && !e.passes {
			break // those behind are not better
		}
		wire := wires[i]
		if r.Verdict == cases.Pass {
			var text []byte
			text, wire = e.result(m.entries[i], r)
			wire = append(text, wire...)
		}
		switch {
		case size+len(wire) <= limit:
			e.texts[i] = append(append(slices.Grow(e.texts[i], len(wire)+1), wire...), '}')
			size += len(wire)
		case r.Verdict == cases.Pass:
			e.passes = false
		default:
			e.texts[i] = append(e.texts[i], `,"bare":1}`...)
			e.passes = false
			e.bare++
		}
	}
	return e
}

// worstFirst are the places of the marks, those of the worst first.
func worstFirst(marks []mark) []int {
	places := make([]int, len(marks))
	for i := range places {
		places[i] = i
	}
	slices.SortStableFunc(places, func(i, j int) int { return order(marks[i], marks[j]) })
	return places
}

// chunks are the entries at which files begin.
func (e *evidence) chunks() (first []int) {
	size := chunkSize
	for i, text := range e.texts {
		if text == nil {
			continue
		}
		if size >= chunkSize {
			first, size = append(first, i), 0
		}
		size += len(text)
	}
	return first
}

// file is the evidence of the entries from first on, before last, as a call.
func (e *evidence) file(name string, first, last int) []byte {
	size := 64
	for _, text := range e.texts[first:last] {
		size += len(text) + 16
	}
	b := append(make([]byte, 0, size), call(name)...)
	comma := byte('{')
	for i := first; i < last; i++ {
		if e.texts[i] == nil {
			continue
		}
		b = append(b, comma, '\n', '"')
		b = strconv.AppendInt(b, int64(i), 10)
		b = append(b, `":`...)
		b = append(b, e.texts[i]...)
		comma = ','
	}
	if comma == '{' {
		b = append(b, comma)
	}
	return append(b, "});\n"...)
}

// call begins a file that hands its data to the page.
func call(name string) []byte {
	b := append([]byte("wsspecData("), appendText(nil, name)...)
	return append(b, ',')
}

// result is one result as JSON, without the brace at its end: what is told of it, and
// its wire log.
func (e *evidence) result(of *entry, r *runner.Result) (b, wire []byte) {
	b = append(make([]byte, 0, 512), `{"ms":`...)
	b = strconv.AppendFloat(b, float64(r.Duration.Microseconds())/1000, 'g', -1, 64)
	text := func(name, s string) {
		if s != "" {
			b = append(append(b, `,"`+name+`":`...), appendText(nil, visible(s))...)
		}
	}
	text("rule", r.Requirement)
	text("expected", r.Expected)
	text("got", r.Got)
	text("reason", r.Reason)
	text("again", e.again.special(r.Case.ID))
	if r.Quick {
		b = append(b, `,"quick":1`...)
	}
	if &r.Case != of.Case && differs(&r.Case, of.Case) {
		if script := cases.Format(r.Case); script != of.script {
			text("script", script)
		}
	}
	b = append(append(b, `,"close":`...), appendClose(nil, r.Close)...)
	advice, marks := diagnose(r)
	if paragraphs := append(slices.Clone(r.Explanation), advice...); len(paragraphs) > 0 {
		b = appendTexts(append(b, `,"meaning":`...), paragraphs)
	}
	b = appendSeen(b, r)
	wire = appendTranscript(append(make([]byte, 0, roomFor(&r.Transcript)), `,"wire":`...), &r.Transcript, marks)
	if n := r.Transcript.Omitted; n > 0 {
		wire = strconv.AppendInt(append(wire, `,"omitted":`...), int64(n), 10)
	}
	return b, wire
}

// differs reports whether the steps of two cases may differ: most runs share them.
func differs(a, b *cases.Case) bool {
	return len(a.Steps) != len(b.Steps) || len(a.Steps) > 0 && &a.Steps[0] != &b.Steps[0] || a.Timeout != b.Timeout
}

// appendClose appends how a connection ended: opened, clean, code, who sent the
// first Close frame, who ended TCP, and whether with RST.
func appendClose(b []byte, c runner.CloseOutcome) []byte {
	return appendNumbers(b, []int{number(c.Opened), number(c.Clean), int(c.Code), int(c.First), int(c.Dropped), number(c.Reset)})
}

func number(b bool) int {
	if b {
		return 1
	}
	return 0
}

// appendTranscript appends the entries: the time in microseconds, the direction,
// the kind, the octets of the header, the octets on the wire, the meaning, the
// octets that are shown, in base64 unless they are HTTP, and what is marked of
// them.
func appendTranscript(b []byte, t *runner.Transcript, marks map[int][]octetMark) []byte {
	b = append(b, '[')
	for i := range t.Entries {
		e := &t.Entries[i]
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '[')
		b = strconv.AppendInt(b, e.At.Microseconds(), 10)
		b = append(b, ',', '"', direction(e.Direction), '"', ',')
		b = strconv.AppendInt(b, int64(e.Kind), 10)
		b = append(b, ',')
		b = strconv.AppendInt(b, int64(e.HeaderLen), 10)
		b = append(b, ',')
		b = strconv.AppendInt(b, int64(e.Size), 10)
		b = append(b, ',')
		b = appendText(b, visible(e.Meaning))
		switch {
		case e.Kind == runner.EntryHTTP:
			b = appendOctets(append(b, ','), e.Raw)
		case len(e.Raw) > 0 || len(marks[i]) > 0:
			b = append(base64.StdEncoding.AppendEncode(append(b, ',', '"'), e.Raw), '"')
		}
		if len(marks[i]) > 0 {
			b = appendMarks(append(b, ','), marks[i])
		}
		b = append(b, ']')
	}
	return append(b, ']')
}

// roomFor is about how many octets the entries take.
func roomFor(t *runner.Transcript) int {
	size := 64
	for i := range t.Entries {
		e := &t.Entries[i]
		size += 48 + len(e.Meaning) + len(e.Raw)*3/2
	}
	return size
}

// direction is a letter that needs no escape: s, r, or n for a remark.
func direction(d runner.Direction) byte {
	switch d {
	case runner.Sent:
		return 's'
	case runner.Received:
		return 'r'
	}
	return 'n'
}

func appendMarks(b []byte, marks []octetMark) []byte {
	b = append(b, '[')
	for i, m := range marks {
		if i > 0 {
			b = append(b, ',')
		}
		b = append(b, '[')
		b = strconv.AppendInt(b, int64(m.first), 10)
		b = append(b, ',')
		b = strconv.AppendInt(b, int64(m.last), 10)
		b = append(b, ',')
		b = append(appendText(b, visible(m.words)), ']')
	}
	return append(b, ']')
}
