package main

import (
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/reports"
	"github.com/wsspec/wsspec/runner"
)

// A progress shows how far a run is: one line that is rewritten on a terminal,
// and elsewhere only a line for each case that did not do well.
type progress struct {
	out    io.Writer
	live   io.Writer // nil where there is no terminal
	bad    int
	strict bool
	quiet  bool
	shown  int // columns of the live line
}

func newProgress(out, errOut io.Writer, quiet, strict bool) *progress {
	p := &progress{out: out, strict: strict, quiet: quiet}
	if f, ok := errOut.(*os.File); ok && !quiet && term.IsTerminal(int(f.Fd())) {
		p.live = f
	}
	return p
}

// result is called for each result as it comes.
func (p *progress) result(done, total int, r runner.Result) {
	if r.Verdict == cases.Failed || r.Verdict == cases.Errored && len(r.Transcript.Entries) > 0 || p.strict && r.Verdict == cases.Lax {
		p.bad++
		p.clear()
		if !p.quiet {
			fmt.Fprintln(p.out, reports.Line(&r))
		}
	}
	if p.live == nil || done%8 != 0 && done != total {
		return
	}
	p.clear()
	line := fmt.Sprintf("%d of %d cases, %d bad", done, total, p.bad)
	fmt.Fprint(p.live, line)
	p.shown = len(line)
}

// clear wipes the live line.
func (p *progress) clear() {
	if p.shown > 0 {
		fmt.Fprintf(p.live, "\r%s\r", strings.Repeat(" ", p.shown))
		p.shown = 0
	}
}
