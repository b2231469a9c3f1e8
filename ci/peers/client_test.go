package peers_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/ci/peers"
	"github.com/wsspec/wsspec/runner"
)

// The same holds for clients, whose tables are those with names that begin with
// client.
func TestVerdictsOnClientsAreThoseOfTheTable(t *testing.T) {
	for _, client := range peers.Clients() {
		t.Run(client.Name, func(t *testing.T) {
			text, err := os.ReadFile(filepath.Join("expected", "client-"+client.Name+".txt"))
			if err != nil && !os.IsNotExist(err) {
				t.Fatal(err)
			}
			hold(t, string(text), playClient(t, client))
		})
	}
}

// playClient plays the catalogue to a client on the library, but for the cases
// that wait for a timer of the client's.
func playClient(t *testing.T, client peers.Client) *runner.Report {
	t.Helper()
	list := slices.DeleteFunc(cases.All(), func(c cases.Case) bool { return slices.Contains(c.Needs, cases.Patience) })
	report, err := runner.RunClient(t.Context(), client, list, runner.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if report.Trouble != "" {
		t.Fatal(report.Trouble)
	}
	t.Logf("%s: %d cases in %v", client, len(report.Results), report.Elapsed)
	return report
}

// hold holds a report against the text of a table.
func hold(t *testing.T, text string, report *runner.Report) {
	t.Helper()
	table, faults := parseTable(text)
	c := compare(table, report.Results)
	if faults = append(faults, c.faults...); len(faults) > 0 {
		t.Errorf("the table is wrong:\n%s", strings.Join(faults, "\n"))
	}
	if len(c.missing) > 0 {
		t.Errorf("lines are missing, each with a reason to be found:\n%s", strings.Join(c.missing, "\n"))
	}
	for _, r := range c.unexpected[:min(len(c.unexpected), blocks)] {
		t.Errorf("\n%s", r.Block("wsspec client"))
	}
}
