package cases

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"time"
)

// generator makes valid cases that use all that the model has, more than the
// catalogue does.
type generator struct{ *rand.Rand }

func newGenerator(seed uint64) generator { return generator{rand.New(rand.NewPCG(seed, 0))} }

func (g generator) one(options ...func()) { options[g.IntN(len(options))]() }

func (g generator) chance() bool { return g.IntN(2) == 0 }

func pick[T any](g generator, from ...T) T { return from[g.IntN(len(from))] }

// some is the first few of the list, at least one.
func some[T any](g generator, from ...T) []T {
	g.Shuffle(len(from), func(i, j int) { from[i], from[j] = from[j], from[i] })
	return from[:1+g.IntN(len(from))]
}

// text is a string with what quoting must get right.
func (g generator) text() string {
	return pick(g, "a", "Hello", "", " ", "# no comment", "κόσμε", "\x00\xff\xfe", "a\"b\\c\n\r\t",
		"\ufffd\ufeff", "\xed\xa0\x80", "; | + * , =", "{key}", "end", "4xx", "e\u0301", "\U0001f600")
}

func (g generator) testCase(n int) Case {
	c := Case{
		ID:          fmt.Sprintf("generated/case-%d", n),
		Title:       pick(g, "a ping is answered", "RSV1 is \"0\"", "κόσμε is echoed"),
		Refs:        some(g, "6455-5.4-9", "7692-5-1", "whatwg-3.1-2", "6455-errata-7"),
		Level:       Level(g.IntN(int(Definition) + 1)),
		Weight:      Weight(g.IntN(2)),
		Timeout:     g.duration(),
		Connections: g.IntN(MaxConnections + 1),
		Note:        g.text(),
		Needs:       []Feature{Echo},
	}
	if g.chance() {
		c.Needs = append(c.Needs, some(g, Deflate, Subprotocol)...)
	}
	if g.chance() {
		c.Alias = some(g, "autobahn:5.6", "autobahn:7.1.1", "old/id")
	}
	var script func() []Step
	g.one(func() {
		c.Subject = Server
		script = func() []Step { return append(steps(g.request(), g.answer()), g.steps(0)...) }
	}, func() {
		c.Subject = pick(g, Both, Client)
		script = func() []Step { return append(steps(OpenStep{"permessage-deflate", g.text()}), g.steps(0)...) }
	}, func() {
		c.Subject = Client
		c.Needs = append(c.Needs, Dialing)
		script = func() []Step { return append(g.exchange(), g.steps(0)...) }
	})
	ending := g.last
	switch {
	case c.Subject != Client || g.chance():
	case g.chance():
		ending = g.loop
	default:
		c.Subject, c.Connections, c.Page = Page, 0, g.page()
	}
	c.Steps = append(script(), ending()...)
	if c.Subject == Page {
		return c
	}
	if g.chance() {
		c.Quick = append(script(), ending()...)
	}
	return c
}

func (g generator) last() (list []Step) {
	g.one(func() { list = steps(Shut(), g.expectation()) },
		func() { list = steps(Reset()) },
		func() { list = steps(Close(pick[uint16](g, 1000, 1001, 3000, 4999))) })
	return list
}

// loop is a loop in which messages are sent back.
func (g generator) loop() []Step {
	event := pick(g, AnyMessage(), AnyText(), AnyBinary())
	back := Back()
	g.one(func() { back = back.Part() }, func() { back = back.InFragments(1 + g.IntN(9)) }, func() { back = back.WithRSV(2) })
	return steps(Loop(Expect(event), Send(back, g.frame()), Pause(time.Duration(1+g.IntN(5000))*time.Millisecond)))
}

// exchange is an opening handshake with a client.
func (g generator) exchange() (list []Step) {
	if g.chance() {
		list = append(list, DialStep{"ws://{host}/" + g.text(), g.text(), g.text()})
		asked := Requested(g.text()).Has("a").Without("b").Equal("c", g.text())
		list = append(list, Expect(pick[Event](g, asked, Requested(""), Declined())))
	}
	for range 1 + g.IntN(2) {
		list = append(list, Response(g.head("HTTP/1.1 101\r\n", SetMethod, SetTarget)))
	}
	return append(list, Expect(Maybe(Text("a")), Refuse()))
}

func (g generator) duration() time.Duration {
	return pick(g, 0, time.Minute, 1500*time.Millisecond, 7*time.Microsecond, time.Hour+1)
}

func (g generator) steps(depth int) []Step {
	var list []Step
	for range 1 + g.IntN(4) {
		g.one(func() { list = append(list, Send(g.frames()...)) },
			func() { list = append(list, g.expectation()) },
			func() { list = append(list, Alive()) },
			func() {
				if depth < MaxNesting {
					list = append(list, Repeat(1+g.IntN(31), g.steps(depth+1)...))
				} else {
					list = append(list, Alive())
				}
			})
	}
	return list
}

func (g generator) frames() []Frame {
	frames := make([]Frame, 1+g.IntN(3))
	for i := range frames {
		frames[i] = g.frame()
	}
	return frames
}

func (g generator) frame() Frame {
	f := Frame{Opcode: Opcode(g.IntN(16)), Payload: g.payload()}
	g.one(func() { f.Chop = 1 + g.IntN(MaxPayload) },
		func() { f.Cuts = []int{1 + g.IntN(9), 10 + g.IntN(9)} },
		func() {})
	if g.chance() {
		f.First = 1 + g.IntN(100)
	}
	if f.Opcode == OpClose && g.chance() {
		f.Payload = CloseFrame(uint16(g.Uint32()), g.payload()).Payload
	}
	if g.IntN(8) == 0 {
		f.Opcode = OpRaw
		return f
	}
	f.More, f.Deflated, f.RSV = g.chance(), g.chance(), byte(g.IntN(8))
	f.Mask = MaskRule(g.IntN(3))
	if f.Mask != Unmasked && g.chance() {
		f.Key = pick(g, "37fa213d", "00000000", "FFFFFFFF")
	}
	if !f.Opcode.IsControl() && f.Key == "" && !f.More && g.chance() {
		f.Fragments = 1 + g.IntN(MaxPayload)
		return f
	}
	f.Length = pick[uint64](g, 0, 1, 125, 65536, 1<<63, 1<<64-1)
	f.Form = pick(g, Minimal, Length64)
	if f.Length < 65536 && f.Payload.Len() < 65536 && g.chance() {
		f.Form = Length16
	}
	return f
}

func (g generator) payload() Payload {
	var p Payload
	for range g.IntN(4) {
		g.one(func() { p = Join(p, Lit(g.text())) },
			func() { p = Join(p, Fill("a"+g.text(), 1+g.IntN(100_000))) },
			func() { p = Join(p, Random(1+g.IntN(100_000), 1+g.IntN(MaxStreams))) },
			func() { p = Join(p, Slice(pick(g, corpusWords[:]...), 1+g.IntN(100_000)).Round(g.IntN(2))) })
	}
	return p
}

func (g generator) request() Request { return g.head("GET / HTTP/1.1\r\n", SetStatus) }

// head is a request or response without the edits that are foreign to it.
func (g generator) head(line string, foreign ...EditOp) Request {
	if g.IntN(8) == 0 {
		return RawRequest(line + g.text())
	}
	var edits []Edit
	for range g.IntN(5) {
		e := Edit{Op: EditOp(g.IntN(int(SetAll)))}
		if slices.Contains(foreign, e.Op) {
			continue
		}
		if e.Op.hasName() {
			e.Name = "x" + g.text()
		}
		if e.Op.hasValue() {
			e.Value = g.payload()
		}
		edits = append(edits, e)
	}
	r := Baseline(edits...)
	g.one(func() { r = r.Chopped(1 + g.IntN(100)) },
		func() { r = r.Cut(-1-g.IntN(9), 1+g.IntN(9)) },
		func() { r = r.Followed(g.frames()...) },
		func() {})
	return r
}
