package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/pflag"

	"github.com/wsspec/wsspec/reports"
	"github.com/wsspec/wsspec/runner"
)

// A featureFlag is a flag for features that are declared, each checked as it is read.
type featureFlag []reports.Declaration

var _ pflag.SliceValue = (*featureFlag)(nil)

// registerFeatures registers the flag for what is declared of who is tested.
func (f *reportFlags) registerFeatures(s *pflag.FlagSet) {
	var names []string
	for _, d := range reports.DeclarableFeatures() {
		names = append(names, d.Name)
	}
	s.Var(&f.declared, "feature", "expect that the run finds this `feature` to be so, as in compression=yes, or else fail: "+strings.Join(names, ", ")+" (repeatable)")
}

// Set adds a feature, as in compression=yes.
func (f *featureFlag) Set(text string) error {
	d, err := reports.ParseDeclaration(text)
	if err == nil {
		*f = append(*f, d)
	}
	return err
}

// Type is what the value is called.
func (f *featureFlag) Type() string { return "feature" }

func (f *featureFlag) String() string { return strings.Join(f.GetSlice(), " ") }

// Append adds a feature.
func (f *featureFlag) Append(text string) error { return f.Set(text) }

// Replace has these features in place of those that were there.
func (f *featureFlag) Replace(list []string) error {
	*f = nil
	var errs []error
	for _, text := range list {
		errs = append(errs, f.Set(text))
	}
	return errors.Join(errs...)
}

// GetSlice are the features, each as it is written.
func (f *featureFlag) GetSlice() (list []string) {
	for _, d := range *f {
		list = append(list, d.Name+"="+d.Value)
	}
	return list
}

// judgeFeatures prints what is found to be other than declared, which makes a run
// fail that has nothing else to say.
func (f *reportFlags) judgeFeatures(out io.Writer, r *runner.Report) error {
	if len(f.declared) == 0 || !r.Features.Handshake {
		return nil
	}
	differ := reports.Differences(f.declared, r.Features)
	fmt.Fprintln(out)
	err := reports.WriteDifferences(out, len(f.declared), differ)
	if f.github {
		err = errors.Join(err, reports.DifferenceAnnotations(out, differ))
	}
	switch {
	case err != nil:
		return &exitError{exitTrouble, err}
	case len(differ) > 0:
		return &exitError{exitVerdict, nil}
	}
	return nil
}

// checkFeatures checks what the file declares of the agent.
func (a *matrixAgent) checkFeatures(file string) (errs []error) {
	for i, o := range a.Features {
		d, err := reports.ParseDeclaration(o.declaration())
		at := o.key
		switch {
		case errors.Is(err, reports.ErrFeatureValue) && len(o.values) > 0:
			at = o.values[0]
		case err != nil:
		case a.Client.text != "" && d.OfServers():
			err = fmt.Errorf("a run does not find out %s of a client", d.Name)
		case declaredBefore(a.Features[:i], o.key.text):
			err = fmt.Errorf("%s is declared twice", d.Name)
		}
		if err != nil {
			errs = append(errs, at.errorf(file, "%w", err))
		}
	}
	return errs
}

func declaredBefore(list optionList, name string) bool {
	for _, o := range list {
		if o.key.text == name {
			return true
		}
	}
	return false
}

// declaration is a feature of the file as the flag takes it; an empty list is none.
func (o *option) declaration() string {
	var values []string
	for _, v := range o.values {
		values = append(values, v.text)
	}
	if len(values) == 0 {
		values = []string{"none"}
	}
	return o.key.text + "=" + strings.Join(values, ",")
}
