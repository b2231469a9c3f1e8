package main

import (
	"errors"
	"fmt"
	"os"
	"regexp"
	"slices"

	"github.com/spf13/cobra"
	"go.yaml.in/yaml/v4"

	"github.com/wsspec/wsspec/runner"
)

// A matrixFile lists those who are tested in one run.
type matrixFile struct {
	Report  string        `yaml:"report"`
	Cases   []placed      `yaml:"cases"`
	Options optionList    `yaml:"options"`
	Agents  []matrixAgent `yaml:"agents"`
}

// A matrixAgent is one of them.
type matrixAgent struct {
	Name     placed     `yaml:"name"`
	URL      placed     `yaml:"url"`
	Start    placed     `yaml:"start"`
	Client   placed     `yaml:"client"`
	Features optionList `yaml:"features"` // that are declared
	Options  optionList `yaml:"options"`
}

// placed is a text with its place in the file.
type placed struct {
	text         string
	line, column int
}

// UnmarshalYAML takes any scalar as it is written.
func (p *placed) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind != yaml.ScalarNode || n.Tag == "!!null" {
		return errors.New("a text is expected here")
	}
	*p = placed{n.Value, n.Line, n.Column}
	return nil
}

// yamlList is one text, or several.
type yamlList []placed

// An option is one with the name of a flag.
type option struct {
	key    placed
	values yamlList
}

// optionList are options in the order of the file.
type optionList []option

// UnmarshalYAML takes a mapping of names to texts or lists of them.
func (l *optionList) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind != yaml.MappingNode {
		return errors.New("a mapping of options to their values is expected here")
	}
	for i := 0; i < len(n.Content); i += 2 {
		var o option
		if err := errors.Join(o.key.UnmarshalYAML(n.Content[i]), o.values.UnmarshalYAML(n.Content[i+1])); err != nil {
			return err
		}
		*l = append(*l, o)
	}
	return nil
}

// UnmarshalYAML takes a text as a list of one.
func (l *yamlList) UnmarshalYAML(n *yaml.Node) error {
	if n.Kind == yaml.SequenceNode {
		return n.Decode((*[]placed)(l))
	}
	var one placed
	if err := one.UnmarshalYAML(n); err != nil {
		return err
	}
	*l = yamlList{one}
	return nil
}

// readMatrix reads a file. Every fault is told, with the line and the column.
func readMatrix(name string) (*matrixFile, error) {
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	m := &matrixFile{Report: "wsspec-report"}
	err = yaml.Load(text, m, yaml.WithKnownFields())
	var all *yaml.LoadErrors
	var one *yaml.LoadError
	switch {
	case errors.As(err, &all):
	case errors.As(err, &one):
		all = &yaml.LoadErrors{Errors: []*yaml.LoadError{one}}
	case err != nil:
		return nil, fmt.Errorf("%s: %w", name, err)
	default:
		return m, m.check(name)
	}
	var errs []error
	for _, e := range all.Errors {
		at := placed{line: e.Mark.Line, column: e.Mark.Column}
		errs = append(errs, at.errorf(name, "%s", unknownField.ReplaceAllString(e.Message, `there is no field "$1" here`)))
	}
	return nil, errors.Join(errs...)
}

// unknownField is what the reader of YAML says of a field that it does not know.
var unknownField = regexp.MustCompile(`^field (.*) not found in type .*$`)

// errorf is an error with a place in the file.
func (p placed) errorf(file, format string, args ...any) error {
	return fmt.Errorf("%s:%d:%d: %w", file, p.line, p.column, fmt.Errorf(format, args...))
}

func (m *matrixFile) check(name string) error {
	if len(m.Agents) == 0 {
		return fmt.Errorf("%s: there is nobody to test: agents is a list of those who are", name)
	}
	var errs []error
	for i := range m.Agents {
		a := &m.Agents[i]
		switch same := slices.IndexFunc(m.Agents, func(b matrixAgent) bool { return b.Name.text == a.Name.text }); {
		case a.Name.text == "":
			errs = append(errs, fmt.Errorf("%s: agent %d has no name", name, i+1))
		case same < i:
			errs = append(errs, a.Name.errorf(name, "there is another agent %q on line %d", a.Name.text, m.Agents[same].Name.line))
		case (a.URL.text == "") == (a.Client.text == ""):
			errs = append(errs, a.Name.errorf(name, "the agent needs a url, of a server, or the command of a client"))
		case a.Client.text != "" && a.Start.text != "":
			errs = append(errs, a.Start.errorf(name, "start is a command for a server, and this agent is a client"))
		}
		for _, options := range []optionList{m.Options, a.Options} {
			errs = append(errs, a.checkOptions(name, options)...)
		}
		errs = append(errs, a.checkFeatures(name)...)
	}
	return joinOnce(errs)
}

// joinOnce joins errors, each text once: options for all are wrong for each.
func joinOnce(errs []error) error {
	seen := map[string]bool{}
	return errors.Join(slices.DeleteFunc(errs, func(err error) bool {
		was := seen[err.Error()]
		seen[err.Error()] = true
		return was
	})...)
}

// checkOptions tries the options on the command that will be run.
func (a *matrixAgent) checkOptions(file string, options optionList) []error {
	var errs []error
	flags := a.command().Flags()
	for _, o := range options {
		flag := flags.Lookup(o.key.text)
		if flag == nil || slices.Contains(matrixOwn, o.key.text) {
			errs = append(errs, o.key.errorf(file, "there is no option %q (wsspec %s --help lists them, without their --)", o.key.text, a.command().Name()))
			continue
		}
		for _, v := range o.values {
			if err := flag.Value.Set(v.text); err != nil {
				errs = append(errs, v.errorf(file, "%s: %w", o.key.text, err))
			}
		}
	}
	return errs
}

// matrixOwn are the flags that the file has other words for, or that make no sense in
// it.
var matrixOwn = []string{"config", "report", "feature", "name", "help", "json", "junit", "markdown", "badge", "shields", "autobahn", "html"}

// command is the one that tests the agent.
func (a *matrixAgent) command() *cobra.Command {
	if a.Client.text != "" {
		return clientCommand()
	}
	return testCommand()
}

// words is the command line that tests the agent.
func (m *matrixFile) words(a *matrixAgent, folder string) ([]string, error) {
	words := []string{a.command().Name(), "--name=" + a.Name.text, "--report=" + folder}
	for _, options := range []optionList{m.Options, a.Options} {
		for _, o := range options {
			for _, v := range o.values {
				words = append(words, "--"+o.key.text+"="+v.text)
			}
		}
	}
	for _, o := range a.Features {
		words = append(words, "--feature="+o.declaration())
	}
	if a.URL.text != "" {
		words = append(words, a.URL.text)
	}
	for _, pattern := range m.Cases {
		words = append(words, pattern.text)
	}
	line := a.Start.text + a.Client.text
	if line == "" {
		return words, nil
	}
	command, err := runner.SplitCommand(line)
	return append(append(words, "--"), command...), err
}
