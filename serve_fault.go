package main

import (
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"sync"
	"text/tabwriter"

	"github.com/spf13/pflag"

	"github.com/wsspec/wsspec/reference"
)

// faultFlags say what a server does wrong.
type faultFlags struct {
	ids  []string
	odds float64
	seed uint64
}

const faultHelp = `With --fault it is wrong in exactly one way, or in several, for testing clients;
--fault list prints what there is. --fault-odds P makes each connection faulty with
the probability P, the same ones again with the same --seed. Also without --fault
each fault has a path of its own, /fault/ID or /fault/ID,ID, and the query
?fault=ID&odds=P works on every path. The faults of HTTP itself, which come before
any path, need --fault.`

func (f *faultFlags) register(s *pflag.FlagSet) {
	s.StringSliceVar(&f.ids, "fault", nil, "have the faults of these `ids`; list prints them (repeatable, or with commas)")
	s.Float64Var(&f.odds, "fault-odds", 1, "`probability` that a connection is faulty, from 0 to 1")
	s.Uint64Var(&f.seed, "seed", 1, "decides which connections are faulty")
}

// list reports whether the faults are to be printed.
func (f *faultFlags) list() bool { return slices.Equal(f.ids, []string{"list"}) }

func (f *faultFlags) check() error {
	if f.odds < 0 || f.odds > 1 {
		return usage("--fault-odds %v is not a probability: it goes from 0 to 1", f.odds)
	}
	if err := reference.CheckFaults(reference.ServerSide, f.ids...); err != nil {
		return usage("--fault: %w (--fault list prints them)", err)
	}
	return nil
}

// ofHTTP are the faults of the server as a whole. With odds below 1 it has none,
// since they belong to no single connection.
func (f *faultFlags) ofHTTP() []string {
	if f.odds < 1 {
		return nil
	}
	return f.ids
}

// printFaults lists the faults of one side.
func printFaults(w io.Writer, side reference.Side) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	for _, fault := range reference.Faults() {
		if fault.Side.Includes(side) {
			fmt.Fprintf(t, "%s\t%s\t%s\n", fault.ID, fault.Requirement, fault.Title)
		}
	}
	return t.Flush()
}

// A faultHandler echoes, as wrong as path, query and flags say.
type faultHandler struct {
	options reference.Options
	flags   faultFlags

	mu     sync.Mutex
	random *rand.Rand
}

func newFaultHandler(o reference.Options, f faultFlags) *faultHandler {
	return &faultHandler{options: o, flags: f, random: rand.New(rand.NewPCG(f.seed, 0))}
}

func (h *faultHandler) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	ids, odds, err := h.asked(r)
	if err == nil {
		err = reference.CheckFaults(reference.ServerSide, ids...)
	}
	if err != nil {
		http.Error(w, err.Error(), http.StatusNotFound)
		return
	}
	o := h.options
	if len(ids) > 0 && h.draw() < odds {
		o.Faults = ids
	}
	(&reference.Handler{Options: o, Serve: reference.Echo}).ServeHTTP(w, r)
}

// asked are the faults for a request: those of its path before those of its query
// before those of the command line.
func (h *faultHandler) asked(r *http.Request) (ids []string, odds float64, err error) {
	ids, odds = h.flags.ids, h.flags.odds
	query := r.URL.Query()
	named, own := strings.CutPrefix(r.URL.Path, "/fault/")
	if !own {
		named = query.Get("fault")
	}
	if own || named != "" {
		ids, odds = strings.Split(strings.TrimSuffix(named, "/"), ","), 1
	}
	if s := query.Get("odds"); s != "" {
		if odds, err = strconv.ParseFloat(s, 64); err != nil || odds < 0 || odds > 1 {
			return nil, 0, fmt.Errorf("odds %q is not a probability: it goes from 0 to 1", s)
		}
	}
	return ids, odds, nil
}

// draw is the lot of the next connection.
func (h *faultHandler) draw() float64 {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.random.Float64()
}
