// Package html writes runs as a report for people: a folder of pages that a browser
// opens from the disk, without a server and without the network.
//
//	index.html      the agents side by side, by section of the RFC
//	matrix.html     cases and agents in a grid, with filters that the URL holds
//	coverage.html   the requirements in the order of their documents
//	agent-1.html    what was found of one agent
//	case.html       one case and one agent: what was expected, what came, the wire
//	data/           what matrix.html and case.html load when they need it
//
// Whatever a peer sent is text: pages are made by html/template, the data is JSON
// that a script turns into text nodes, and a Content-Security-Policy lets nothing
// run but the scripts of the report itself. Pages of the file scheme may not read
// other files, so that the data stands in scripts, each of which calls one
// function.
//
// A report stays small enough to be sent to somebody: see Limit.
package html

import (
	"github.com/wsspec/wsspec/reports"
	"github.com/wsspec/wsspec/runner"
)

// A Page is what a report shows.
type Page struct {
	Title string
	// Agents are those who were tested, in the order in which they are shown.
	Agents []Agent
	// Version is that of the program; empty to leave it out.
	Version string
	// Limit is the size in octets that the evidence of all agents may have together;
	// zero means DefaultLimit. When it is reached, passes lose their wire logs first,
	// and then the others from the mildest verdict on; the report says so.
	Limit int
}

// DefaultLimit is the size of the evidence in octets, unless a Page asks for
// another.
const DefaultLimit = 32 << 20

// An Agent is one who was tested.
type Agent struct {
	// Name is what people call the agent. Two may have the same.
	Name string
	// Report is what the run found out.
	Report *runner.Report
	// Tool is the program that played the cases, Catalogue the fingerprint of those
	// that it knew, and Config its configuration by the names of the flags, as in a
	// reports.Document. Each may be empty.
	Tool, Catalogue string
	Config          map[string][]string
	// Again is the command that repeats the case with the id; nil if there is none.
	Again func(id string) string
}

// AgentOf is who was tested in a run that was kept. The command that repeats its
// cases is not.
func AgentOf(d *reports.Document) Agent {
	return Agent{Name: d.Name(), Report: d.Report, Tool: d.Tool, Catalogue: d.Catalogue, Config: d.Config}
}
