package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/reference"
	"github.com/wsspec/wsspec/reference/generate"
	"github.com/wsspec/wsspec/runner"
)

// enoughNotices is how many cases the test of a server names for each fault.
const enoughNotices = 3

// sample is about how many cases of one requirement are tried.
const sample = 32

// soon is how long a case waits for what a faulty server may never send, when there
// are others that may notice sooner.
const soon = time.Second

// noticed finds cases that notice the faults of the server, at first among those
// about the same requirements.
func (f *serveFlags) noticed(ctx context.Context) ([]generate.Notice, error) {
	faults := map[string][]string{} // by case
	for _, id := range f.faults.ids {
		alone := []string{id}
		found, err := f.noticing(ctx, alone, about(id), soon)
		if err == nil && len(found) == 0 {
			found, err = f.noticing(ctx, alone, light(), soon)
		}
		if err == nil { // beside the other faults, and for sure
			found, err = f.noticing(ctx, f.faults.ids, found[:min(2*enoughNotices, len(found))], 0)
		}
		if err != nil {
			return nil, fmt.Errorf("playing the suite with a server that has the fault %s: %w", id, err)
		}
		for _, c := range found[:min(enoughNotices, len(found))] {
			faults[c.ID] = append(faults[c.ID], id)
		}
	}
	var list []generate.Notice
	for id, noticed := range faults {
		list = append(list, generate.Notice{Case: id, Faults: noticed})
	}
	slices.SortFunc(list, func(a, b generate.Notice) int { return strings.Compare(a.Case, b.Case) })
	return list, nil
}

// light are the cases that do not take long.
func light() []cases.Case {
	return slices.DeleteFunc(cases.All(), func(c cases.Case) bool { return c.Weight == cases.Heavy })
}

// about are those of them that name the requirement of a fault, or some of them when
// there are many.
func about(id string) []cases.Case {
	all := reference.Faults()
	fault := all[slices.IndexFunc(all, func(f reference.Fault) bool { return f.ID == id })]
	list := slices.DeleteFunc(light(), func(c cases.Case) bool { return !slices.Contains(c.Refs, fault.Requirement) })
	step := max(1, len(list)/sample)
	for i := range len(list) / step {
		list[i] = list[i*step]
	}
	return list[:len(list)/step]
}

// noticing plays cases with a server that has faults on all connections, and
// returns those that notice, the surest first: what fails before what is lax, and
// what does not wait for the end of its time before what does.
func (f *serveFlags) noticing(ctx context.Context, faults []string, list []cases.Case, timeout time.Duration) (found []cases.Case, err error) {
	if len(list) == 0 {
		return nil, nil
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	serving, stop := context.WithCancel(ctx)
	var group sync.WaitGroup
	group.Go(func() { f.faulty(faults).Serve(serving, l) })
	defer group.Wait()
	defer stop()
	target, o := runner.Listener(l, runner.TargetOptions{Origin: f.origin()}), f.runnerOptions()
	o.Timeout = timeout
	report, err := runner.Run(ctx, target, list, o)
	if err == nil && report.Trouble != "" {
		err = errors.New(report.Trouble)
	}
	if err != nil {
		return nil, err
	}
	results := slices.DeleteFunc(report.Results, func(r runner.Result) bool { return r.Verdict < cases.Lax })
	doubt := func(r runner.Result) (n int) {
		if r.Verdict == cases.Lax {
			n = 2
		}
		if r.Duration > soon/2 {
			n++
		}
		return n
	}
	slices.SortStableFunc(results, func(a, b runner.Result) int { return doubt(a) - doubt(b) })
	for _, r := range results {
		found = append(found, r.Case)
	}
	return found, nil
}

// faulty is the server with faults on all connections. Those of HTTP belong to no
// single connection.
func (f *serveFlags) faulty(faults []string) *reference.Server {
	o := f.options()
	o.Faults = faults
	server := &reference.Server{Handler: echoHandler(o)}
	if f.faults.odds == 1 {
		server.Faults = faults
	}
	return server
}

// origin is one whose pages may connect.
func (f *serveFlags) origin() string {
	if len(f.origins) == 0 {
		return ""
	}
	return f.origins[0]
}

// runnerOptions are as in the test of the server: it echoes, and the suite plays with
// its subprotocols, if it has two.
func (f *serveFlags) runnerOptions() runner.Options {
	o := runner.Options{Echoes: true}
	if len(f.subprotocols) > 1 {
		o.Chat, o.Superchat = f.subprotocols[0], f.subprotocols[1]
	}
	return o
}
