package main

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/wsspec/wsspec/reports"
	"github.com/wsspec/wsspec/runner"
)

// document is a report with the configuration that it came about with.
func (f *reportFlags) document(r *runner.Report) *reports.Document {
	if f.source != nil {
		return f.source
	}
	return &reports.Document{Report: r, Agent: f.name, Tool: version(), Catalogue: catalogue(), Config: f.config}
}

// silent are the flags that decide nothing about what is found out, or that a report
// tells by itself.
var silent = []string{
	"help", "quiet", "verbose", "report", "html", "autobahn", "json", "junit", "markdown", "badge", "shields", "github",
	"write-known", "resume", "name", "seed", "full", "patient",
}

// configOf is the effective configuration of a command: each flag with its value but
// those that are off, and the patterns. Secrets are hidden.
func configOf(cmd *cobra.Command, patterns []string) map[string][]string {
	config := map[string][]string{}
	if len(patterns) > 0 {
		config["patterns"] = patterns
	}
	cmd.LocalFlags().VisitAll(func(flag *pflag.Flag) {
		values := []string{flag.Value.String()}
		if list, ok := flag.Value.(pflag.SliceValue); ok {
			values = list.GetSlice()
		}
		switch {
		case slices.Contains(silent, flag.Name), len(values) == 0, len(values) == 1 && (values[0] == "" || values[0] == "false"):
			return
		case flag.Name == "header":
			values = withoutSecrets(values)
		}
		config[flag.Name] = values
	})
	return config
}

// withoutSecrets are header fields, without the values of those that hold secrets.
func withoutSecrets(fields []string) []string {
	list := make([]string, len(fields))
	for i, field := range fields {
		if name, _, _ := strings.Cut(field, ":"); isSecret(name) {
			field = name + ": " + hiddenValue
		}
		list[i] = field
	}
	return list
}
