package cases

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
)

// autobahnSizes are the groups of Autobahn|Testsuite with the number of their cases.
var autobahnSizes = []struct {
	group string
	count int
}{
	{"1.1", 8}, {"1.2", 8}, {"2", 11}, {"3", 7}, {"4.1", 5}, {"4.2", 5}, {"5", 20},
	{"6.1", 3}, {"6.2", 4}, {"6.3", 2}, {"6.4", 4}, {"6.5", 5}, {"6.6", 11}, {"6.7", 4}, {"6.8", 2}, {"6.9", 4}, {"6.10", 3},
	{"6.11", 5}, {"6.12", 8}, {"6.13", 5}, {"6.14", 10}, {"6.15", 1}, {"6.16", 3}, {"6.17", 5}, {"6.18", 5}, {"6.19", 5},
	{"6.20", 7}, {"6.21", 8}, {"6.22", 34}, {"6.23", 7},
	{"7.1", 6}, {"7.3", 6}, {"7.5", 1}, {"7.7", 13}, {"7.9", 9}, {"7.13", 2},
	{"9.1", 6}, {"9.2", 6}, {"9.3", 9}, {"9.4", 9}, {"9.5", 6}, {"9.6", 6}, {"9.7", 6}, {"9.8", 6}, {"10.1", 1},
	{"12.1", 18}, {"12.2", 18}, {"12.3", 18}, {"12.4", 18}, {"12.5", 18},
	{"13.1", 18}, {"13.2", 18}, {"13.3", 18}, {"13.4", 18}, {"13.5", 18}, {"13.6", 18}, {"13.7", 18},
}

// aliasesOf are the aliases of the cases for one side, sorted.
func aliasesOf(list []Case, side Subject) []string {
	var all []string
	for _, c := range list {
		if c.Subject.Includes(side) {
			all = append(all, c.Alias...)
		}
	}
	slices.Sort(all)
	return all
}

func TestEveryAutobahnCaseIsReplacedOnce(t *testing.T) {
	var all, volumes []string
	for _, g := range autobahnSizes {
		for i := range g.count {
			id := fmt.Sprintf("autobahn:%s.%d", g.group, i+1)
			all = append(all, id)
			if g := g.group; strings.HasPrefix(g, "9.") || strings.HasPrefix(g, "12.") || strings.HasPrefix(g, "13.") {
				volumes = append(volumes, id)
			}
		}
	}
	slices.Sort(all)
	slices.Sort(volumes)
	if len(all) != 517 || len(volumes) != 270 {
		t.Fatalf("Autobahn has 517 cases, 270 of them with volumes, not %d and %d", len(all), len(volumes))
	}
	if diff := cmp.Diff(all, aliasesOf(All(), Server)); diff != "" {
		t.Errorf("for servers (-want +got):\n%s", diff)
	}
	if diff := cmp.Diff(volumes, aliasesOf(slices.Concat(limitsCases(), deflateVolumeCases()), Client)); diff != "" {
		t.Errorf("for clients (-want +got):\n%s", diff)
	}
}

// A volume is what the steps of a case with volumes send.
type volume struct {
	extensions              string
	opcode                  Opcode
	size, fragments, pieces int
	deflated                bool
	rounds                  int
}

// volumeOf reads the steps, which all have the same form.
func volumeOf(t *testing.T, steps []Step) volume {
	t.Helper()
	v := volume{rounds: 1}
	if open, ok := steps[0].(OpenStep); ok {
		v.extensions, steps = open.Extensions, steps[1:]
	}
	if r, ok := steps[0].(RepeatStep); ok {
		v.rounds, steps = r.Times, append(slices.Clone(r.Steps), steps[1:]...)
	}
	if len(steps) != 3 || len(steps[0].(SendStep).Frames) != 1 || steps[2] != Close(1000) {
		t.Fatalf("%d steps that are not a message, its echo and the end", len(steps))
	}
	f := steps[0].(SendStep).Frames[0]
	back := steps[1].(Expectation).Alternatives[0].Events
	if diff := cmp.Diff([]Event{Frame{Opcode: f.Opcode, Payload: f.Payload}}, back); diff != "" {
		t.Errorf("what is expected is not what was sent:\n%s", diff)
	}
	v.opcode, v.fragments, v.pieces, v.deflated = f.Opcode, f.Fragments, f.Chop, f.Deflated
	for _, c := range f.Payload {
		v.size += c.Size
	}
	return v
}

// The volumes, and the seconds that each may take, are written down from the
// documentation of Autobahn, so that the loops that build ours cannot go astray.
func TestAFullRunPlaysTheVolumesOfAutobahn(t *testing.T) {
	byAlias := map[string]Case{}
	for _, c := range slices.Concat(limitsCases(), deflateVolumeCases()) {
		for _, alias := range c.Alias {
			if c.Subject.Includes(Server) {
				byAlias[alias] = c
			}
		}
	}
	for alias, row := range autobahnVolumes() {
		c, found := byAlias[alias]
		got := volumeOf(t, c.Steps)
		got.extensions = ""
		if !found || got != row.volume || c.Timeout != row.limit {
			t.Errorf("%s (%s) plays %+v within %v, not %+v within %v", alias, c.ID, got, c.Timeout, row.volume, row.limit)
		}
		delete(byAlias, alias)
	}
	if len(byAlias) > 0 {
		t.Errorf("%d aliases too many", len(byAlias))
	}
}

type autobahnVolume struct {
	volume
	limit time.Duration
}

func autobahnVolumes() map[string]autobahnVolume {
	all := map[string]autobahnVolume{}
	add := func(group string, i, seconds int, v volume) {
		all[fmt.Sprintf("autobahn:%s.%d", group, i+1)] = autobahnVolume{v, time.Duration(seconds) * time.Second}
	}
	for g, opcode := range []Opcode{OpText, OpBinary} {
		group := func(n int) string { return fmt.Sprintf("9.%d", n+g) }
		for i, size := range []int{65536, 262144, 1048576, 4194304, 8388608, 16777216} {
			add(group(1), i, []int{10, 10, 100, 100, 100, 100}[i], volume{opcode: opcode, size: size, rounds: 1})
		}
		for i, f := range []int{64, 256, 1024, 4096, 16384, 65536, 262144, 1048576, 0} {
			add(group(3), i, 100, volume{opcode: opcode, size: 4194304, fragments: f, rounds: 1})
		}
		for i, piece := range []int{64, 128, 256, 512, 1024, 2048} {
			add(group(5), i, 1000, volume{opcode: opcode, size: 1048576, pieces: piece, rounds: 1})
		}
		for i, size := range []int{0, 16, 64, 256, 1024, 4096} {
			add(group(7), i, []int{60, 60, 60, 120, 240, 480}[i], volume{opcode: opcode, size: size, rounds: 1000})
		}
	}
	sizes := []int{16, 64, 256, 1024, 4096, 8192, 16384, 32768, 65536, 131072, 8192, 16384, 32768, 65536, 131072, 131072, 131072, 131072}
	fragments := map[int]int{10: 256, 11: 256, 12: 256, 13: 256, 14: 256, 15: 1024, 16: 4096, 17: 32768}
	seconds := map[int]int{0: 60, 1: 60, 2: 120, 3: 240}
	opcodes := map[string]Opcode{"12.2": OpBinary, "12.3": OpBinary, "12.5": OpBinary}
	for i, size := range sizes {
		limit := seconds[i]
		if i > 3 {
			limit = 480
		}
		for _, group := range strings.Fields("12.1 12.2 12.3 12.4 12.5 13.1 13.2 13.3 13.4 13.5 13.6 13.7") {
			opcode := max(opcodes[group], OpText)
			add(group, i, limit, volume{opcode: opcode, size: size, fragments: fragments[i], deflated: true, rounds: 1000})
		}
	}
	return all
}

func TestAQuickRunPlaysLessOfTheSame(t *testing.T) {
	total := map[Subject]int{}
	for _, c := range slices.Concat(limitsCases(), deflateVolumeCases()) {
		full, quick := volumeOf(t, c.Steps), volumeOf(t, c.Played(false).Steps)
		sent := quick.size * quick.rounds
		total[c.Subject] += sent
		switch {
		case c.Quick == nil && c.ID != "limits/binary-of-16-mib" && sent > mebi,
			c.Quick != nil && sent >= full.size*full.rounds && full.size > 0,
			c.Quick != nil && sent > mebi+1:
			t.Errorf("%s: a quick run sends %d octets", c.ID, sent)
		case full.rounds > 1 && (quick.rounds < 3 || quick.rounds > 40):
			t.Errorf("%s: a quick run sends %d messages", c.ID, quick.rounds)
		case full.deflated && full.size >= 1024 && sent <= 32768:
			t.Errorf("%s: %d octets do not fill the window", c.ID, sent)
		case quick.fragments > 0 && !quick.deflated && quick.size <= quick.fragments:
			t.Errorf("%s: one frame", c.ID)
		case quick.pieces > 0 && quick.size < 65536:
			t.Errorf("%s: the length takes no 64 bits", c.ID)
		}
		quick.size, quick.rounds, full.size, full.rounds = 0, 0, 0, 0
		if quick != full {
			t.Errorf("%s: a quick run plays %+v, not %+v", c.ID, quick, full)
		}
	}
	if limits, deflate := total[Both], total[Server]; limits > 32*mebi || deflate > 48*mebi {
		t.Errorf("a quick run sends %d octets and %d that are compressed", limits, deflate)
	}
}

func TestTextsOfVolumesAreUTF8(t *testing.T) {
	type message struct {
		chunk  Chunk
		rounds int
	}
	seen := map[message]bool{}
	for _, c := range slices.Concat(limitsCases(), deflateVolumeCases()) {
		for _, full := range []bool{true, false} {
			p, rounds := volumeText(c.Played(full).Steps)
			if len(p) == 0 || seen[message{p[0], rounds}] {
				continue
			}
			seen[message{p[0], rounds}] = true
			for k := range min(rounds, p[0].rounds()) { // then the slices begin again
				if !utf8.Valid(p.Round(k).Append(nil, 0)) {
					t.Fatalf("%s sends a text that is none", c.ID)
				}
			}
		}
	}
}

// volumeText is the text that the steps send, if it is one, and how often.
func volumeText(steps []Step) (p Payload, rounds int) {
	rounds = 1
	for _, s := range steps {
		switch s := s.(type) {
		case RepeatStep:
			p, _ = volumeText(s.Steps)
			rounds = s.Times
		case SendStep:
			if s.Frames[0].Opcode == OpText {
				p = s.Frames[0].Payload
			}
		}
	}
	return p, rounds
}

func TestVolumesAgreeOnDeflateInTheGrammarOfTheStandard(t *testing.T) {
	grammar := extensionGrammar()
	for _, c := range deflateVolumeCases() {
		value := c.Steps[0].(OpenStep).Extensions
		bits := strings.Contains(value, "server_max_window_bits")
		if c.Subject == Client { // without an offer of it, the client must fail the connection
			bits = strings.Contains(value, "client_max_window_bits")
		} else if strings.Contains(value, ",") {
			bits = false // there is another offer
		}
		if !grammar.MatchString(value) || slices.Contains(c.Needs, WindowBits) != bits || !slices.Contains(c.Needs, Deflate) {
			t.Errorf("%s: %q, with the needs %v", c.ID, value, c.Needs)
		}
	}
}
