package runner

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/seen"
)

// The placeholders in the arguments of a command that is a client.
const (
	urlPlace          = "{url}"
	subprotocolsPlace = "{subprotocols}"
	extensionsPlace   = "{extensions}"
)

// saidLines is how many of the last lines of what a command printed are told.
const saidLines = 10

// quitsWithin is how long a command may take to end after SIGTERM, before SIGKILL.
// Both fit into the time that a call has to return.
const quitsWithin = returnWithin / 2

// A command is a client that is a program.
type command []string

// Command is the client that a program is: it is started for each connection, and
// given the address in place of {url} in one of its arguments, which there must be.
// It should echo until the connection ends, and then end itself; else it is ended,
// with whatever it has started.
//
// {subprotocols} stands for those to offer, with commas between them, and
// {extensions} for the value of Sec-WebSocket-Extensions. An argument in which one
// of these stands for nothing is left out, so that options go in one argument with
// their value, as in --protocol={subprotocols}. A program without them offers what
// it likes, and the cases that want more of it are skipped.
//
// No shell sees the arguments. Standard input is empty. The end of what the program
// prints, and how it ended, is told with each result that is not a pass.
func Command(args []string) (Client, error) {
	switch {
	case len(args) == 0 || args[0] == "":
		return nil, errors.New("no command to start")
	case !command(args[1:]).has(urlPlace):
		return nil, fmt.Errorf("no argument of the command has %s in it, which stands for the address to connect to", urlPlace)
	}
	return command(slices.Clone(args)), nil
}

func (c command) has(place string) bool {
	return slices.ContainsFunc(c, func(arg string) bool { return strings.Contains(arg, place) })
}

// String is the command, with quotes around the arguments that need them.
func (c command) String() string {
	words := make([]string, len(c))
	for i, arg := range c {
		words[i] = quoteWord(arg)
	}
	return strings.Join(words, " ")
}

// arguments are those for a call, behind the name of the program.
func (c command) arguments(call Call) []string {
	places := []string{urlPlace, subprotocolsPlace, extensionsPlace}
	values := []string{call.URL, strings.Join(call.Subprotocols, ","), call.Extensions}
	var pairs []string
	for i, place := range places {
		pairs = append(pairs, place, values[i])
	}
	fill := strings.NewReplacer(pairs...) // looks at nothing twice
	args := []string{c[0]}
	for _, arg := range c[1:] {
		void := func(i int) bool { return values[i] == "" && strings.Contains(arg, places[i]) }
		if !void(0) && !void(1) && !void(2) {
			args = append(args, fill.Replace(arg))
		}
	}
	return args
}

// Connect starts the program and waits for its end.
func (c command) Connect(ctx context.Context, call Call) error {
	switch {
	case call.Subprotocols != nil && !c.has(subprotocolsPlace):
		return fmt.Errorf("%w: the command has no %s", ErrUnable, subprotocolsPlace)
	case call.Extensions != "" && !c.has(extensionsPlace):
		return fmt.Errorf("%w: the command has no %s", ErrUnable, extensionsPlace)
	}
	began := time.Now()
	p, err := launch(c.arguments(call))
	if err != nil {
		return err
	}
	p.patience = quitsWithin
	select {
	case <-p.alive.Done():
	case <-ctx.Done():
		p.Stop()
	}
	return &ending{how: p.fate(), output: p.tail.lines(saidLines), after: time.Since(began), ended: ctx.Err() != nil}
}

// An ending is how a program ended that was started for a call.
type ending struct {
	how    string   // "exit status 1"
	output []string // the last lines that it printed
	after  time.Duration
	ended  bool // by us
}

func (e *ending) Error() string {
	if len(e.output) == 0 {
		return "the command ended: " + e.how
	}
	return "the command ended: " + e.how + ": " + e.output[len(e.output)-1]
}

// Lines tell people how the program ended.
func (e *ending) Lines() []string {
	first := fmt.Sprintf("the command ended after %v: %s", e.after.Round(time.Millisecond), e.how)
	if e.ended {
		first = fmt.Sprintf("the command was ended after %v, which did not end by itself: %s", e.after.Round(time.Millisecond), e.how)
	}
	lines := []string{first}
	for _, l := range e.output {
		lines = append(lines, "it printed: "+l)
	}
	return lines
}

// quote adds to the transcript what the client has to say of its connection, and to
// the result what a page saw.
func (p *player) quote() {
	var page interface{ Saw() *seen.Connection }
	if errors.As(p.visit.err, &page) {
		p.result.Seen = page.Saw()
	}
	var told interface{ Lines() []string }
	if p.result.Verdict == cases.Pass || !errors.As(p.visit.err, &told) {
		return
	}
	for _, l := range told.Lines() {
		p.log.note(visible(l))
	}
}
