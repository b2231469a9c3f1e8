package cases_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

// The distances that cases are about are those of a second inflater, which tells
// them, in what the cases send.
func TestDeflateMatchesAreAtTheDistanceOfTheirCase(t *testing.T) {
	found := 0
	for _, c := range cases.All() {
		want := distanceOf(c.ID)
		if want == 0 {
			continue
		}
		found++
		i := slices.IndexFunc(c.Steps, func(s cases.Step) bool { _, ok := s.(cases.SendStep); return ok })
		payload := c.Steps[i].(cases.SendStep).Frames[0].Payload.Append(nil, 1)
		_, report, err := new(wire.Inflater).Inflate(nil, payload, 0)
		if err != nil || report.Matches != 1 || report.MaxDistance != want {
			t.Errorf("%s: %d matches up to distance %d, %v", c.ID, report.Matches, report.MaxDistance, err)
		}
	}
	if found != 40+16+28 {
		t.Errorf("%d cases", found)
	}
}

// The player's compressor finds the text that is a whole window back.
func TestDeflateTakeoverReachesOverTheWholeWindow(t *testing.T) {
	i := slices.IndexFunc(cases.All(), func(c cases.Case) bool { return c.ID == "deflate/takeover/whole-window" })
	compressor, inflater, farthest := new(wire.Compressor), new(wire.Inflater), 0
	for _, s := range cases.All()[i].Steps {
		send, ok := s.(cases.SendStep)
		if !ok {
			continue
		}
		_, report, err := inflater.Inflate(nil, compressor.Compress(nil, send.Frames[0].Payload.Append(nil, 1)), 0)
		if err != nil {
			t.Fatal(err)
		}
		farthest = max(farthest, report.MaxDistance)
	}
	if farthest != 32768 {
		t.Errorf("the farthest match is at distance %d", farthest)
	}
}

// distanceOf is the distance that an id is about.
func distanceOf(id string) int {
	if d, ok := strings.CutPrefix(id, "deflate/match/distance-"); ok {
		n, _ := strconv.Atoi(d)
		return n
	}
	for _, side := range []string{"server", "client"} {
		if bits, ok := strings.CutPrefix(id, "deflate/window/"+side+"-reads-"); ok {
			n, _ := strconv.Atoi(strings.TrimSuffix(bits, "-bits"))
			return 1 << n
		}
		if rest, ok := strings.CutPrefix(id, "deflate/window/"+side+"-meets-"); ok {
			d, _, _ := strings.Cut(rest, "-")
			n, _ := strconv.Atoi(d)
			return n
		}
	}
	return 0
}

// What a peer writes within windows of w bits is judged by whether it looks
// further back: a compressor that does has to be found out.
func TestDeflateWindowsFindACompressorWithTheNextLargerWindow(t *testing.T) {
	found := 0
	for _, c := range cases.All() {
		bits, ok := strings.CutPrefix(c.ID, "deflate/window/server-writes-")
		if !ok {
			continue
		}
		found++
		w, _ := strconv.Atoi(strings.TrimSuffix(bits, "-bits"))
		for _, test := range []struct {
			bits   int
			breach bool
		}{{w, false}, {w + 1, w < 15}} {
			compressor, inflater := &wire.Compressor{WindowBits: test.bits}, &wire.Inflater{WindowBits: w}
			beyond := 0
			for _, s := range c.Steps {
				send, ok := s.(cases.SendStep)
				if !ok {
					continue
				}
				_, report, err := inflater.Inflate(nil, compressor.Compress(nil, send.Frames[0].Payload.Append(nil, 1)), 0)
				if err != nil {
					t.Fatal(c.ID, err)
				}
				beyond += report.BeyondWindow
			}
			if beyond > 0 != test.breach {
				t.Errorf("%s: %d matches beyond the window by a compressor with %d bits", c.ID, beyond, test.bits)
			}
		}
	}
	if found != 8 {
		t.Errorf("%d cases", found)
	}
}
