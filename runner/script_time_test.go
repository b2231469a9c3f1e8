package runner

import (
	"io"
	"net"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

// inTime plays a script to a client where time is not that of the machine.
func inTime(t *testing.T, script string, client func(k *dialogue), check func(v Visitor, took time.Duration)) {
	t.Helper()
	c, err := cases.ParseScript("x.ws", "x", []byte(script))
	if err != nil {
		t.Fatal(err)
	}
	synctest.Test(t, func(t *testing.T) {
		ours, theirs := net.Pipe()
		var v Visitor
		s := &Stage{
			Scene:   func(string) *Scene { return &Scene{Case: c, Talks: true, Timeout: time.Hour} },
			OnVisit: func(came Visitor) { v = came }, places: make(chan struct{}, 1),
		}
		began := time.Now()
		var playing sync.WaitGroup
		playing.Go(func() { s.serve(t.Context(), ours) })
		io.WriteString(theirs, (&tiny{}).request(&url.URL{Scheme: "ws", Host: "h", Path: "/x"}, Call{}))
		rd := wire.NewReader(theirs)
		if head, err := wire.ReadHead(rd, 0); err != nil {
			t.Errorf("%v: %q", err, head.Raw)
		}
		var visiting sync.WaitGroup
		visiting.Go(func() { client(&dialogue{t, theirs, rd}) })
		playing.Wait()
		check(v, time.Since(began))
		theirs.Close()
		visiting.Wait()
	})
}

func TestALoopEndsWhenItsTimeIsUp(t *testing.T) {
	inTime(t, "timeout 30s\n"+parrot, func(k *dialogue) {
		k.hears(`text "hello"`)
		k.hears("close 1001")
		k.closesToo(1001)
	}, func(v Visitor, took time.Duration) {
		if took != 30*time.Second || v.Result.Verdict != cases.Pass || v.Result.Reason != "its time was up" {
			t.Errorf("%v, %v, because %q", took, v.Result.Verdict, v.Result.Reason)
		}
	})
}

// Who does not say in time what is expected is told so.
func TestASlowClientIsToldWhatWasExpected(t *testing.T) {
	inTime(t, "< text \"a\"\n", func(k *dialogue) { k.hears(`close 1008 "expected text \"a\""`) }, func(v Visitor, took time.Duration) {
		if took < time.Hour || took > time.Hour+closeWithin || v.Result.Verdict != cases.Failed {
			t.Errorf("%v, %v\n%s", took, v.Result.Verdict, v.Result.Block(""))
		}
	})
}

func TestAPauseTakesItsTime(t *testing.T) {
	inTime(t, "pause 1m\n> answer\npause 2m\n> text \"a\"\nclose 1000\n", func(k *dialogue) {
		k.say(wire.Ping, "")
		k.hears("pong")
		k.hears(`text "a"`)
		k.hears("close 1000")
		k.closesToo(1000)
	}, func(v Visitor, took time.Duration) {
		if took != 3*time.Minute || v.Result.Verdict != cases.Pass {
			t.Errorf("%v\n%s", took, v.Result.Block(""))
		}
	})
}

// What a client of a script does is bounded by the time of its visit, whatever it does.
func TestAVisitIsBounded(t *testing.T) {
	for name, client := range map[string]func(k *dialogue){
		"it says nothing":              func(k *dialogue) {},
		"it reads and says nothing":    func(k *dialogue) { io.Copy(io.Discard, k.nc) },
		"it never reads":               func(k *dialogue) { k.say(wire.Text, "a") },
		"it sends a frame without end": func(k *dialogue) { k.nc.Write([]byte("\x81\xff\x7f\xff\xff\xff\xff\xff\xff\xff\x00\x00\x00\x00")) },
		"it pings for ever": func(k *dialogue) {
			for {
				if _, err := io.WriteString(k.nc, "\x89\x80\x00\x00\x00\x00"); err != nil {
					return
				}
				<-time.After(time.Second)
			}
		},
		"it sends what nobody waits for": func(k *dialogue) {
			for err := error(nil); err == nil; {
				_, err = io.WriteString(k.nc, "\x82\xfe\xff\xff\x00\x00\x00\x00"+strings.Repeat("\x00", 0xffff))
			}
		},
	} {
		for _, script := range []string{"timeout 1m\nloop\n  < message\n  > echo\ndone\n", "timeout 1m\npause 1h\n"} {
			t.Run(name, func(t *testing.T) {
				inTime(t, script, client, func(v Visitor, took time.Duration) {
					if took > time.Minute+2*closeWithin {
						t.Errorf("%v\n%s", took, v.Result.Block(""))
					}
				})
			})
		}
	}
}
