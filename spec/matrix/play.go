package matrix

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// own plays the cases that are about the requirement of a fault, and some more
// until one of them notices.
func (r *run) own(ctx context.Context, row *Row) {
	if r.options.Whole {
		r.play(ctx, row, r.pick(row, func(*Column) bool { return true }, 1<<30))
		return
	}
	own := func(c *Column) bool { return row.covering[c.Case.ID] }
	r.play(ctx, row, r.pick(row, own, enough))
	if len(row.ByOwn) == 0 {
		r.play(ctx, row, r.pick(row, own, 1<<30))
		r.confirm(ctx, row)
	}
	if len(row.ByOwn) == 0 && len(row.skipped) > 0 { // a busy machine may keep a run from learning what the endpoint can
		r.playIn(ctx, row, row.skipped, patience)
	}
	if row.known() {
		return
	}
	if len(row.ByOwn) == 0 {
		near := func(c *Column) bool {
			return slices.ContainsFunc(c.Case.Refs, func(ref string) bool { return section(ref) == section(row.Fault.Requirement) })
		}
		r.play(ctx, row, r.pick(row, near, enough))
	}
	if len(row.ByOwn) == 0 {
		r.play(ctx, row, r.pick(row, r.sample(row.Side), 1<<30))
		r.confirm(ctx, row)
	}
	if len(row.ByOwn) == 0 { // what takes time shows with time alone
		row.done = map[string]bool{}
		r.playIn(ctx, row, r.pick(row, own, atLeast), patience)
	}
}

// others plays the cases of a duty that no fault has failed yet.
func (r *run) others(ctx context.Context, row *Row) {
	r.play(ctx, row, r.pick(row, func(c *Column) bool { return unproven(c) && !c.known() }, 0))
}

// onceMore plays the cases that are still without a fault that fails them against
// the faults of their own requirements: a busy machine may have kept one from
// showing, where a case watches the endpoint do nothing.
func (r *run) onceMore(ctx context.Context) {
	for _, c := range r.matrix.Cases {
		if !unproven(c) || c.known() {
			continue
		}
		for _, row := range r.matrix.Rows {
			if unproven(c) && row.Side == c.Side && row.covering[c.Case.ID] {
				r.playIn(ctx, row, []cases.Case{c.Case}, patience)
			}
		}
	}
}

// atLeast is how many suspects are played again at first for the sake of the
// fault.
const atLeast = 3

// confirm plays again, with more time, what perhaps noticed a fault: as much as
// answers a question.
func (r *run) confirm(ctx context.Context, row *Row) {
	for n := atLeast; ; n *= 8 {
		list := r.suspects(row, n)
		if len(list) == 0 {
			return
		}
		r.playIn(ctx, row, list, r.options.Timeout*sure)
	}
}

// suspects takes off the row the cases that are still without a fault that fails
// them, and if no case of its own has noticed the fault, n that may.
func (r *run) suspects(row *Row, n int) (list []cases.Case) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(row.ByOwn) > 0 {
		n = 0
	}
	row.suspects = slices.DeleteFunc(row.suspects, func(c cases.Case) bool {
		own := row.covering[c.ID] || len(row.covering) == 0 || len(row.Noticed) == 0
		take := unproven(r.columns[row.Side][c.ID]) || n > 0 && own
		if take {
			list, n = append(list, c), n-1
		}
		return take
	})
	return list
}

// sure is how much more time a case gets when its verdict hung on time.
const sure = 8

// unproven reports whether a case of a duty is still without a fault that fails it.
func unproven(c *Column) bool { return c.Duty && (c.FailedBy == "" || c.Lax) }

// pick are cases that have not been played against the row: all that no fault has
// failed, and some of the others, evenly over the catalogue.
func (r *run) pick(row *Row, wanted func(*Column) bool, again int) []cases.Case {
	r.mu.Lock()
	defer r.mu.Unlock()
	var list, failed []cases.Case
	for _, c := range r.order[row.Side] {
		switch {
		case row.done[c.Case.ID] || !wanted(c):
		case unproven(c) || r.options.Whole:
			list = append(list, c.Case)
		default:
			failed = append(failed, c.Case)
		}
	}
	if len(failed) > again {
		step := float64(len(failed)) / float64(max(1, again))
		for i := range again {
			list = append(list, failed[int(float64(i)*step)])
		}
		return list
	}
	return append(list, failed...)
}

// sample picks a case of each kind.
func (r *run) sample(side cases.Subject) func(*Column) bool {
	chosen, seen := map[string]bool{}, map[string]int{}
	for _, c := range r.order[side] {
		words := strings.Split(c.Case.ID, "/")
		kind := strings.Join(words[:min(2, len(words)-1)], "/")
		if seen[kind]++; seen[kind] <= 3 {
			chosen[c.Case.ID] = true
		}
	}
	return func(c *Column) bool { return chosen[c.Case.ID] }
}

func section(ref string) string {
	document, section, _, _ := cases.SplitRef(ref)
	return document + "-" + section
}

// play plays cases against a row in the budget of the matrix.
func (r *run) play(ctx context.Context, row *Row, list []cases.Case) {
	r.playIn(ctx, row, list, r.options.Timeout)
}

// playIn plays cases against a row, and takes down what they noticed. When the
// faulty endpoint cannot be reached, the machine is busy, and it gets more time.
func (r *run) playIn(ctx context.Context, row *Row, list []cases.Case, budget time.Duration) {
	if len(list) == 0 || ctx.Err() != nil || row.Trouble != "" {
		return
	}
	results, err := playAll(ctx, row.Side, []string{row.Fault.ID}, list, budget)
	if err != nil {
		results, err = playAll(ctx, row.Side, []string{row.Fault.ID}, list, patience)
	}
	if err != nil {
		row.Trouble = err.Error()
		return
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	requirement, _ := cases.FindRequirement(row.Fault.Requirement)
	for i := range results {
		result := &results[i]
		if budget == r.options.Timeout && result.Verdict >= cases.Lax && result.Duration >= budget*4/5 {
			row.done[result.Case.ID] = true
			row.suspects = append(row.suspects, result.Case)
			continue
		}
		r.take(row, requirement, result)
	}
}

func (r *run) take(row *Row, requirement cases.Requirement, result *runner.Result) {
	id := result.Case.ID
	row.done[id] = true
	if result.Verdict == cases.Skipped {
		row.skipped = append(row.skipped, result.Case)
		return
	}
	row.Played++
	r.matrix.Pairs++
	own := row.covering[id] || result.Requirement == requirement.ID || slices.Contains(requirement.See, result.Requirement)
	switch {
	case result.Verdict >= cases.Lax:
		row.Noticed = append(row.Noticed, id)
		if own {
			row.ByOwn = append(row.ByOwn, id)
		}
	case row.covering[id]:
		row.Blind = append(row.Blind, id)
	}
	if c := r.columns[row.Side][id]; result.Verdict == cases.Failed || result.Verdict == cases.Lax && c.FailedBy == "" {
		if c.FailedBy == "" || c.Lax || own && !c.ByOwn {
			c.FailedBy = row.Fault.ID
		}
		c.Lax = result.Verdict == cases.Lax
		c.ByOwn = c.ByOwn || own
	}
}
