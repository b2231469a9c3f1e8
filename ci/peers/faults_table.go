package peers

import (
	"context"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync"

	"github.com/wsspec/wsspec/reference"
	"github.com/wsspec/wsspec/spec/notice"
)

// A FaultTable is what clients make of the faults of servers: a column for each
// client, a row for each fault.
type FaultTable struct {
	mu      sync.Mutex
	columns []faultColumn
}

type faultColumn struct {
	name, version string
	rows          []notice.Row
	words         map[string]string // by fault
}

// NewFaultTable is a table without a column.
func NewFaultTable() *FaultTable { return &FaultTable{} }

// Add plays a client, and adds its column. Several clients may be added at a time.
func (t *FaultTable) Add(ctx context.Context, w Witness) error {
	c, err := testify(ctx, w, notice.Options{})
	if err == nil {
		t.mu.Lock()
		defer t.mu.Unlock()
		t.columns = append(t.columns, *c)
		place := func(c faultColumn) int {
			return slices.IndexFunc(Witnesses(), func(w Witness) bool { return w.Name == c.name })
		}
		slices.SortFunc(t.columns, func(a, b faultColumn) int { return place(a) - place(b) })
	}
	return err
}

// testify plays a client.
func testify(ctx context.Context, w Witness, o notice.Options) (*faultColumn, error) {
	client, stop, err := w.Start(ctx, &o)
	if err != nil {
		return nil, err
	}
	defer stop()
	c := &faultColumn{name: w.Name, version: client.String(), words: map[string]string{}}
	if c.rows, err = notice.Play(ctx, client, o); err != nil {
		return nil, err
	}
	c.rows = slices.DeleteFunc(c.rows, func(r notice.Row) bool { return slices.Contains(chances, r.Fault.ID) })
	for i := range c.rows {
		c.words[c.rows[i].Fault.ID] = faultWord(&c.rows[i])
	}
	return c, nil
}

// chances are the faults that show by chance: in some keys, which clients choose at
// random, or when two frames arrive together, or apart.
var chances = []string{"keys-with-signs-refused", "one-frame-per-read", "one-read-per-frame", "request-in-one-segment"}

// faultWord is what stands in a cell.
func faultWord(r *notice.Row) string {
	switch {
	case r.Missed():
		return "**no**"
	case r.Verdict == notice.NotShown:
		return ""
	case r.Verdict == notice.NotNoticed:
		return "no"
	}
	return strings.TrimPrefix(r.Outcome.String(), "close ")
}

// Write writes the table.
func (t *FaultTable) Write(w io.Writer) error {
	b := &strings.Builder{}
	b.WriteString(faultsIntroduction)
	t.counts(b)
	b.WriteString("\n| fault | it breaks | a client | " + t.names() + " |\n| --- | --- | --- |" + strings.Repeat(" --- |", len(t.columns)) + "\n")
	var unseen []string
	for _, f := range reference.Faults() {
		if !f.Side.Includes(reference.ServerSide) || slices.Contains(chances, f.ID) {
			continue
		}
		if !slices.ContainsFunc(t.columns, func(c faultColumn) bool { return c.words[f.ID] != "" }) {
			unseen = append(unseen, f.ID)
			continue
		}
		fmt.Fprintf(b, "| %s | %s | %s |", f.ID, f.Requirement, boundBy(f.ID))
		for _, c := range t.columns {
			b.WriteString(" " + c.words[f.ID] + " |")
		}
		b.WriteString("\n")
	}
	fmt.Fprintf(b, faultsNotShown, strings.Join(unseen, ", "), strings.Join(chances, ", "))
	_, err := io.WriteString(w, b.String())
	return err
}

func (t *FaultTable) names() string {
	var names []string
	for _, c := range t.columns {
		names = append(names, c.name)
	}
	return strings.Join(names, " | ")
}

// boundBy is the rule that the fault breaks before a client.
func boundBy(fault string) string {
	rule, ok := notice.RuleOf(fault)
	switch {
	case !ok:
		return "-"
	case rule.Must:
		return "must " + rule.Requirement.ID
	}
	return "may " + rule.Requirement.ID
}

// counts writes a line for each client.
func (t *FaultTable) counts(b *strings.Builder) {
	b.WriteString("| client | shown | noticed | told | waits | not noticed | of those it must notice | of those it may |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n")
	for _, c := range t.columns {
		n := notice.CountRows(c.rows)
		fmt.Fprintf(b, "| %s: %s | %d | %d | %d | %d | %d | %d of %d | %d of %d |\n",
			c.name, c.version, n.Shown, n.Noticed, n.Told, n.Waits, n.NotNoticed, n.MustNoticed, n.Must, n.MayNoticed, n.May)
	}
}

const faultsIntroduction = `# Who notices what

Clients come to the server of ` + "`wsspec serve --fault ID`" + `, with each of its faults, and
echo. This is what they make of it, as the server sees it. ` + "`go run ./cmd/faults`" + ` in
ci/peers writes this file, and a test there holds it. For a client of your own:
` + "`wsspec faults -- ./client {url}`" + `.

| cell | the client |
| --- | --- |
| refused | gives up the opening handshake |
| 1002 | fails the connection with this code |
| TCP | fails the connection by ending TCP, without a Close frame |
| dies | throws an exception that nobody can catch: its process ends |
| error | does on the wire what it always does, and tells its user of an error |
| told | cannot miss it: the server itself refuses what is right |
| waits | waits for what never comes |
| no | carries on |
| **no** | carries on, where every client has to fail the connection |
|  | was not shown the fault |

The second column has the requirement that the server departs from. The third has the
one by which the reference client minds it: with must, it tells every client to fail
the connection, or no client can go on; with may, it binds the server alone, or leaves
the client to choose how strictly it reads. Where there is none, a client that carries
on is right: nothing tells it what it should have been sent.

What the tables of cases beside this one do not have: Chrome takes a new binary message
for a fragment of the compressed one that is open. gorilla refuses an agreement without
its own two parameters, and takes any other parameter beside them. The WebSocket of
Node 20 throws where nobody can catch it, when a subprotocol is selected and none was
offered.

`

const faultsNotShown = `
These faults are shown to none of the clients. They are of servers that take what no
right client sends, refuse what none of these clients sends, or answer in a wrong way
what none of them asks:
%s.

These show by chance, and are left out: %s.
`
