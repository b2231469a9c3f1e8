package runner

import (
	"fmt"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/wsspec/wsspec/cases"
)

const (
	blockWidth  = 96 // columns that the first line of a block fills
	blockOctets = 20 // octets of an entry that a block shows
	blockLines  = 40 // entries of a transcript that a block shows
	blockHead   = 40 // lines of an HTTP message that a block shows
	wrapAt      = 84 // columns of running text
)

// Block is the result as a block of text for people, the same in a terminal, in
// JUnit and in HTML. Again is the command that repeats the case, without its
// id and seed; it may be empty. What the peer sent is quoted, so that the block
// is safe to print anywhere.
func (r *Result) Block(again string) string {
	var b strings.Builder
	r.headline(&b)
	if r.Case.Title != "" { // somebody's own case need not have one
		b.WriteString("      " + Sentence(r.Case.Title) + "\n")
	}
	line := func(name, text string) {
		for i, l := range wrap(text, wrapAt) {
			fmt.Fprintf(&b, "      %-9s %s\n", [...]string{name, ""}[min(i, 1)], l)
		}
	}
	line("expected", r.Expected)
	line("got", r.Got)
	line("because", r.Reason)
	for _, p := range r.Explanation {
		line("meaning", p)
	}
	r.wire(&b)
	if r.Seen != nil {
		for _, l := range r.Seen.Lines() {
			line(l.By, visible(l.Text))
		}
		for _, difference := range r.Differences() {
			line("differs", difference)
		}
	}
	if r.Verdict >= cases.Lax {
		line("note", r.Case.Note)
	}
	if r.Requirement != "" {
		if q, ok := cases.FindRequirement(r.Requirement); ok {
			line("rule", r.Requirement+": "+q.Text)
		}
		line("spec", cases.URLOf(r.Requirement))
	}
	if again != "" {
		line("again", again)
	}
	return b.String()
}

// headline is the verdict, the id, the section, the level and the time.
func (r *Result) headline(b *strings.Builder) {
	section, level := "", r.Case.EffectiveLevel()
	id := r.Requirement
	if id == "" {
		id = mainRef(&r.Case)
	}
	if q, ok := cases.FindRequirement(id); ok {
		section = q.Section()
		if id != mainRef(&r.Case) {
			level = q.Level
		}
	}
	left := fmt.Sprintf("%-5s %-36s %-16s %s", strings.ToUpper(r.Verdict.String()), r.Case.ID, section, level)
	fmt.Fprintf(b, "%-*s %7.3f s\n", blockWidth-10, left, r.Duration.Seconds())
}

// wire shows the transcript.
func (r *Result) wire(b *strings.Builder) {
	name := "wire"
	entries, skipped := r.Transcript.Entries, 0
	if len(entries) > blockLines {
		skipped = len(entries) - blockLines
		entries = append(append([]Entry(nil), entries[:blockLines/2]...), entries[len(entries)-blockLines/2:]...)
	}
	for i, e := range entries {
		if skipped > 0 && i == blockLines/2 {
			fmt.Fprintf(b, "      %-9s ... %d entries left out ...\n", "", skipped+r.Transcript.Omitted)
		}
		for j, l := range e.lines() {
			at := ""
			if j == 0 {
				at = fmt.Sprintf("%+.1f ms", float64(e.At)/float64(time.Millisecond))
			}
			fmt.Fprintf(b, "      %-9s %9s %c %s\n", name, at, e.Direction, l)
			name = ""
		}
	}
}

// lines shows an entry: an HTTP message line by line, all else in one.
func (e *Entry) lines() []string {
	switch {
	case e.Kind == EntryHTTP:
		return httpLines(e.Raw)
	case len(e.Raw) == 0:
		return []string{e.Meaning}
	}
	return []string{fmt.Sprintf("%-38s %s", e.Hex(blockOctets), e.Meaning)}
}

// Hex shows the first octets of an entry: those of a frame header apart, with
// the masking key in one word, and what is not shown as dots.
func (e *Entry) Hex(octets int) string {
	raw := e.Raw[:min(len(e.Raw), octets)]
	var parts []string
	key := 0
	if e.HeaderLen >= 6 && len(raw) > 1 && raw[1]&0x80 != 0 {
		key = e.HeaderLen - 4
	}
	for i := 0; i < len(raw); i++ {
		if key > 0 && i == key && i+4 <= len(raw) {
			parts = append(parts, fmt.Sprintf("%x", raw[i:i+4]))
			i += 3
			continue
		}
		parts = append(parts, fmt.Sprintf("%02x", raw[i]))
	}
	if e.Size > len(raw) {
		parts = append(parts, "...")
	}
	return strings.Join(parts, " ")
}

// httpLines shows an HTTP message with its line ends visible where they are not
// CR LF.
func httpLines(raw []byte) []string {
	var lines []string
	for l := range strings.SplitAfterSeq(string(raw), "\n") {
		switch body, ok := strings.CutSuffix(l, "\r\n"); {
		case l == "":
		case ok:
			lines = append(lines, visible(body))
		default:
			lines = append(lines, visible(l))
		}
		if len(lines) == blockHead {
			return append(lines, "...")
		}
	}
	return lines
}

// visible makes control characters and octets that are no text visible, and
// cuts what is long.
func visible(s string) string {
	var b strings.Builder
	for i, r := range s {
		switch {
		case b.Len() > 200:
			fmt.Fprintf(&b, "... (%d octets)", len(s))
			return b.String()
		case r == utf8.RuneError || !unicode.IsPrint(r):
			_, n := utf8.DecodeRuneInString(s[i:])
			for _, c := range []byte(s[i : i+n]) {
				fmt.Fprintf(&b, "\\x%02x", c)
			}
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// Sentence makes a sentence of a title.
func Sentence(title string) string {
	if title == "" {
		return ""
	}
	r, n := utf8.DecodeRuneInString(title)
	return string(unicode.ToUpper(r)) + title[n:] + "."
}

// wrap breaks text into lines, at spaces and at the line ends it has.
func wrap(text string, width int) []string {
	var lines []string
	for paragraph := range strings.SplitSeq(text, "\n") {
		line := ""
		for word := range strings.FieldsSeq(paragraph) {
			if line != "" && utf8.RuneCountInString(line)+1+utf8.RuneCountInString(word) > width {
				lines, line = append(lines, line), ""
			}
			if line != "" {
				line += " "
			}
			line += word
		}
		if line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}
