package main

import (
	"cmp"
	"errors"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/reports"
	"github.com/wsspec/wsspec/runner"
)

// fuzzingClient tests each server of the spec file in turn; the worst outcome is
// the exit code.
func (f *autobahnFlags) fuzzingClient(cmd *cobra.Command) error {
	spec, err := f.readSpec(cmd)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	list, err := spec.selected(runner.ForServers(cases.All()))
	if err != nil {
		return &exitError{exitUsage, err}
	}
	if len(spec.servers) == 0 && f.wsuri != "" {
		spec.servers = []specServer{{url: f.uri()}}
	}
	if len(spec.servers) == 0 {
		return usage("%s: there is no server, and no --wsuri", cmp.Or(f.spec, f.mode+".json"))
	}
	tests, targets, err := f.prepare(spec)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	spec.tellIgnored(cmd)
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
	if worst > 0 {
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
