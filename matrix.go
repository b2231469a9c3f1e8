package main

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/wsspec/wsspec/reports/html"
	"github.com/wsspec/wsspec/runner"
)

const matrixHelp = `--config FILE tests several servers and clients in one run, which a YAML file lists:

  report: wsspec-report            # a folder, with one below it for each agent
  cases: ['close/**']              # patterns; all cases without it
  options: {full: true}            # flags of wsspec test and client, for all
  agents:
    - name: mine
      url: ws://127.0.0.1:9001/
      start: ./server --port 9001  # a command that is started first
      features: {compression: yes, subprotocols: [chat]}   # or else it fails
      options: {known-failing: ['@known.txt'], timeout: 10s}
    - name: my client
      client: ./client {url}

Its schema for editors is wsspec.schema.json.`

// matrix tests everybody in the file, one after the other. The worst outcome is the
// exit code.
func matrix(cmd *cobra.Command, name string, args []string) error {
	var other error
	cmd.Flags().Visit(func(flag *pflag.Flag) {
		if flag.Name != "config" && other == nil {
			other = usage("--%s goes into the file of --config, as an option", flag.Name)
		}
	})
	if len(args) > 0 {
		return usage("%q goes into the file of --config", args[0])
	}
	if other != nil {
		return other
	}
	m, err := readMatrix(name)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	lines, err := m.lines(name)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	worst := 0
	var shown gallery
	for i, line := range lines {
		fmt.Fprintf(cmd.OutOrStdout(), "== %s\n", m.Agents[i].Name.text)
		var exit *exitError
		before := len(shown.agents)
		shown.trouble = nil
		if err := m.test(shown.with(cmd.Context()), cmd, line); errors.As(err, &exit) {
			complain(cmd.ErrOrStderr(), exit.err)
			shown.met(exit.err)
			worst = max(worst, exit.code)
		}
		if len(shown.agents) == before && exit != nil {
			shown.agents = append(shown.agents, m.Agents[i].missing(shown.trouble))
		}
		if cmd.Context().Err() != nil {
			worst = exitTrouble
			break
		}
	}
	if err := m.together(cmd, shown.agents); err != nil {
		return &exitError{exitTrouble, err}
	}
	if worst > 0 {
		return &exitError{worst, nil}
	}
	return nil
}

// together writes one report on all, side by side.
func (m *matrixFile) together(cmd *cobra.Command, agents []html.Agent) error {
	f := reportFlags{report: m.Report, agents: agents}
	pages, err := f.writePages()
	for _, name := range pages {
		fmt.Fprintf(cmd.OutOrStdout(), "report: %s\n", name)
	}
	return err
}

// missing is an agent of whom nothing could be found out.
func (a *matrixAgent) missing(err error) html.Agent {
	r := &runner.Report{Target: a.URL.text + a.Client.text, Trouble: "it could not be tested"}
	if err != nil {
		r.Trouble += ": " + err.Error()
	}
	return html.Agent{Name: a.Name.text, Report: r}
}

// folders are those for the reports, each for an agent.
func (m *matrixFile) folders() (folders []string) {
	for i := range m.Agents {
		folders = append(folders, freeFolder(m.Report, "agent://"+m.Agents[i].Name.text, folders))
	}
	return folders
}

// lines are the command lines, each for an agent.
func (m *matrixFile) lines(file string) ([][]string, error) {
	lines := make([][]string, len(m.Agents))
	var errs []error
	for i, folder := range m.folders() {
		a := &m.Agents[i]
		words, err := m.words(a, filepath.ToSlash(folder))
		if err != nil {
			errs = append(errs, a.Name.errorf(file, "the command of the agent: %w", err))
		}
		lines[i] = words
	}
	return lines, errors.Join(errs...)
}

// test runs a command line as if it were given to wsspec.
func (m *matrixFile) test(ctx context.Context, cmd *cobra.Command, words []string) error {
	root := rootCommand()
	root.SetArgs(words)
	root.SetOut(cmd.OutOrStdout())
	root.SetErr(cmd.ErrOrStderr())
	err := root.ExecuteContext(ctx)
	var exit *exitError
	if err != nil && !errors.As(err, &exit) {
		return &exitError{exitUsage, err}
	}
	return err
}
