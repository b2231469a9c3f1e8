package cases

import (
	"strings"
	"testing"
	"time"
)

// sound is a case without a fault that the tests below spoil.
func sound() Case {
	return Case{
		ID: "fragment/ping-between", Title: "a ping between two fragments is answered",
		Refs: refs("6455-5.4-9"), Needs: needs(Echo), Alias: autobahn("5.6"),
		Steps: steps(
			Send(Text("frag").Part(), Ping("mid"), Cont("ment")),
			Expect(Pong("mid"), Text("fragment")), Close(1000),
		),
	}
}

// soundHandshake is the same with an opening handshake of its own.
func soundHandshake() Case {
	return Case{
		ID: "handshake/no-host", Title: "a request without Host is refused",
		Refs: refs("6455-4.2.1-5"), Subject: Server,
		Steps: steps(Baseline(Drop("Host")), Expect(Refuse(4))),
	}
}

func TestSoundCasesAreValid(t *testing.T) {
	for _, c := range []Case{sound(), soundHandshake()} {
		for _, err := range Validate(c) {
			t.Error(err)
		}
	}
}

func TestFaultsOfACaseAreFound(t *testing.T) {
	tests := map[string]func(*Case){
		"id":                   func(c *Case) { c.ID = "Close/x" },
		"id \"6455-5.4\"":      func(c *Case) { c.ID = "6455-5.4" },
		"id \"a//b\"":          func(c *Case) { c.ID = "a//b" },
		"alias \"a b\"":        func(c *Case) { c.Alias = []string{"a b"} },
		"alias is an empty":    func(c *Case) { c.Alias = []string{} },
		"title is missing":     func(c *Case) { c.Title = "" },
		"full stop":            func(c *Case) { c.Title = "a ping is answered." },
		"upper case":           func(c *Case) { c.Title = "A ping is answered" },
		"spaces":               func(c *Case) { c.Title = "a  ping" },
		"control characters":   func(c *Case) { c.Title = "a\nping" },
		"refs are missing":     func(c *Case) { c.Refs = nil },
		"unknown requirement":  func(c *Case) { c.Refs = refs("6455-5.4-99") },
		"twice":                func(c *Case) { c.Refs = refs("6455-5.4-9", "6455-5.4-9") },
		"unknown feature":      func(c *Case) { c.Needs = needs(Echo, "tls") },
		"level 9":              func(c *Case) { c.Level = 9 },
		"subject 9":            func(c *Case) { c.Subject = 9 },
		"weight 9":             func(c *Case) { c.Weight = 9 },
		"timeout":              func(c *Case) { c.Timeout = -1 },
		"connections":          func(c *Case) { c.Connections = -1 },
		"does not need echo":   func(c *Case) { c.Needs = nil },
		"has no steps":         func(c *Case) { c.Steps = nil },
		"is not a step":        func(c *Case) { c.Steps = steps(nil) },
		"open can only be":     func(c *Case) { c.Steps = steps(Alive(), Open("")) },
		"close can only be":    func(c *Case) { c.Steps = steps(Close(1000), Alive()) },
		"reset can only be":    func(c *Case) { c.Steps = steps(Reset(), Alive()) },
		"may send":             func(c *Case) { c.Steps = steps(Close(NoCode)) },
		"alive after shut":     func(c *Case) { c.Steps = steps(Shut(), Alive()) },
		"send after shut":      func(c *Case) { c.Steps = steps(Shut(), Send(Ping(""))) },
		"shut cannot be":       func(c *Case) { c.Steps = steps(Repeat(2, Shut())) },
		"send without":         func(c *Case) { c.Steps = steps(Send()) },
		"step 1: repeat 0":     func(c *Case) { c.Steps = steps(Repeat(0, Alive())) },
		"repeat without steps": func(c *Case) { c.Steps = steps(Repeat(1)) },
		"step 1.1: send":       func(c *Case) { c.Steps = steps(Repeat(1, Send())) },
		"step 1.1: repeat":     func(c *Case) { c.Steps = steps(Repeat(2000, Repeat(2000, Alive()))) },
		"deep":                 func(c *Case) { c.Steps = steps(nested(MaxNesting + 1)) },
		"subject must be":      func(c *Case) { c.Steps = steps(Baseline(), Expect(Answer(101))) },
		"of its own":           func(c *Case) { c.Steps = steps(Expect(Answer(101))) },
		"no extension":         func(c *Case) { c.Steps = steps(Send(Text("a").Deflate())) },
		"takes more than": func(c *Case) {
			c.Steps = steps(Send(Text(strings.Repeat("a", MaxSource))))
		},
	}
	for want, spoil := range tests {
		c := sound()
		spoil(&c)
		expectProblem(t, c, want)
	}
}

func nested(depth int) Step {
	if depth == 0 {
		return Alive()
	}
	return Repeat(2, nested(depth-1))
}

func TestFaultsOfAFrameAreFound(t *testing.T) {
	tests := map[string]Frame{
		"four bits":      Op(16, ""),
		"three bits":     Text("").WithRSV(8),
		"mask rule":      {Opcode: OpText, Mask: 9},
		"length form":    Text("").InForm(9),
		"16 bits":        TextOf(Fill("a", 65536)).InForm(Length16),
		"no header":      Raw("a").Part(),
		"8 hexadecimal":  Text("").WithKey("37fa21"),
		"not masked":     Text("").WithKey("37fa213d").Unmasked(),
		"pieces of -1":   Text("").Chopped(-1),
		"the first -1":   Text("").Only(-1),
		"both":           Text("").Chopped(1).Cut(2),
		"cuts [3 2]":     Text("").Cut(3, 2),
		"list of cuts":   {Opcode: OpText, Cuts: []int{}},
		"list of chunks": TextOf(Payload{}),
		"of 0 octets":    TextOf(Payload{{Pattern: "a"}}),
		"neither":        TextOf(Payload{{Size: 1}}),
		"and a random":   TextOf(Payload{{Pattern: "a", Size: 1, Stream: 1}}),
		"stream -1":      TextOf(Random(1, -1)),
		"a payload of":   TextOf(Join(Random(MaxPayload, 1), Lit("a"))),
	}
	for want, f := range tests {
		c := sound()
		c.Steps = steps(Send(f))
		expectProblem(t, c, want)
	}
}

func TestFaultsOfAnExpectationAreFound(t *testing.T) {
	tests := map[string]Expectation{
		"without an alternative": {},
		"has no events":          Expect(),
		"no grade":               {Alternatives: []Alternative{{Errored, []Event{End()}}}},
		"within -1s":             Expect(End()).For(-time.Second),
		"else fail":              {Alternatives: Expect(End()).Alternatives, Else: Failed},
		"answers pings":          Expect(Ping("")),
		"with Closes":            Expect(CloseFrame(1000)),
		"only Text":              Expect(Cont("")),
		"no attributes":          Expect(Text("").Part()),
		"fail without":           FailsWith(),
		"of an error":            FailsWith(1000),
		"code 1002 twice":        FailsWith(1002, 1002),
		"never a legal":          Expect(Closes(1006)),
		"maybe within":           Expect(Maybe(Maybe(End()))),
		"without a bound":        Expect(Wait()),
		"can come after":         Expect(End(), Text("a")),
		"not an event":           Expect(nil),
	}
	for want, e := range tests {
		c := sound()
		c.Steps = steps(e)
		expectProblem(t, c, want)
	}
}

func TestFaultsOfARequestAreFound(t *testing.T) {
	answered := Expect(Answer(101))
	tests := map[string][]Step{
		"name is missing":          steps(Baseline(Set("", "a")), answered),
		"a field's name":           steps(Baseline(Edit{SetMethod, "a", nil}), answered),
		"a value":                  steps(Baseline(Edit{DropField, "a", Lit("b")}), answered),
		"not one of":               steps(Baseline(Edit{Op: 99}), answered),
		"other edits":              steps(Baseline(Method("GET"), Edit{Op: SetAll}), answered),
		"{host}":                   steps(Baseline(Set("Host", "{hots}")), answered),
		"a cut at 0":               steps(Baseline().Cut(0), answered),
		"both":                     steps(Baseline().Cut(1).Chopped(1), answered),
		"nothing is":               steps(Baseline()),
		"request before":           steps(Baseline(), Baseline(), answered),
		"alive before":             steps(Baseline(), Alive()),
		"a frame before":           steps(Baseline(), Expect(Text("a"))),
		"status is missing":        steps(Baseline(), Expect(Answer())),
		"status 6":                 steps(Baseline(), Expect(Answer(6))),
		"status 101 twice":         steps(Baseline(), Expect(Answer(101, 101))),
		"no refusal":               steps(Baseline(), Expect(Refuse(101))),
		"field to check":           steps(Baseline(), Expect(Answer(101).Without(""))),
		"in a check that has none": steps(Baseline(), Expect(Answer(101).check(FieldCheck{Absent, "a", "b"}))),
		"{superchat}":              steps(Baseline(), Expect(Answer(101).With("a", "{superchar}"))),
		"of the player":            steps(Alive(), Baseline(), answered),
		"tail 1: opcode":           steps(Baseline().Followed(Op(16, "")), answered),
		"an empty list of e":       steps(Request{Edits: []Edit{}}, answered),
	}
	for want, script := range tests {
		c := soundHandshake()
		c.Steps = script
		expectProblem(t, c, want)
	}
}

func TestFaultsOfWhatAClientIsAskedAreFound(t *testing.T) {
	tests := map[string][]Step{
		"can only be the first":    steps(Alive(), Dial("")),
		"{hostname}":               steps(Dial("ws://{hostnam}/"), Respond(), Alive()),
		"of the player":            steps(Alive(), Respond()),
		"without a status":         steps(Respond(), Expect(Refuse(4))),
		"target is not for this":   steps(Respond(Target("/")), Alive()),
		"has not just asked":       steps(Respond(), Expect(Requested("/"))),
		"nothing can come after":   steps(Dial(""), Expect(Declined(), End())),
		"in a check that has none": steps(Dial(""), Expect(Requested("").check(FieldCheck{Present, "a", "b"}))),
		"neither a request nor":    steps(Alive(), Expect(Refuse())),
	}
	for want, script := range tests {
		c := sound()
		c.Subject, c.Needs, c.Steps = Client, needs(Dialing), script
		expectProblem(t, c, want)
	}
	c := sound()
	c.Subject, c.Steps = Client, steps(Dial(""), Expect(Requested("/")))
	expectProblem(t, c, "needs dial")
	c = sound()
	c.Quick = steps(Alive(), Open(""))
	expectProblem(t, c, "quick step 2: open can only")
}

func TestFaultsOfFragmentsAndSlicesAreFound(t *testing.T) {
	tests := map[string]Frame{
		"whole data frame":   Ping("a").InFragments(1),
		"fragments of -1":    Text("a").InFragments(-1),
		"unknown corpus":     TextOf(Slice("jsno", 1)),
		"something else":     TextOf(Payload{{Corpus: "json", Size: 1, Pattern: "a"}}),
		"which has":          TextOf(Payload{{Corpus: "json", Size: 1, From: 1 << 29}}),
		"that is of no corp": TextOf(Payload{{Pattern: "a", Size: 1, From: 1}}),
	}
	for want, f := range tests {
		c := sound()
		c.Steps = steps(Send(f))
		expectProblem(t, c, want)
	}
}

// A text that may come or not, or only in what is lax, does not need echo.
func TestEchoIsNeededOnlyForWhatMustCome(t *testing.T) {
	for _, e := range []Expectation{
		Expect(Maybe(Text("a")), Fail(1002)),
		FailsWith(1002).OrLax(Text("a")),
		Expect(Text("a")).Or(Fail(1002)),
	} {
		c := sound()
		c.Needs, c.Steps = nil, steps(Send(Text("a")), e)
		for _, err := range Validate(c) {
			t.Error(err)
		}
	}
}

func TestNamesAreUsedOnce(t *testing.T) {
	a, b := sound(), sound()
	b.ID = "fragment/other"
	errs := ValidateAll([]Case{a, b, a})
	if got := len(errs); got != 3 {
		t.Errorf("%d errors, want one for the second alias and two for the case that stands twice: %v", got, errs)
	}
}

func TestAnAliasMayStandOnceForEachSide(t *testing.T) {
	for _, test := range []struct {
		subjects [2]Subject
		taken    bool
	}{
		{[2]Subject{Server, Client}, false},
		{[2]Subject{Client, Client}, true},
		{[2]Subject{Server, Both}, true},
		{[2]Subject{Both, Client}, true},
	} {
		a, b := sound(), sound()
		b.ID = "fragment/other"
		a.Subject, b.Subject = test.subjects[0], test.subjects[1]
		if errs := ValidateAll([]Case{a, b}); len(errs) > 0 != test.taken {
			t.Errorf("subjects %v: %v", test.subjects, errs)
		}
	}
}

func expectProblem(t *testing.T, c Case, want string) {
	t.Helper()
	var all []string
	for _, err := range Validate(c) {
		all = append(all, err.Error())
		if !strings.HasPrefix(err.Error(), c.ID+": ") {
			t.Errorf("%q does not begin with the id %q", err, c.ID)
		}
	}
	if !strings.Contains(strings.Join(all, "\n"), want) {
		t.Errorf("no error has %q; got %q", want, all)
	}
}
