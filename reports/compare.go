package reports

import (
	"fmt"
	"io"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// A Change is a case whose verdicts in two reports differ.
type Change struct {
	ID       string
	Old, New cases.Verdict
}

// A Comparison tells what became of the cases of one report in another. Each list is
// in the order of the report that has the cases.
type Comparison struct {
	Broken  []Change // a worse verdict than before
	Fixed   []Change // a better one
	Changed []Change // another one that is neither, such as a pass that became a skip
	New     []Change // in the new report alone; Old means nothing
	Gone    []Change // in the old report alone; New means nothing
	Same    int
}

// Compare compares two reports case by case. Verdicts get worse from pass, info and
// skip, which blame nobody, by lax and fail to error.
func Compare(before, now *runner.Report) *Comparison {
	c := &Comparison{}
	earlier, later := verdictsOf(before), verdictsOf(now)
	for _, r := range now.Results {
		was, known := earlier[r.Case.ID]
		c.add(Change{r.Case.ID, was, r.Verdict}, known)
	}
	for _, r := range before.Results {
		if _, known := later[r.Case.ID]; !known {
			c.Gone = append(c.Gone, Change{ID: r.Case.ID, Old: r.Verdict})
		}
	}
	return c
}

func verdictsOf(r *runner.Report) map[string]cases.Verdict {
	m := make(map[string]cases.Verdict, len(r.Results))
	for _, result := range r.Results {
		m[result.Case.ID] = result.Verdict
	}
	return m
}

func (c *Comparison) add(change Change, known bool) {
	was, is := gravity(change.Old), gravity(change.New)
	switch {
	case !known:
		c.New = append(c.New, change)
	case change.Old == change.New:
		c.Same++
	case is > was:
		c.Broken = append(c.Broken, change)
	case is < was:
		c.Fixed = append(c.Fixed, change)
	default:
		c.Changed = append(c.Changed, change)
	}
}

// gravity is how much a verdict blames somebody.
func gravity(v cases.Verdict) cases.Verdict { return max(v, cases.Skipped) }

// Text writes a line for each case that is not the same, and one with the counts.
func (c *Comparison) Text(w io.Writer) error {
	var err error
	printf := func(format string, args ...any) {
		if err == nil {
			_, err = io.WriteString(w, Visible(fmt.Sprintf(format, args...)))
		}
	}
	for _, list := range []struct {
		word    string
		changes []Change
	}{{"broken", c.Broken}, {"fixed", c.Fixed}, {"changed", c.Changed}} {
		for _, change := range list.changes {
			printf("%-8s %-50s %s -> %s\n", list.word, change.ID, change.Old, change.New)
		}
	}
	for _, change := range c.New {
		printf("%-8s %-50s %s\n", "new", change.ID, change.New)
	}
	for _, change := range c.Gone {
		printf("%-8s %-50s %s\n", "gone", change.ID, change.Old)
	}
	printf("%d broken, %d fixed, %d changed, %d new, %d gone, %d the same\n",
		len(c.Broken), len(c.Fixed), len(c.Changed), len(c.New), len(c.Gone), c.Same)
	return err
}
