package reports

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// blocks writes what failed, in full. Of the failures that have one cause, and
// the same words to explain it, the first stands for all.
func (t *Text) blocks(r *runner.Report) {
	same := map[string][]string{}
	for i := range r.Results {
		if v := &r.Results[i]; t.shown(v) {
			same[cause(v)] = append(same[cause(v)], v.Case.ID)
		}
	}
	for i := range r.Results {
		v := &r.Results[i]
		if !t.shown(v) {
			continue
		}
		ids := same[cause(v)]
		if t.Verbose || cause(v) == "" {
			ids = []string{v.Case.ID}
		}
		if ids[0] != v.Case.ID {
			continue
		}
		t.printf("\n%s", block(v, t.Again))
		if len(ids) > 1 {
			t.printf("      same      %s\n", hang(fmt.Sprintf("%s for the same cause (-v shows all): %s",
				plural(len(ids)-1, "more case"), shortList(ids[1:])), 16))
		}
	}
}

func (t *Text) shown(r *runner.Result) bool { return t.full(r.Verdict) && !unplayed(r) }

func (t *Text) full(v cases.Verdict) bool {
	switch v {
	case cases.Failed, cases.Errored:
		return true
	case cases.Pass:
		return false
	}
	return t.Verbose || t.Strict && v == cases.Lax
}

// block is the account of a result. The command that repeats it stands in one
// line, however long, to be copied.
func block(r *runner.Result, again func(id string) string) string {
	b := r.Block("")
	if again != nil {
		b += "      again     " + again(r.Case.ID) + "\n"
	}
	return b
}

// cause tells failures apart by what they have in common; empty for one of its
// own.
func cause(r *runner.Result) string {
	if len(r.Explanation) == 0 {
		return ""
	}
	return r.Verdict.String() + "\n" + strings.Join(r.Explanation, "\n")
}

// unplayed reports whether a case was never begun, because the run was cut short.
func unplayed(r *runner.Result) bool {
	return r.Verdict == cases.Errored && len(r.Transcript.Entries) == 0
}

// Line is a result in one line: the verdict, the case, and what came in short.
func Line(r *runner.Result) string {
	got := r.Got
	if got == "" {
		got = r.Reason
	}
	return Visible(fmt.Sprintf("%-5s %-50s %s", r.Verdict, r.Case.ID, shorten(got)))
}

// shorten is the beginning of a text, of its first line at most.
func shorten(s string) string {
	first, _, _ := strings.Cut(s, "\n")
	if runes := []rune(first); len(runes) > shortAt {
		return string(runes[:shortAt]) + "..."
	}
	return first
}

const (
	foldAt    = 96 // columns of running text
	shortAt   = 90 // columns of an account in one line
	listedIDs = 8  // ids that stand for many
)

func shortList(ids []string) string {
	if len(ids) <= listedIDs {
		return strings.Join(ids, ", ")
	}
	return strings.Join(ids[:listedIDs], ", ") + ", ..."
}

// fold breaks long lines at spaces. What goes on is indented as its line is.
func fold(text string) string {
	var lines []string
	for line := range strings.SplitSeq(text, "\n") {
		indent := len(line) - len(strings.TrimLeft(line, " "))
		lines = append(lines, line[:indent]+hang(line[indent:], indent))
	}
	return strings.Join(lines, "\n")
}

// hang breaks text at spaces into lines that leave so many columns free, and
// fills the columns of all but the first with spaces.
func hang(text string, columns int) string {
	var b strings.Builder
	at := columns
	for i, word := range strings.Fields(text) {
		n := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case at+1+n > foldAt:
			b.WriteString("\n" + strings.Repeat(" ", columns))
			at = columns
		default:
			b.WriteByte(' ')
			at++
		}
		b.WriteString(word)
		at += n
	}
	return b.String()
}
