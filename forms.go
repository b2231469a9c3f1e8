package main

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/pflag"

	"github.com/wsspec/wsspec/reports"
	"github.com/wsspec/wsspec/runner"
)

// A writing makes the text of a report in one form.
type writing func(f *reportFlags, r *runner.Report, again func(string) string) func(io.Writer) error

// A form is one in which a report can be written to a file.
type form struct {
	flag, usage string
	of          writing
}

// forms are all of them.
var forms = []form{
	{"json", "write the report as JSON to this `file`; - for standard output", asJSON},
	{"junit", "write the report as JUnit to this `file`; - for standard output", asJUnit},
	{"markdown", "write a summary as Markdown to this `file`; - for standard output", asMarkdown},
	{"badge", "write an SVG image that says what the report comes to, to this `file`", asBadge},
	{"shields", "write the same as JSON for an endpoint badge of shields.io, to this `file`", asShields},
}

// An outputFile is a file for a form; the name is empty for none.
type outputFile struct {
	form form
	name string
}

func asJSON(f *reportFlags, r *runner.Report, _ func(string) string) func(io.Writer) error {
	return func(w io.Writer) error { return reports.JSON(w, f.document(r)) }
}

func asJUnit(f *reportFlags, r *runner.Report, again func(string) string) func(io.Writer) error {
	return func(w io.Writer) error { return reports.JUnit(w, r, again, f.strict) }
}

func asMarkdown(f *reportFlags, r *runner.Report, again func(string) string) func(io.Writer) error {
	m := &reports.Markdown{Name: f.document(r).Agent, Again: again, Strict: f.strict}
	return func(w io.Writer) error { return m.Write(w, r) }
}

func asBadge(f *reportFlags, r *runner.Report, _ func(string) string) func(io.Writer) error {
	return func(w io.Writer) error { return reports.Badge(w, r, f.strict) }
}

func asShields(f *reportFlags, r *runner.Report, _ func(string) string) func(io.Writer) error {
	return func(w io.Writer) error { return reports.ShieldsJSON(w, r, f.strict) }
}

// registerFiles registers a flag for each form.
func (f *reportFlags) registerFiles(s *pflag.FlagSet) {
	f.files = make([]outputFile, len(forms))
	for i, form := range forms {
		f.files[i].form = form
		s.StringVar(&f.files[i].name, form.flag, "", form.usage)
	}
}

func (f *reportFlags) toStdout() bool {
	for _, file := range f.files {
		if file.name == "-" {
			return true
		}
	}
	return false
}

// checkFiles finds out before the run what would go wrong behind it.
func (f *reportFlags) checkFiles(urls int) error {
	taken := map[string]string{}
	var errs []error
	for _, file := range f.files {
		flag := "--" + file.form.flag
		other, double := taken[file.name]
		switch {
		case file.name == "":
			continue
		case urls > 1:
			errs = append(errs, fmt.Errorf("%s goes with one URL: with several, --report writes files for each", flag))
		case double:
			errs = append(errs, fmt.Errorf("%s and %s cannot both go to %s", other, flag, file.name))
		}
		taken[file.name] = flag
		errs = append(errs, checkFile(flag, file.name))
	}
	return errors.Join(errs...)
}
