package notice

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/wsspec/wsspec/reference"
	"github.com/wsspec/wsspec/runner"
)

// Options are the choices of a run. The zero value is useful.
type Options struct {
	// Faults are the ids of those that are played; none means all of servers.
	Faults []string
	// AtOnce is how many connections there are at a time; zero means 16.
	AtOnce int
	// Patience is how long an answer may take; zero means 250 ms. Where one took
	// longer, the conversation is held once more with four times as much, and with twelve.
	Patience time.Duration
	// Hosts are addresses of this machine to serve at, in turn: browsers delay
	// connections to one of them. None means 127.0.0.1.
	Hosts []string
	// Failed reports whether the error that Connect of the client returned tells a
	// failure, rather than how the connection was closed. nil: it is not asked.
	Failed func(error) bool
	// OnRow is called with each row when it is there, one at a time.
	OnRow func(Row)
}

// A Row is what a client made of a fault.
type Row struct {
	Fault reference.Fault
	Outcome
	// Took is how long all conversations took.
	Took time.Duration
}

// ErrUnfit says that a client does not hold the conversations with an honest server,
// so that nothing can be said about the faulty ones.
var ErrUnfit = errors.New("the client does not echo, or does not close as it should, with a server that does everything right")

// patientTimes is how much more patience there is for a conversation in which an answer
// was late, and mostTimes how much at most: a busy machine is late, and some faults
// keep answers back for ever.
const patientTimes, mostTimes = 4, 12

// Play has the client come to each faulty server, and to the honest one first.
func Play(ctx context.Context, client runner.Client, o Options) ([]Row, error) {
	if o.Patience == 0 {
		o.Patience = 250 * time.Millisecond
	}
	if o.AtOnce == 0 {
		o.AtOnce = 16
	}
	if len(o.Hosts) == 0 {
		o.Hosts = []string{"127.0.0.1"}
	}
	if o.Failed == nil {
		o.Failed = func(error) bool { return false }
	}
	if err := reference.CheckFaults(reference.ServerSide, o.Faults...); err != nil {
		return nil, err
	}
	r := &run{options: o, client: client}
	if err := r.baseline(ctx); err != nil {
		return nil, err
	}
	return r.rows(ctx)
}

type run struct {
	options Options
	client  runner.Client
	talks   []conversation
	honest  []*sight // of each conversation

	mu   sync.Mutex
	next int // host
}

func (r *run) stage(talk conversation, fault string, times int) *stage {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.next++
	host := r.options.Hosts[r.next%len(r.options.Hosts)]
	return &stage{client: r.client, talk: talk, fault: fault, host: host, attended: make(chan struct{}, 1), patience: time.Duration(times) * r.options.Patience}
}

// baseline holds the conversations without a fault. Those that the client has no
// means for are left out.
func (r *run) baseline(ctx context.Context) error {
	for _, talk := range conversations() {
		if _, leads := r.client.(Leader); talk.say == nil && !leads {
			continue
		}
		s, err := r.honestly(ctx, talk)
		switch {
		case errors.Is(err, runner.ErrUnable):
			continue
		case err != nil:
			return fmt.Errorf("%w: in the %s conversation: %w", ErrUnfit, talk.name, err)
		}
		r.talks, r.honest = append(r.talks, talk), append(r.honest, s)
	}
	return nil
}

// honestly holds a conversation, with more patience each time that it does not do.
func (r *run) honestly(ctx context.Context, talk conversation) (s *sight, err error) {
	for times := patientTimes; times <= 4*patientTimes; times *= 2 {
		s, err = r.stage(talk, "", times).play(ctx)
		if err != nil {
			return nil, err
		}
		o := s.judge(s, r.options.Failed)
		if o.Verdict == NotShown && !s.late {
			return s, nil
		}
		err = fmt.Errorf("%s; the server: %v; the client: %v", o, s.readErr, s.err)
	}
	return nil, err
}

// rows plays the faults side by side.
func (r *run) rows(ctx context.Context) ([]Row, error) {
	var rows []Row
	for _, f := range reference.Faults() {
		if f.Side.Includes(reference.ServerSide) && (len(r.options.Faults) == 0 || slices.Contains(r.options.Faults, f.ID)) {
			rows = append(rows, Row{Fault: f})
		}
	}
	slots := make(chan struct{}, r.options.AtOnce)
	var playing sync.WaitGroup
	for i := range rows {
		row := &rows[i]
		left := len(r.talks)
		for talk := range r.talks {
			slots <- struct{}{}
			playing.Go(func() {
				defer func() { <-slots }()
				o := r.outcome(ctx, talk, row.Fault.ID)
				r.mu.Lock()
				defer r.mu.Unlock()
				row.take(o)
				if left--; left == 0 && r.options.OnRow != nil && ctx.Err() == nil {
					r.options.OnRow(*row)
				}
			})
		}
	}
	playing.Wait()
	return rows, ctx.Err()
}

// take takes the outcome of one more conversation. That one counts in which the
// reference client minds the fault, if the fault was shown in it to this client too,
// and else the one with the greatest verdict, the first of equals.
func (row *Row) take(o Outcome) {
	took := row.Took + o.took
	switch m, decided := minded()[row.Fault.ID], row.Verdict != NotShown; {
	case decided && row.Conversation == m.talk, o.Verdict == NotShown:
	case o.Conversation == m.talk, o.Verdict > row.Verdict, o.Verdict == row.Verdict && o.order < row.order:
		row.Outcome = o
	}
	row.Took = took
}

// outcome is that of one conversation with a fault.
func (r *run) outcome(ctx context.Context, talk int, fault string) Outcome {
	began := time.Now()
	o := r.once(ctx, talk, fault, 1)
	if o.late && o.Verdict < Told {
		o = r.once(ctx, talk, fault, patientTimes)
	}
	if o.late && o.Verdict == NotNoticed {
		o = r.once(ctx, talk, fault, mostTimes)
	}
	o.Conversation, o.order, o.took = r.talks[talk].name, talk, time.Since(began)
	return o
}

func (r *run) once(ctx context.Context, talk int, fault string, times int) Outcome {
	s, err := r.stage(r.talks[talk], fault, times).play(ctx)
	if err != nil {
		return Outcome{Verdict: Noticed, How: "error", Err: err}
	}
	o := s.judge(r.honest[talk], r.options.Failed)
	o.sound = slices.Contains(repeated, fault) && s.repeatable()
	return o
}
