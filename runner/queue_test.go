package runner

import (
	"context"
	"testing"
	"testing/synctest"
	"time"
)

func newQueue(limit int) *queue { return &queue{limit: limit, ready: make(chan struct{}, 1)} }

func TestAQueueGivesBackInOrder(t *testing.T) {
	q := newQueue(1000)
	for _, s := range []string{"a", "b", "c"} {
		if !q.put(text(s)) {
			t.Fatal("no room")
		}
	}
	for _, want := range []string{"a", "b", "c"} {
		if o, ok := q.take(time.Now()); !ok || string(o.payload) != want {
			t.Errorf("took %q, %v; want %q", o.payload, ok, want)
		}
	}
	if o, ok := q.take(time.Now()); ok {
		t.Errorf("took %+v from an empty queue", o)
	}
}

func TestAQueueIsBoundedInOctets(t *testing.T) {
	q := newQueue(3 * text("aaaa").weight())
	for range 3 {
		if !q.put(text("aaaa")) {
			t.Fatal("no room below the limit")
		}
	}
	q.take(time.Now())
	if !q.put(text("aaaa")) {
		t.Error("what was taken still counts")
	}
	if q.put(text("b")) {
		t.Error("room above the limit")
	}
	if q.put(text("c")) {
		t.Error("room behind a flood")
	}
	var kinds []observationKind
	for {
		o, ok := q.take(time.Now())
		if !ok {
			break
		}
		kinds = append(kinds, o.kind)
	}
	if len(kinds) != 4 || kinds[3] != gotFlood {
		t.Errorf("kinds %v, want three messages and a flood", kinds)
	}
}

// Observations without a payload take memory as well.
func TestEmptyObservationsCount(t *testing.T) {
	q := newQueue(1000)
	n := 0
	for q.put(observation{kind: gotPing}) {
		n++
	}
	if n == 0 || n > 1000/64 {
		t.Errorf("%d empty observations fit into 1000 octets", n)
	}
}

func TestAStoppedQueueTakesNothing(t *testing.T) {
	q := newQueue(1000)
	q.stop()
	if q.put(text("a")) {
		t.Error("room in a stopped queue")
	}
}

func TestNextWaitsNoLongerThanItShould(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		q := newQueue(1000)
		if o := q.next(t.Context(), began.Add(time.Second)); o.kind != gotDeadline || time.Since(began) != time.Second {
			t.Errorf("an empty queue gives %+v after %v", o, time.Since(began))
		}
		go func() {
			<-time.After(300 * time.Millisecond)
			q.put(text("a"))
		}()
		began = time.Now()
		if o := q.next(t.Context(), began.Add(time.Second)); o.kind != gotMessage || time.Since(began) != 300*time.Millisecond {
			t.Errorf("a message after 300 ms gives %+v after %v", o, time.Since(began))
		}
		ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
		defer cancel()
		began = time.Now()
		if o := q.next(ctx, began.Add(time.Second)); o.kind != gotDeadline || time.Since(began) != 200*time.Millisecond {
			t.Errorf("a context that ends gives %+v after %v", o, time.Since(began))
		}
	})
}

func TestWhatCameInTimeCountsThoughItIsLookedAtLate(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue(1000)
		until := time.Now().Add(100 * time.Millisecond)
		q.put(text("in time"))
		elapse(100*ms + overdue)
		q.put(text("late"))
		if o := q.next(t.Context(), until); string(o.payload) != "in time" {
			t.Errorf("got %+v", o)
		}
		if o := q.next(t.Context(), until); o.kind != gotDeadline {
			t.Errorf("got %+v, want the end of the wait", o)
		}
		if o := q.next(t.Context(), time.Now()); string(o.payload) != "late" {
			t.Errorf("got %+v", o)
		}
	})
}

func TestAFloodIsNotWorkedOffBehindTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := newQueue(1000)
		until := time.Now().Add(100 * time.Millisecond)
		q.put(text("in time"))
		elapse(100*ms + overdue + 1)
		if o := q.next(t.Context(), until); o.kind != gotDeadline {
			t.Errorf("got %+v, want the end of the wait", o)
		}
	})
}
