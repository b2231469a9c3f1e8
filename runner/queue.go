package runner

import (
	"context"
	"sync"
	"time"
)

// A queue holds observations until the player asks for them. It never blocks
// who reads the connection, and is bounded by what a case can have use for.
type queue struct {
	limit int           // octets
	ready chan struct{} // of capacity 1: something was put in
	timer *time.Timer   // of who takes from it

	mu      sync.Mutex
	list    []observation
	octets  int
	stopped bool
}

// weight is what an observation counts in a queue, in octets: one without a
// payload takes memory as well.
func (o observation) weight() int { return len(o.payload) + 64 }

// put appends an observation with the time, and reports whether there is room
// for another. The last one tells of a flood.
func (q *queue) put(o observation) bool {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.stopped {
		return false
	}
	if q.octets+o.weight() > q.limit {
		o, q.stopped = observation{kind: gotFlood}, true
	}
	o.at = time.Now()
	q.octets += o.weight()
	q.list = append(q.list, o)
	select {
	case q.ready <- struct{}{}:
	default:
	}
	return !q.stopped
}

// overdue is how long what came in time may wait to be looked at: as long as a
// machine may be busy, and not as long as a flood takes to be worked off.
const overdue = 100 * time.Millisecond

// take takes the first observation, if it came in time.
func (q *queue) take(until time.Time) (observation, bool) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if len(q.list) == 0 || q.list[0].at.After(until) || time.Since(until) > overdue {
		return observation{}, false
	}
	o := q.list[0]
	q.list[0] = observation{} // lets its payload go
	if len(q.list) > 1 {
		q.list = q.list[1:]
	} else {
		q.list = q.list[:0] // the next one finds room
	}
	q.octets -= o.weight()
	return o, true
}

func (q *queue) stop() {
	q.mu.Lock()
	q.stopped = true
	q.mu.Unlock()
}

// next waits for an observation until the time has come or the context ends; it
// then gives gotDeadline. What came in time counts, also when it is looked at
// late; a peer that never stops cannot make the wait any longer.
func (q *queue) next(ctx context.Context, until time.Time) observation {
	if o, ok := q.take(until); ok {
		return o
	}
	timer := q.alarm(time.Until(until))
	defer timer.Stop()
	for {
		late := false
		select {
		case <-q.ready:
		case <-timer.C:
			late = true
		case <-ctx.Done():
			late = true
		}
		if o, ok := q.take(until); ok {
			return o
		}
		if late {
			return observation{kind: gotDeadline}
		}
	}
}

// alarm is the timer of the queue, set to go off after d.
func (q *queue) alarm(d time.Duration) *time.Timer {
	if q.timer == nil {
		q.timer = time.NewTimer(d)
	} else {
		q.timer.Reset(d)
	}
	return q.timer
}
