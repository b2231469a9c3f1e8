package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/pflag"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/reports"
	"github.com/wsspec/wsspec/runner"
)

// knownFlags say what is expected besides that all is well.
type knownFlags struct {
	failing, flaky []string // patterns
	baseline       string
	writeKnown     string
	known          reports.Known // what was read
}

const knownHelp = `A server or client that is not conformant can be held where it is: --baseline FILE
fails only on what got worse than in the JSON report of an earlier run, and
--known-failing @FILE only on cases that are not in the list, which --write-known
writes, and on those in it that pass.`

func (f *knownFlags) register(s *pflag.FlagSet) {
	s.StringArrayVar(&f.failing, "known-failing", nil, "expect the cases that this `pattern` matches to fail; that one passes is then an unexpected verdict (repeatable)")
	s.StringArrayVar(&f.flaky, "known-flaky", nil, "let the cases that this `pattern` matches fail or pass (repeatable)")
	s.StringVar(&f.baseline, "baseline", "", "compare with this JSON report, a `file` or folder: only what is worse than there is an unexpected verdict")
	s.StringVar(&f.writeKnown, "write-known", "", "write the cases that fail to this `file`, for --known-failing @FILE")
}

// loadKnown reads what is known. Patterns select from all cases, so that a list stays
// right for a run of some of them.
func (f *reportFlags) loadKnown(from *selectFlags) error {
	all, err := from.all()
	if err != nil {
		return err
	}
	f.known = reports.Known{Strict: f.strict}
	if f.known.Failing, err = idsOf(all, f.failing); err != nil {
		return fmt.Errorf("--known-failing: %w", err)
	}
	if f.known.Flaky, err = idsOf(all, f.flaky); err != nil {
		return fmt.Errorf("--known-flaky: %w", err)
	}
	if f.baseline != "" {
		d, err := readReport(new(reports.Reader), f.baseline)
		if err != nil {
			return fmt.Errorf("--baseline: %w", err)
		}
		f.known.Baseline = d.Report
	}
	return checkFile("--write-known", f.writeKnown)
}

// idsOf are the ids that patterns select, which may be none of a file; nil without
// patterns.
func idsOf(all []cases.Case, patterns []string) (map[string]bool, error) {
	if len(patterns) == 0 {
		return nil, nil
	}
	chosen, err := cases.Compile(patterns...)
	if err == nil {
		err = chosen.Check(all)
	}
	if err != nil {
		return nil, errors.New(withWayOut(err.Error(), patterns))
	}
	ids := map[string]bool{}
	for i := range all {
		if chosen.Match(&all[i]) {
			ids[all[i].ID] = true
		}
	}
	return ids, nil
}

func (f *knownFlags) any() bool {
	return f.known.Failing != nil || f.known.Flaky != nil || f.known.Baseline != nil
}

// judge prints how a report differs from what is known and declared. The error has
// the exit code.
func (f *reportFlags) judge(out io.Writer, r *runner.Report) error {
	verdicts, features := f.judgeResults(out, r), f.judgeFeatures(out, r)
	if verdicts != nil {
		return verdicts
	}
	return features
}

func (f *reportFlags) judgeResults(out io.Writer, r *runner.Report) error {
	if f.writeKnown != "" {
		if err := writeFile(out, f.writeKnown, func(w io.Writer) error { return reports.WriteKnown(w, r, f.known.Strict) }); err != nil {
			return &exitError{exitTrouble, fmt.Errorf("--write-known: %w", err)}
		}
	}
	s := f.known.Surprises(r)
	if f.github {
		if err := annotate(out, f.document(r).Agent, r, s, f.strict); err != nil {
			return &exitError{exitTrouble, err}
		}
	}
	if !f.any() || r.Trouble != "" || !r.Features.Handshake {
		return verdict(r, f.known.Strict)
	}
	fmt.Fprintln(out)
	if f.known.Baseline != nil {
		if err := reports.Compare(f.known.Baseline, r).Text(out); err != nil {
			return &exitError{exitTrouble, err}
		}
	}
	if err := s.Text(out); err != nil {
		return &exitError{exitTrouble, err}
	}
	return exitOf(s)
}

func exitOf(s *reports.Surprises) error {
	for _, r := range s.Bad {
		if r.Verdict == cases.Errored {
			return &exitError{exitTrouble, nil}
		}
	}
	if len(s.Bad)+len(s.Good) > 0 {
		return &exitError{exitVerdict, nil}
	}
	return nil
}
