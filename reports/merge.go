package reports

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// ShardKey is the name under which Config tells which part of a run a report is, as
// in "2/5".
const ShardKey = "shard"

// Merge joins the reports of all parts of one run to the report of the whole. It is
// an error when a part is missing or there twice, or they are no parts of one run.
func Merge(parts []*Document) (*Document, error) {
	if len(parts) == 0 {
		return nil, errors.New("there is nothing to merge")
	}
	n, err := shards(parts)
	if err != nil {
		return nil, err
	}
	first := parts[0]
	for _, d := range parts[1:] {
		if err := oneRun(first, d); err != nil {
			return nil, err
		}
	}
	whole := *first.Report
	whole.Results = nil
	for _, d := range parts {
		whole.Results = append(whole.Results, d.Results...)
		whole.Elapsed = max(whole.Elapsed, d.Elapsed)
		if whole.Started.After(d.Started) {
			whole.Started = d.Started
		}
		if d.Trouble != "" && d != first {
			whole.Trouble = strings.TrimPrefix(whole.Trouble+"\n"+d.Trouble, "\n")
		}
	}
	if err := once(whole.Results); err != nil {
		return nil, err
	}
	inOrder(whole.Results)
	config := maps.Clone(first.Config)
	config[ShardKey] = []string{fmt.Sprintf("all %d", n)}
	return &Document{Report: &whole, Tool: first.Tool, Catalogue: first.Catalogue, Config: config}, nil
}

// shards makes sure that each part is there once, and counts them.
func shards(parts []*Document) (n int, err error) {
	seen := map[int]bool{}
	for _, d := range parts {
		word := strings.Join(d.Config[ShardKey], " ")
		i, of, err := ParseShard(word)
		switch {
		case err != nil:
			return 0, fmt.Errorf("a report is no part of a run: its shard is %q", word)
		case n != 0 && n != of:
			return 0, fmt.Errorf("there is a shard of %d beside one of %d", of, n)
		case seen[i]:
			return 0, fmt.Errorf("shard %d/%d is there twice", i, of)
		}
		n, seen[i] = of, true
	}
	for i := 1; i <= n; i++ {
		if !seen[i] {
			return 0, fmt.Errorf("shard %d/%d is missing", i, n)
		}
	}
	return n, nil
}

// ParseShard reads the number of a part and that of all parts, as in "2/5".
func ParseShard(s string) (i, n int, err error) {
	if _, err := fmt.Sscanf(s, "%d/%d", &i, &n); err != nil || fmt.Sprintf("%d/%d", i, n) != s || i < 1 || i > n || n > 10000 {
		return 0, 0, fmt.Errorf("%q is no part of the form 2/5", s)
	}
	return i, n, nil
}

// oneRun makes sure that two reports differ in nothing that decides what is played.
func oneRun(a, b *Document) error {
	for _, thing := range []struct{ name, a, b string }{
		{"version of wsspec", a.Tool, b.Tool}, {"catalogue", a.Catalogue, b.Catalogue}, {"target", a.Target, b.Target},
		{"seed", fmt.Sprint(a.Seed), fmt.Sprint(b.Seed)}, {"--full", fmt.Sprint(a.Full), fmt.Sprint(b.Full)},
		{"--patient", fmt.Sprint(a.Patient), fmt.Sprint(b.Patient)},
	} {
		if thing.a != thing.b {
			return fmt.Errorf("the reports are not of one run: the %s is %s and %s", thing.name, thing.a, thing.b)
		}
	}
	return nil
}

// once makes sure that no case has two results.
func once(results []runner.Result) error {
	seen := map[string]bool{}
	for i := range results {
		id := results[i].Case.ID
		if seen[id] {
			return fmt.Errorf("two parts have a result of %s", id)
		}
		seen[id] = true
	}
	return nil
}

// inOrder sorts results as the catalogue is; cases of one's own come last.
func inOrder(results []runner.Result) {
	all := cases.All()
	place := map[string]int{} // of one's own: 0
	for i := range all {
		place[all[i].ID] = i - len(all)
	}
	slices.SortStableFunc(results, func(a, b runner.Result) int {
		return cmp.Compare(place[a.Case.ID], place[b.Case.ID])
	})
}
