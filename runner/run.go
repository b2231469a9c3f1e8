package runner

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"net"
	"sync"
	"time"

	"github.com/wsspec/wsspec/cases"
)

// Options are the choices of a run. The zero value is useful.
type Options struct {
	// Seed decides everything random; the same seed sends the same octets. Zero
	// means 1.
	Seed uint64
	// Parallel is how many light cases are played side by side; zero means 32.
	Parallel int
	// Timeout is the budget of a light case that has none of its own, and a
	// quarter of that of a heavy one. Zero means 5 seconds, a negative value no
	// limit.
	Timeout time.Duration
	// NoEcho declares that the server does not echo, so that the run need not
	// find out; what it sends by itself is then not judged.
	NoEcho bool
	// Echoes declares that the peer echoes, so that one which does not is judged for
	// it, and not taken for a peer of another kind.
	Echoes bool
	// Chat and Superchat are subprotocols that the server may support; empty means
	// the names chat and superchat themselves.
	Chat, Superchat string
	// Full plays the Steps of a case also where it has Quick ones.
	Full bool
	// Patient also plays the cases that need cases.Patience.
	Patient bool
	// OnBegin is called when the run knows the peer and begins with the cases, with a
	// report that has no results yet.
	OnBegin func(r Report)
	// Hosts are the addresses of this machine that RunClient listens on in turn, for
	// a client that holds back connections to one; empty means 127.0.0.1. Where one
	// cannot be listened on, and for cases that tell the client what to open, 127.0.0.1
	// stands in. They are not for Run.
	Hosts []string
	// OnResult is called for each result as it comes, never two at a time.
	OnResult func(done, total int, r Result)
}

const (
	defaultTimeout  = 5 * time.Second
	defaultParallel = 32
	noLimit         = 365 * 24 * time.Hour
)

func (o Options) withDefaults() Options {
	if o.Seed == 0 {
		o.Seed = 1
	}
	if o.Parallel <= 0 {
		o.Parallel = defaultParallel
	}
	switch {
	case o.Timeout == 0:
		o.Timeout = defaultTimeout
	case o.Timeout < 0:
		o.Timeout = noLimit
	}
	if o.Chat == "" {
		o.Chat = "chat"
	}
	if o.Superchat == "" {
		o.Superchat = "superchat"
	}
	return o
}

// ErrUnreachable is the error of Run when no connection to the target can be
// made at all.
var ErrUnreachable = errors.New("the target cannot be reached")

// Run plays the cases against a server; those for clients alone are left out. It
// returns an error, ErrUnreachable, only when nobody is there; a run that was cut
// short has its reason in Report.Trouble.
func Run(ctx context.Context, t Target, list []cases.Case, o Options) (*Report, error) {
	o = o.withDefaults()
	r := &run{options: o, set: o.settings()}
	r.play = func(ctx context.Context, c *cases.Case) (Result, error) { return playServer(ctx, t, r.set, c) }
	return r.report(ctx, t.String(), ForServers(list), func(ctx context.Context) (Features, error) {
		if err := reach(ctx, t, o.Timeout); err != nil {
			return Features{}, err
		}
		return r.learn(ctx, t)
	})
}

// report finds out what the peer can do, plays the cases, and reports.
func (r *run) report(ctx context.Context, target string, list []cases.Case, learn func(context.Context) (Features, error)) (*Report, error) {
	report := &Report{Target: target, Seed: r.options.Seed, Full: r.options.Full, Patient: r.options.Patient, Started: time.Now()}
	var err error
	if r.features, err = learn(ctx); err != nil && ctx.Err() == nil {
		return nil, fmt.Errorf("%w: %w", ErrUnreachable, err)
	}
	r.features.Echo = r.features.Echo || r.options.Echoes
	report.Features = r.features
	r.set.messages = r.features.Echo
	r.set.tells = r.telling(list)
	if r.options.OnBegin != nil {
		r.options.OnBegin(*report)
	}
	r.all(ctx, list, report)
	report.Elapsed = time.Since(report.Started)
	return report, nil
}

// ForServers are the cases that can test a server.
func ForServers(list []cases.Case) []cases.Case { return forSubject(list, cases.Server) }

// reach makes sure that there is somebody to talk to before a thousand cases
// are blamed.
func reach(ctx context.Context, t Target, timeout time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, min(timeout, 10*time.Second))
	defer cancel()
	nc, err := t.Dial(ctx)
	if err != nil {
		return err
	}
	return nc.Close()
}

// playServer plays a case against a server, on as many connections as it asks
// for, and returns the worst result. The error is that of a target which cannot
// be reached at all.
func playServer(ctx context.Context, t Target, set *settings, c *cases.Case) (Result, error) {
	return playEach(ctx, set, c, func(p *player) { p.target = t })
}

// playEach plays a case on as many connections as it asks for; seat says who the
// peer of a player is.
func playEach(ctx context.Context, set *settings, c *cases.Case, seat func(*player)) (Result, error) {
	players := make([]*player, c.Connects())
	var shared *memo
	if len(players) > 1 {
		largest, _ := expectedOctets(c.Steps)
		shared = newMemo(largest)
	}
	var playing sync.WaitGroup
	for i := range players {
		players[i] = newPlayer(ctx, set, c, i)
		players[i].memo = shared
		seat(players[i])
		playing.Go(players[i].play)
	}
	playing.Wait()
	worst, dead := players[0], players[0].dead
	for _, p := range players[1:] {
		if p.result.Verdict > worst.result.Verdict {
			worst = p
		}
		if p.dead == nil {
			dead = nil
		}
	}
	return worst.result, dead
}

// PlayClient plays the server's side of a case to a client whose connection has
// been accepted, and closes the connection.
func PlayClient(ctx context.Context, nc net.Conn, c cases.Case, o Options) Result {
	if !c.Subject.Includes(cases.Client) || beginsWithRequest(&c) {
		nc.Close()
		return Result{Case: c, Verdict: cases.Skipped, Reason: "the case tests servers"}
	}
	o = o.withDefaults()
	set := o.settings()
	set.messages = !o.NoEcho
	p := newPlayer(ctx, set, new(c.Played(o.Full)), 0)
	p.visit = arrived(nc)
	p.play()
	p.result.Quick = c.Quick != nil && !o.Full
	return p.result
}

func beginsWithRequest(c *cases.Case) bool {
	if len(c.Steps) == 0 {
		return false
	}
	_, ok := c.Steps[0].(cases.Request)
	return ok
}

func (o Options) settings() *settings {
	return &settings{seed: o.Seed, timeout: o.Timeout, chat: o.Chat, superchat: o.Superchat, messages: true}
}

// randomOf is a source of random numbers that depends on the seed and the words
// alone.
func randomOf(seed uint64, format string, words ...any) *rand.Rand {
	h := fnv.New64a()
	fmt.Fprintf(h, format, words...)
	return rand.New(rand.NewPCG(seed, h.Sum64()))
}
