package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"

	"github.com/wsspec/wsspec/reference"
	"github.com/wsspec/wsspec/reports"
)

const (
	// fruitless is how many batches in a row may open nothing, before a server is
	// given up.
	fruitless = 10
	// massWithin is how long it may take to open all connections to one server.
	massWithin = 10 * time.Minute
)

// massConnect opens many connections to each server of a spec file in turn, tells
// how long that took, and closes them.
func (f *autobahnFlags) massConnect(cmd *cobra.Command) error {
	spec, err := f.readMassSpec(cmd)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	code := 0
	for _, s := range spec.servers {
		m := &mass{options: spec.options, uri: s.uri, marks: cmd.ErrOrStderr()}
		if f.quiet {
			m.marks = io.Discard
		}
		m.run(cmd.Context())
		says(cmd, "%s", reports.Visible(s.name+": "+m.summary()))
		if !m.well() {
			code = exitTrouble
		}
		if cmd.Context().Err() != nil {
			break
		}
	}
	if code > 0 {
		return &exitError{code, nil}
	}
	return nil
}

// A mass is many connections to one server.
type mass struct {
	options massOptions
	uri     string
	marks   io.Writer // a dot for each batch, and ! for each failure

	holding sync.WaitGroup
	open    int
	lost    atomic.Int64 // ended by the server, of those
	failed  int          // attempts
	why     error        // of the latest failure
	took    time.Duration
}

// run opens the connections and closes them. Every wait in it is bounded.
func (m *mass) run(ctx context.Context) {
	hold, release := context.WithCancel(ctx)
	defer m.holding.Wait()
	defer release()
	limited, cancel := context.WithTimeout(ctx, massWithin)
	defer cancel()
	began := time.Now()
	for idle := 0; m.open < m.options.connections && idle < fruitless && limited.Err() == nil; {
		opened, failed := m.batch(limited, hold, min(m.options.batchSize, m.options.connections-m.open))
		m.open += opened
		m.failed += failed
		m.took = time.Since(began)
		delay := m.options.batchDelay
		if failed > 0 {
			delay = m.options.retryDelay
		}
		if idle++; opened > 0 {
			idle = 0
		}
		if m.open < m.options.connections {
			pause(limited, delay)
		}
	}
	fmt.Fprintln(m.marks)
}

// batch opens connections side by side, and holds those that open.
func (m *mass) batch(ctx, hold context.Context, n int) (opened, failed int) {
	var calling sync.WaitGroup
	results := make(chan error, n)
	for range n {
		calling.Go(func() {
			c, err := call(ctx, m.uri, nil)
			if results <- err; err == nil {
				m.holding.Go(func() { m.hold(hold, c) })
			}
		})
	}
	calling.Wait()
	close(results)
	for err := range results {
		if err == nil {
			opened++
			continue
		}
		failed++
		m.why = err
		fmt.Fprint(m.marks, "!")
	}
	fmt.Fprint(m.marks, ".")
	return opened, failed
}

// hold keeps a connection until the context ends.
func (m *mass) hold(ctx context.Context, c *reference.Conn) {
	defer c.CloseNow()
	for {
		_, _, err := c.Read(ctx)
		switch {
		case ctx.Err() != nil:
			c.Close(reference.StatusNormalClosure, "")
			return
		case err != nil:
			m.lost.Add(1)
			return
		}
	}
}

// well reports whether all connections opened and stayed open.
func (m *mass) well() bool { return m.open == m.options.connections && m.lost.Load() == 0 }

// summary is what became of it, in one line. The time is that of a clock on the
// wall, from the first attempt to the last.
func (m *mass) summary() string {
	s := fmt.Sprintf("%d of %d connections to %s in %.3f s, %d failures", m.open, m.options.connections, m.uri, m.took.Seconds(), m.failed)
	if lost := m.lost.Load(); lost > 0 {
		s += fmt.Sprintf(", %d ended by the server", lost)
	}
	if m.open < m.options.connections && m.why != nil && !errors.Is(m.why, context.Canceled) {
		s += fmt.Sprintf(" (the latest: %v)", m.why)
	}
	return s
}

// pause waits, unless the context ends.
func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}
