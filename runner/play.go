package runner

import (
	"context"
	"fmt"
	"math/rand/v2"
	"slices"
	"sync"
	"time"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

// heavyBudget is how much more time than a light case a heavy one has: it moves
// more than a busy machine may get through in that time.
const heavyBudget = 4

// settings are what all cases of a run share.
type settings struct {
	seed            uint64
	timeout         time.Duration // budget of a case that has none of its own
	chat, superchat string        // subprotocols that stand for {chat} and {superchat}
	session         *session      // of all connections of a client; nil when there is none
	usual           []string      // requirements that every request of the client breaks, and that a server can put up with
	messages        bool          // messages of the peer are judged: it echoes, and does not push
	talks           bool          // a client has messages of its own, which may cross the Close of the player
	opens           bool          // a plain opening handshake has succeeded before
	spares          spares        // what one case leaves to the next
	broken          string        // requirement that every 101 of the server breaks, so that none opens a connection
	tells           string        // id of the case that tells of that requirement when no case is about it
}

// A player plays one case on one connection.
type player struct {
	ctx    context.Context
	set    *settings
	script *cases.Case
	target Target // nil when a client is tested
	visit  *visit // of the client that is tested; nil when a server is
	host   *host  // of the run that the visit is part of; nil when there is none
	missed error  // why the client made no connection

	log      *recorder
	conn     *conn
	memo     *memo // of all connections of the case; nil: it has but one
	random   *rand.Rand
	encoder  *encoder // of the script's frames
	reflexes *encoder // of those that answer the peer, so that its timing changes no octet of the others
	deadline time.Time

	request    *wire.Head          // as it was sent, or received
	expand     func(string) string // replaces the placeholders of the last request
	awaiting   bool                // the answer to a request is to come, or the request of a client
	interim    bool                // the case minds answers that are not final
	framing    bool                // what comes are frames
	requesting sync.WaitGroup      // the goroutine that writes a request
	answer     *answer
	dialled    bool          // whether the client was told what to open, or to offer
	dictated   string        // what the client was told to offer of extensions
	asked      *request      // of the client that is tested, when it has come
	answering  []byte        // what it has been answered
	reply      *answer       // the same, as it must read it
	refused    bool          // the server has refused the last request
	seen       []observation // what no expectation has used yet
	seenOctets int           // weight of all that
	opened     bool
	partial    bool        // the last frame sent is not complete
	sent       bool        // Close, by us
	got        bool        // Close, by the peer
	closed     time.Time   // when both had sent Close
	ended      bool        // TCP, by the peer
	looping    bool        // the steps of a loop are played
	waited     bool        // something has been waited for in this round of it
	heard      observation // the last message that an expectation has taken
	alives     int         // pings of Alive steps
	probes     int         // pings that see whether the peer carries on
	probed     []string    // their payloads

	result Result
	over   bool
	broke  bool  // the peer broke a rule in passing
	dead   error // the target cannot be reached
}

// newPlayer makes the player of one connection of a case. Its random numbers
// depend on the seed, the case and the connection alone.
func newPlayer(ctx context.Context, set *settings, c *cases.Case, connection int) *player {
	p := &player{ctx: ctx, set: set, script: c, log: newRecorder()}
	p.random = randomOf(set.seed, "%s %d", c.ID, connection)
	p.encoder = &encoder{seed: set.seed, random: p.random, spares: &set.spares}
	p.reflexes = &encoder{random: randomOf(set.seed, "%s %d reflexes", c.ID, connection)}
	p.deadline = p.log.began.Add(set.budget(c))
	return p
}

// budget is how long a case may take.
func (s *settings) budget(c *cases.Case) time.Duration {
	switch {
	case c.Timeout != 0:
		return c.Timeout
	case c.Weight == cases.Heavy:
		return min(heavyBudget*s.timeout, noLimit)
	}
	return s.timeout
}

// play plays the case once, judges it, and closes the connection.
func (p *player) play() {
	p.encoder.masks, p.reflexes.masks = p.visit == nil, p.visit == nil
	if p.script.RequiresOpen() && !startsOpen(p.script.Steps) {
		p.open(cases.OpenStep{})
	}
	if p.script.Page != nil && len(p.script.Steps) == 0 {
		p.invite(p.visit.call)
		p.expect(cases.Expect(cases.Declined()))
	}
	for s := range unrolled(p.script.Steps) {
		if p.over || !p.admits(s) || p.stopped() {
			break
		}
		p.step(s)
	}
	p.loop()
	p.consent()
	p.finish()
}

// admits reports whether the step can be played: behind a refusal only another
// request can, on a connection that the server has left open.
func (p *player) admits(s cases.Step) bool {
	if !p.refused {
		return true
	}
	_, again := s.(cases.Request)
	return again && (p.reusable() || p.stopped())
}

func startsOpen(steps []cases.Step) bool {
	if len(steps) == 0 {
		return false
	}
	_, open := steps[0].(cases.OpenStep)
	return open
}

func (p *player) step(s cases.Step) {
	switch s := s.(type) {
	case cases.OpenStep:
		p.open(s)
	case cases.Request:
		p.sendRequest(s)
	case cases.Response:
		p.respond(s)
	case cases.DialStep:
		p.dialStep(s)
	case cases.SendStep:
		if frames := p.sendBack(s.Frames); len(frames) > 0 {
			p.send(frames...)
		}
	case cases.Expectation:
		p.expect(s)
	case cases.AliveStep:
		p.alives++
		p.expect(cases.Expect(p.ping(p.encoder, "alive", p.alives)))
	case cases.CloseStep:
		p.closePolitely(s.Code)
	case cases.PauseStep:
		p.pause(s.For)
	case cases.ShutStep:
		p.requesting.Wait() // FIN comes behind all that was sent
		if p.conn != nil {
			p.conn.shut()
		}
	case cases.ResetStep:
		if p.conn != nil {
			p.conn.reset()
		}
		p.over = true
	}
}

// send sends frames of the script in one write.
func (p *player) send(frames ...cases.Frame) { p.emit(p.encoder, frames) }

// react sends a frame that no script asks for.
func (p *player) react(f cases.Frame) { p.emit(p.reflexes, []cases.Frame{f}) }

func (p *player) emit(e *encoder, frames []cases.Frame) {
	if p.conn == nil || !p.conn.canWrite(p.deadline) {
		return
	}
	o := e.frames(frames)
	p.sending(frames, o)
	p.conn.write(o, p.deadline)
}

// sending notes what the frames do to the conversation.
func (p *player) sending(frames []cases.Frame, o octets) {
	p.partial = o.partial
	if !slices.ContainsFunc(frames, func(f cases.Frame) bool { return f.Opcode == cases.OpClose }) {
		return
	}
	if !p.sent && !p.got {
		p.result.Close.First = Ours
	}
	p.sent = true
	p.closing()
}

// ping sends a ping with a payload of its own, and returns the pong to expect.
func (p *player) ping(e *encoder, word string, n int) cases.Frame {
	payload := fmt.Sprintf("%s %d", word, n)
	p.emit(e, []cases.Frame{cases.Ping(payload)})
	return cases.Pong(payload)
}
