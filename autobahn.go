package main

import (
	"errors"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/reports"
	"github.com/wsspec/wsspec/runner"
)

// autobahnFlags are the flags of the autobahn command.
type autobahnFlags struct {
	mode, spec, wsuri string
	exitZero          bool
	full, quiet       bool
}

func autobahnCommand() *cobra.Command {
	var f autobahnFlags
	c := &cobra.Command{
		Use:   "autobahn -m fuzzingclient [-s SPEC]",
		Short: "Test the servers of a spec file of Autobahn|Testsuite",
		Long: `autobahn reads a spec file of Autobahn|Testsuite as it is, plays the cases that it
selects with each server in it, and writes the reports into its outdir as
Autobahn|Testsuite does. As there, certificates of servers are not verified.
Options in the spec file have no meaning here, and are told.

The exit code is that of wsspec test, unless --exit-zero asks for Autobahn's: 0
whatever the verdicts.`,
		Example: `  wsspec autobahn -m fuzzingclient -s config/fuzzingclient.json
  wsspec autobahn -m fuzzingclient --exit-zero       with fuzzingclient.json in this folder`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return f.run(cmd) },
	}
	s := c.Flags()
	s.SortFlags = false
	s.StringVarP(&f.mode, "mode", "m", "", "`mode`: fuzzingclient")
	s.StringVarP(&f.spec, "spec", "s", "fuzzingclient.json", "spec `file`")
	s.StringVarP(&f.wsuri, "wsuri", "w", "", "`URL` of the server, when the spec file has none")
	s.BoolVar(&f.exitZero, "exit-zero", false, "exit with 0 whatever the verdicts, also when a server cannot be reached")
	s.BoolVar(&f.full, "full", false, "send as much data as Autobahn does")
	s.BoolVarP(&f.quiet, "quiet", "q", false, "no progress: nothing before the report")
	return c
}

// run tests each server in turn; the worst outcome is the exit code.
func (f *autobahnFlags) run(cmd *cobra.Command) error {
	if f.mode != "fuzzingclient" {
		return usage("--mode %q is not there: fuzzingclient is", f.mode)
	}
	spec, err := readSpec(f.spec)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	list, err := spec.selected()
	if err != nil {
		return &exitError{exitUsage, err}
	}
	if len(spec.servers) == 0 && f.wsuri != "" {
		spec.servers = []specServer{{url: &specNode{file: "--wsuri", value: f.wsuri}}}
	}
	if len(spec.servers) == 0 {
		return usage("%s: there is no server, and no --wsuri", f.spec)
	}
	tests, targets, err := f.prepare(spec)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	for _, note := range spec.ignored {
		complain(cmd.ErrOrStderr(), note)
	}
	worst, played := 0, []reports.AutobahnRun(nil)
	for i := range tests {
		t, list := tests[i], spec.without(spec.servers[i].agent, list)
		t.played = played
		var exit *exitError
		if err := t.play(cmd, targets[i], list, "", t.again(targets[i].String(), nil, list)); errors.As(err, &exit) {
			complain(cmd.ErrOrStderr(), exit.err)
			worst = max(worst, exit.code)
		}
		if played = t.played; cmd.Context().Err() != nil {
			break
		}
	}
	if worst > 0 && !f.exitZero {
		return &exitError{worst, nil}
	}
	return nil
}

// prepare makes a test of each server, before the first is tested.
func (f *autobahnFlags) prepare(spec *specFile) (tests []*testFlags, targets []runner.Target, err error) {
	for _, server := range spec.servers {
		t := &testFlags{
			targetFlags: targetFlags{origin: server.origin, subprotocols: server.protocols, serverName: server.hostname, insecure: true},
			full:        f.full, quiet: f.quiet, seed: 1, parallel: 32, timeout: 5 * time.Second,
		}
		t.autobahn = spec.outdir
		t.asAutobahn = func(r *runner.Report) reports.AutobahnRun { return spec.asRun(server.agent, r) }
		target, err := t.targets([]string{server.url.value})
		if err != nil {
			return nil, nil, server.url.errorf("%w", err)
		}
		tests, targets = append(tests, t), append(targets, target...)
	}
	return tests, targets, checkFolder("outdir", spec.outdir, "")
}

// asRun is a report under the agent's name; an agent without one has that of its
// Server field.
func (s *specFile) asRun(agent string, r *runner.Report) reports.AutobahnRun {
	if agent == "" {
		agent = serverField(r)
		kept := *r
		kept.Results = nil
		for _, result := range r.Results {
			if only := s.without(agent, []cases.Case{result.Case}); len(only) > 0 {
				result.Case = only[0]
				kept.Results = append(kept.Results, result)
			}
		}
		r = &kept
	}
	return reports.AutobahnRun{Agent: agent, Report: r}
}

// serverField is what the server calls itself in its responses.
func serverField(r *runner.Report) string {
	for i := range r.Results {
		for _, e := range r.Results[i].Transcript.Entries {
			if e.Kind != runner.EntryHTTP || e.Direction != runner.Received {
				continue
			}
			for line := range strings.SplitSeq(string(e.Raw), "\r\n") {
				if name, value, ok := strings.Cut(line, ":"); ok && strings.EqualFold(name, "Server") && strings.TrimSpace(value) != "" {
					return strings.TrimSpace(value)
				}
			}
		}
	}
	return "UnknownServer"
}

// selected are the cases of the spec file, with the numbers that it selects.
func (s *specFile) selected() ([]cases.Case, error) {
	all := runner.ForServers(cases.All())
	takes, err := matchAny(s.cases, all, false)
	if err != nil {
		return nil, err
	}
	drops, err := matchAny(s.exclude, nil, false)
	if err != nil {
		return nil, err
	}
	list := withNumbers(all, func(id string) bool { return takes(id) && !drops(id) })
	if len(list) == 0 {
		return nil, errors.New("the spec file selects no case")
	}
	return list, nil
}

// without drops what the spec file excludes for the agent.
func (s *specFile) without(agent string, list []cases.Case) []cases.Case {
	for _, m := range s.excludeAgent {
		if agent != "" && specPattern(m.key, true).MatchString(agent) {
			drops, _ := matchAny(m.node.items, nil, true)
			list = withNumbers(list, func(id string) bool { return !drops(id) })
		}
	}
	return list
}

// withNumbers are the cases with those of Autobahn's numbers that are taken; a
// case with none is left out.
func withNumbers(list []cases.Case, takes func(id string) bool) (kept []cases.Case) {
	for _, c := range list {
		c.Alias = slices.DeleteFunc(slices.Clone(c.Alias), func(alias string) bool {
			id, ok := strings.CutPrefix(alias, "autobahn:")
			return !ok || !takes(id)
		})
		if len(c.Alias) > 0 {
			kept = append(kept, c)
		}
	}
	return kept
}

// matchAny matches numbers that any of the patterns fits. A number without * must
// be that of a case, where there is a list.
func matchAny(patterns []*specNode, all []cases.Case, whole bool) (func(id string) bool, error) {
	var expressions []*regexp.Regexp
	for _, p := range patterns {
		if all != nil && !strings.Contains(p.value, "*") && len(withNumbers(all, func(id string) bool { return id == p.value })) == 0 {
			return nil, p.errorf("there is no case %q", p.value)
		}
		expressions = append(expressions, specPattern(p.value, whole))
	}
	return func(id string) bool {
		return slices.ContainsFunc(expressions, func(e *regexp.Regexp) bool { return e.MatchString(id) })
	}, nil
}

// specPattern is a pattern of a spec file: * is any text, and one with * need not
// fit to the end, unless it has to be whole.
func specPattern(pattern string, whole bool) *regexp.Regexp {
	e := "(?s)^" + strings.ReplaceAll(regexp.QuoteMeta(pattern), `\*`, ".*")
	if whole || !strings.Contains(pattern, "*") {
		e += "$"
	}
	return regexp.MustCompile(e)
}
