package reports

import "github.com/wsspec/wsspec/runner"

// A Document is a report with how it came about. Every format can be made from it,
// and what JSON writes of it, Read gives back.
type Document struct {
	*runner.Report
	// Agent is the name of who was tested, beside others; empty where the target says
	// it.
	Agent string
	// Tool is the program that played the cases, with its version.
	Tool string
	// Catalogue is the fingerprint of the cases that it knew: two runs with the same
	// one played the same cases under the same ids.
	Catalogue string
	// Config is the effective configuration, by the names of the flags, without
	// secrets. One that may be given more than once has all its values.
	Config map[string][]string
}

// Name is how who was tested is called beside others.
func (d *Document) Name() string {
	if d.Agent != "" {
		return d.Agent
	}
	return d.Target
}
