package main

import (
	"cmp"
	"regexp"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// fuzzingServer tests the clients that connect with the cases of a spec file. Its
// numbers are those of the cases that are selected, from 1 on.
func (f *autobahnFlags) fuzzingServer(cmd *cobra.Command) error {
	spec, err := f.readSpec(cmd)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	list, err := spec.selected(numberedForClients())
	if err == nil {
		err = checkFolder("outdir", spec.outdir, "")
	}
	if err != nil {
		return &exitError{exitUsage, err}
	}
	spec.tellIgnored(cmd)
	if spec.url != nil && f.wsuri != "" {
		complain(cmd.ErrOrStderr(), spec.url.errorf("--wsuri is ignored: this is the URL"))
	}
	l, at, err := f.open(cmd, cmp.Or(spec.url, f.uri()), f.filesOf(spec))
	if err != nil {
		return err
	}
	server := &listenFlags{outdir: spec.outdir, seed: 1, timeout: 5 * time.Second, full: f.full, quiet: f.quiet}
	return server.receive(cmd, l, at, list, runner.ListenOptions{Excluded: spec.excluded()})
}

// filesOf are the files of the certificate: those of the spec file, or else of the
// command line.
func (f *autobahnFlags) filesOf(spec *specFile) pemFiles {
	if spec.key == "" && spec.cert == "" {
		return f.files
	}
	return pemFiles{cert: spec.cert, key: spec.key, certName: `"cert"`, keyName: `"key"`}
}

// numberedForClients are the cases that stand in for Autobahn's when a client is
// tested, under its numbers alone.
func numberedForClients() (list []cases.Case) {
	at := map[string]int{}
	for _, o := range runner.Offers(cases.All(), false) {
		if o.Name == o.Case.ID {
			continue
		}
		i, ok := at[o.Case.ID]
		if !ok {
			i = len(list)
			at[o.Case.ID] = i
			o.Case.Alias = nil
			list = append(list, o.Case)
		}
		list[i].Alias = append(list[i].Alias, "autobahn:"+o.Name)
	}
	return list
}

// excluded tells which cases the spec file excludes for an agent.
func (s *specFile) excluded() func(agent string, o runner.Offer) bool {
	type exclusion struct {
		agent *regexp.Regexp
		drops func(id string) bool
	}
	var all []exclusion
	for _, m := range s.excludeAgent {
		drops, _ := matchAny(m.node.items, nil, true)
		all = append(all, exclusion{specPattern(m.key, true), drops})
	}
	return func(agent string, o runner.Offer) bool {
		return slices.ContainsFunc(all, func(e exclusion) bool { return e.agent.MatchString(agent) && e.drops(o.Name) })
	}
}
