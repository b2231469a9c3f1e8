package wstest

import (
	"context"
	"crypto/sha1"
	"encoding/base64"
	"flag"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/reference"
	"github.com/wsspec/wsspec/runner"
	"github.com/wsspec/wsspec/runner/wire"
)

// careless echoes every frame and takes everything for right.
func careless(w http.ResponseWriter, r *http.Request) {
	nc, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		return
	}
	defer nc.Close()
	sum := sha1.Sum([]byte(r.Header.Get("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
	io.WriteString(nc, "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"+
		"Sec-WebSocket-Accept: "+base64.StdEncoding.EncodeToString(sum[:])+"\r\n\r\n")
	for rd := wire.NewReader(nc); ; {
		f, err := rd.Next()
		if err != nil {
			return
		}
		if f.Opcode == wire.Ping {
			f.Opcode = wire.Pong
		}
		h := wire.Header{FIN: f.FIN, Opcode: f.Opcode, Length: f.Length}
		if _, err := nc.Write(wire.AppendFrame(nil, h, f.Payload)); err != nil || f.Opcode == wire.Close {
			return
		}
	}
}

// samples have each verdict from the careless server.
func samples() []cases.Case {
	play := func(id string, steps ...cases.Step) cases.Case {
		return cases.Case{ID: id, Title: "a sample", Refs: []string{"6455-5.1-2"}, Needs: []cases.Feature{cases.Echo}, Steps: steps}
	}
	none := play("t/skip", cases.Alive())
	none.Needs = []cases.Feature{cases.Subprotocol}
	return []cases.Case{
		play("t/pass", cases.Alive(), cases.Close(1000)),
		play("t/lax", cases.Send(cases.Text("a")), cases.Expect(cases.Text("b")).OrLax(cases.Text("a"))),
		play("t/info", cases.Send(cases.Text("a")), cases.Expect(cases.Text("b")).OrInfo(cases.Text("a"))),
		play("t/fail", cases.Send(cases.Text("a").Unmasked()), cases.FailsWith(1002)),
		none,
	}
}

// scenarios are tests of which some must fail. They run in a child of this
// program, whose output shows how each subtest ended.
var scenarios = map[string]struct {
	options Options
	handler http.HandlerFunc
	want    []string
	says    string // a regular expression for the output
}{
	"a failure is an error, told in full": {
		want: []string{"FAIL TestScenario", "FAIL t/fail", "PASS t/info", "PASS t/lax", "PASS t/pass", "SKIP t/skip"},
		says: `(?s)FAIL +t/fail.*expected +close 1002.*wire.*text "a".*again +go test -run '\^TestScenario\$/\^t\$/\^fail\$'`,
	},
	"what is known is no error": {
		options: Options{Known: map[string]string{"t/fail": "issue 7"}},
		want:    []string{"PASS TestScenario", "PASS t/fail", "PASS t/info", "PASS t/lax", "PASS t/pass", "SKIP t/skip"},
		says:    `known: issue 7`,
	},
	"what is known and passes is an error": {
		options: Options{Known: map[string]string{"t/fail": "issue 7", "t/pass": "issue 8"}},
		want:    []string{"FAIL TestScenario", "FAIL t/pass", "PASS t/fail", "PASS t/info", "PASS t/lax", "SKIP t/skip"},
		says:    `passes, but is listed as known not to: issue 8`,
	},
	"what is known and not there is an error": {
		options: Options{Known: map[string]string{"t/gone": "issue 7"}},
		want:    []string{"FAIL TestScenario"},
		says:    `t/gone is listed as known not to pass, and there is no such case`,
	},
	"what is known need not be selected": {
		options: Options{Known: map[string]string{"t/fail": "issue 7"}, Select: []string{"t/pass"}},
		want:    []string{"PASS TestScenario", "PASS t/pass"},
	},
	"strict makes lax an error": {
		options: Options{Strict: true, Skip: []string{"t/fail"}},
		want:    []string{"FAIL TestScenario", "FAIL t/lax", "PASS t/info", "PASS t/pass", "SKIP t/skip"},
		says:    `(?s)LAX +t/lax.*got +text "a"`,
	},
	"select and skip": {
		options: Options{Select: []string{"t/**"}, Skip: []string{"t/fail", "t/lax"}},
		want:    []string{"PASS TestScenario", "PASS t/info", "PASS t/pass", "SKIP t/skip"},
	},
	"a pattern that matches nothing is an error": {
		options: Options{Select: []string{"t/pas"}},
		want:    []string{"FAIL TestScenario"},
		says:    `t/pas`,
	},
	"no echo": {
		options: Options{Options: runner.Options{NoEcho: true}},
		want:    []string{"PASS TestScenario", "SKIP t/fail", "SKIP t/info", "SKIP t/lax", "SKIP t/pass", "SKIP t/skip"},
		says:    `the server does not echo`,
	},
	"a handler that refuses is told once for each case": {
		handler: http.NotFound,
		want:    []string{"PASS TestScenario", "SKIP t/fail", "SKIP t/info", "SKIP t/lax", "SKIP t/pass", "SKIP t/skip"},
		says:    `the opening handshake failed: HTTP 404`,
	},
}

const scenarioVariable = "WSTEST_SCENARIO"

// TestScenario is the test of the child.
func TestScenario(t *testing.T) {
	s, ok := scenarios[os.Getenv(scenarioVariable)]
	if !ok {
		t.Skip("only a child process that another test starts plays this")
	}
	if s.handler == nil {
		s.handler = careless
	}
	s.options.Cases = samples()
	Server(t, s.handler, s.options)
}

func TestResultsBecomeThoseOfSubtests(t *testing.T) {
	ends := regexp.MustCompile(`(?m)^ *--- (PASS|FAIL|SKIP): (TestScenario\S*)`)
	for name, s := range scenarios {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			c := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestScenario$", "-test.v")
			c.Env = append(os.Environ(), scenarioVariable+"="+name)
			out, err := c.CombinedOutput()
			var got []string
			for _, m := range ends.FindAllStringSubmatch(string(out), -1) {
				got = append(got, m[1]+" "+strings.TrimPrefix(m[2], "TestScenario/"))
			}
			slices.Sort(got)
			if d := cmp.Diff(s.want, got); d != "" || !regexp.MustCompile(s.says).Match(out) {
				t.Errorf("%s\n%s", d, out)
			}
			if failed := strings.HasPrefix(s.want[0], "FAIL"); failed != (err != nil) {
				t.Errorf("the child ends with %v", err)
			}
		})
	}
}

func TestARightHandlerPasses(t *testing.T) {
	Server(t, &reference.Handler{Serve: reference.Echo}, Options{Select: []string{"masking/**", "control/**", "close/**"}})
}

func TestShortRunsLeaveOutWhatIsHeavy(t *testing.T) {
	heavy := samples()[0]
	heavy.ID, heavy.Weight = "t/heavy", cases.Heavy
	o := Options{Cases: append(samples(), heavy)}
	was := flag.Lookup("test.short").Value.String()
	t.Cleanup(func() { flag.Set("test.short", was) })
	for short, want := range map[string]int{"false": len(samples()) + 1, "true": len(samples())} {
		flag.Set("test.short", short)
		if list, err := o.list(); len(list) != want || err != nil {
			t.Errorf("%d cases are played: %v", len(list), err)
		}
	}
}

func TestAServerAtAURLIsTested(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var serving sync.WaitGroup
	server := &reference.Server{Handler: &reference.Handler{}}
	serving.Go(func() { server.Serve(t.Context(), l) })
	t.Cleanup(serving.Wait)
	URL(t, "ws://"+l.Addr().String()+"/", Options{Select: []string{"handshake/request-line/**"}})
}

// TestClientScenario is the other test of the child: a client that does not mask.
func TestClientScenario(t *testing.T) {
	if os.Getenv(scenarioVariable) != "client" {
		t.Skip("only a child process that another test starts plays this")
	}
	Client(t, unmasked, Options{Cases: samples(), Skip: []string{"t/lax", "t/info"}})
}

// unmasked is a client that masks nothing.
func unmasked(ctx context.Context, call runner.Call) error {
	nc, err := net.Dial("tcp", strings.Split(call.URL, "/")[2])
	if err != nil {
		return err
	}
	defer nc.Close()
	io.WriteString(nc, "GET / HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"+
		"Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\r\n")
	rd := wire.NewReader(nc)
	if _, err := wire.ReadHead(rd, 0); err != nil {
		return err
	}
	for {
		f, err := rd.Next()
		if err != nil {
			return err
		}
		if f.Opcode == wire.Ping {
			f.Opcode = wire.Pong
		}
		nc.Write(wire.AppendFrame(nil, wire.Header{FIN: f.FIN, Opcode: f.Opcode, Length: f.Length}, f.Payload))
	}
}

func TestResultsOfAClientBecomeThoseOfSubtests(t *testing.T) {
	c := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestClientScenario$", "-test.v")
	c.Env = append(os.Environ(), scenarioVariable+"=client")
	out, err := c.CombinedOutput()
	for _, want := range []string{"--- FAIL: TestClientScenario/t/pass", "it sends a frame that is not masked", "--- SKIP: TestClientScenario/t/skip"} {
		if err == nil || !strings.Contains(string(out), want) {
			t.Errorf("%q is not in this, which ends with %v:\n%s", want, err, out)
		}
	}
}

func TestARightClientPasses(t *testing.T) {
	connect := func(ctx context.Context, call runner.Call) error {
		c, _, err := reference.Dial(ctx, call.URL, &reference.DialOptions{Subprotocols: call.Subprotocols})
		if err != nil {
			return err
		}
		defer c.CloseNow()
		reference.Echo(ctx, c)
		return nil
	}
	Client(t, connect, Options{Select: []string{"client/target/**", "client/accept/**", "control/**", "close/**", "session/**"}})
}
