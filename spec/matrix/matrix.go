package matrix

import (
	"context"
	"slices"
	"sync"
	"time"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/reference"
	"github.com/wsspec/wsspec/runner"
)

// Options are the choices of a run. The zero value is useful.
type Options struct {
	// Timeout is the budget of a light case; zero means 300 ms. A faulty endpoint
	// that does not answer costs a case all of it.
	Timeout time.Duration
	// AtOnce is how many faults are played side by side; zero means 16.
	AtOnce int
	// Faults are the ids of those that are played; none means all.
	Faults []string
	// Whole plays every case against every fault instead of stopping when the
	// questions are answered.
	Whole bool
}

// A Matrix is what came of it.
type Matrix struct {
	Rows []*Row
	// Cases are the cases of each side that conform to the honest reference, and
	// what fails them.
	Cases []*Column
	// Pairs is how many times a case was played against a fault.
	Pairs   int
	Elapsed time.Duration
	// Unfit are the cases that the honest reference did not pass in the budget;
	// they prove nothing here.
	Unfit []string
}

// A Row is a fault on one side.
type Row struct {
	Fault reference.Fault
	Side  cases.Subject // Server or Client
	// Played counts the cases that were played.
	Played int
	// Noticed are the ids of the cases that noticed it.
	Noticed []string
	// ByOwn are those of them that are about its requirement.
	ByOwn []string
	// Blind are the cases about its requirement that did not notice.
	Blind []string
	// Trouble is what kept the fault from being played.
	Trouble string

	covering map[string]bool
	done     map[string]bool
	suspects []cases.Case // that perhaps noticed it, unless the machine was busy
	skipped  []cases.Case // for want of what the honest endpoint has
}

// A Column is a case on one side.
type Column struct {
	Case cases.Case
	Side cases.Subject
	// FailedBy is the first fault that fails it, or with Lax, has it end in a lax
	// verdict; empty if none was found.
	FailedBy string
	Lax      bool
	// ByOwn reports whether one of its own requirements failed it.
	ByOwn bool
	// Duty reports whether the case is of level MUST.
	Duty bool
}

// run is the state of playing a matrix.
type run struct {
	options Options
	matrix  *Matrix
	mu      sync.Mutex
	columns map[cases.Subject]map[string]*Column
	order   map[cases.Subject][]*Column
}

// Play plays the matrix.
func Play(ctx context.Context, o Options) (*Matrix, error) {
	if o.Timeout == 0 {
		o.Timeout = 300 * time.Millisecond
	}
	if o.AtOnce == 0 {
		o.AtOnce = 16
	}
	began := time.Now()
	r := &run{options: o, matrix: &Matrix{}, columns: map[cases.Subject]map[string]*Column{}, order: map[cases.Subject][]*Column{}}
	for _, side := range []cases.Subject{cases.Server, cases.Client} {
		if err := r.baseline(ctx, side); err != nil {
			return nil, err
		}
	}
	r.rows()
	r.each(func(row *Row) { r.own(ctx, row) })
	r.each(func(row *Row) { r.confirm(ctx, row) })
	if len(r.options.Faults) == 0 {
		r.each(func(row *Row) { r.others(ctx, row); r.confirm(ctx, row) })
		r.onceMore(ctx)
	}
	r.matrix.Elapsed = time.Since(began)
	return r.matrix, ctx.Err()
}

// baseline plays all cases against the honest reference, in the same budget.
func (r *run) baseline(ctx context.Context, side cases.Subject) error {
	results, err := playAll(ctx, side, nil, cases.All(), r.options.Timeout)
	if err != nil {
		return err
	}
	patient, err := again(ctx, side, results)
	if err != nil {
		return err
	}
	r.columns[side] = map[string]*Column{}
	for i := range results {
		result := &results[i]
		switch {
		case result.Verdict == cases.Skipped, result.Verdict == cases.Info:
		case result.Verdict != cases.Pass:
			r.matrix.Unfit = append(r.matrix.Unfit, side.String()+" "+result.Case.ID)
		default:
			c := result.Case
			c.Timeout = min(c.Timeout, longest)
			if patient[c.ID] {
				c.Timeout = patience
			}
			level := c.EffectiveLevel()
			column := &Column{Case: c, Side: side, Duty: level == cases.Must || level == cases.MustNot}
			r.columns[side][c.ID] = column
			r.order[side] = append(r.order[side], column)
			r.matrix.Cases = append(r.matrix.Cases, column)
		}
	}
	return nil
}

// patience is the budget of the cases that the honest reference did not pass in
// that of the matrix, when the machine was busy or the case waits for something.
const patience = 10 * time.Second

// longest bounds what a case gets that asks for more than others: it is played
// against faulty endpoints that never answer.
const longest = 3 * time.Second

// again plays with patience what the honest reference did not pass, so that
// nothing but a fault fails it later, and tells which cases that were.
func again(ctx context.Context, side cases.Subject, results []runner.Result) (patient map[string]bool, err error) {
	patient = map[string]bool{}
	var slow []cases.Case
	var places []int
	for i, result := range results {
		if result.Verdict >= cases.Lax {
			patient[result.Case.ID] = true
			slow, places = append(slow, result.Case), append(places, i)
		}
	}
	if len(slow) == 0 {
		return patient, nil
	}
	played, err := playAll(ctx, side, nil, slow, patience)
	for i := range played {
		results[places[i]] = played[i]
	}
	return patient, err
}

// rows makes a row for each fault and side.
func (r *run) rows() {
	for _, f := range reference.Faults() {
		if len(r.options.Faults) > 0 && !slices.Contains(r.options.Faults, f.ID) {
			continue
		}
		for _, side := range []cases.Subject{cases.Server, cases.Client} {
			if f.Side.Includes(sideOf(side)) {
				row := &Row{Fault: f, Side: side, done: map[string]bool{}}
				row.covering = r.covering(f.Requirement, side)
				r.matrix.Rows = append(r.matrix.Rows, row)
			}
		}
	}
}

// known reports whether there is a reason why no case notices the fault.
func (row *Row) known() bool { return KnownFaults()[row.Side.String()+" "+row.Fault.ID] != "" }

// known reports whether there is a reason why no fault fails the case.
func (c *Column) known() bool { return KnownCases()[c.Side.String()+" "+c.Case.ID] != "" }

func sideOf(s cases.Subject) reference.Side {
	if s == cases.Client {
		return reference.ClientSide
	}
	return reference.ServerSide
}

// covering are the cases of a side that prove a requirement, or that name it: a
// fault may be that a duty of the peer is not insisted on.
func (r *run) covering(id string, side cases.Subject) map[string]bool {
	found := map[string]bool{}
	requirement, ok := cases.FindRequirement(id)
	if !ok {
		return found
	}
	coverage := cases.Cover(cases.All(), []cases.Requirement{requirement})[0]
	for _, c := range append(coverage.Cases(), coverage.OtherSide...) {
		if r.columns[side][c] != nil {
			found[c] = true
		}
	}
	return found
}

// each plays rows side by side.
func (r *run) each(play func(*Row)) {
	next := make(chan *Row)
	var workers sync.WaitGroup
	for range r.options.AtOnce {
		workers.Go(func() {
			for row := range next {
				play(row)
			}
		})
	}
	for _, row := range r.matrix.Rows {
		next <- row
	}
	close(next)
	workers.Wait()
}

// enough is how many cases that a fault has failed already are played once more
// for the sake of another fault.
const enough = 24

// Survivors are the faults that no case noticed.
func (m *Matrix) Survivors() []*Row {
	return slices.DeleteFunc(slices.Clone(m.Rows), func(r *Row) bool { return len(r.Noticed) > 0 })
}

// Strays are the faults that were noticed by cases about something else alone.
func (m *Matrix) Strays() []*Row {
	return slices.DeleteFunc(slices.Clone(m.Rows), func(r *Row) bool { return len(r.Noticed) == 0 || len(r.ByOwn) > 0 })
}

// Unfailed are the cases of a duty that no fault failed; with Lax, one got a lax
// verdict of them.
func (m *Matrix) Unfailed() []*Column {
	return slices.DeleteFunc(slices.Clone(m.Cases), func(c *Column) bool { return !unproven(c) })
}
