package runner

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

// A driver does what the documentation of Autobahn asks a driver for.
type driver struct {
	address string
	agent   string
	client  tiny
}

func (d *driver) open(path string) error {
	return d.client.Connect(context.Background(), Call{URL: "ws://" + d.address + path})
}

func (d *driver) all(first, last int) {
	for n := first; n <= last; n++ {
		d.open(fmt.Sprintf("/runCase?case=%d&agent=%s", n, d.agent))
	}
}

func (d *driver) update() error { return d.open("/updateReports?agent=" + d.agent) }

// ask opens a connection for the one text that is said on it, and the code of the
// Close frame behind it.
func (d *driver) ask(t *testing.T, path string) (text string, code int) {
	t.Helper()
	nc, rd := d.begin(t, path)
	defer nc.Close()
	for {
		f, err := rd.Next()
		if err != nil {
			t.Fatal(path, err)
		}
		switch f.Opcode {
		case wire.Text:
			text += string(f.Payload)
		case wire.Close:
			d.client.send(nc, wire.Close, 0, f.Payload)
			if len(f.Payload) == 0 {
				return text, 1005
			}
			return text, int(f.Payload[0])<<8 | int(f.Payload[1])
		}
	}
}

// begin opens a connection.
func (d *driver) begin(t *testing.T, path string) (net.Conn, *wire.Reader) {
	t.Helper()
	nc, err := net.Dial("tcp", d.address)
	if err != nil {
		t.Fatal(err)
	}
	io.WriteString(nc, "GET "+path+" HTTP/1.1\r\nHost: h\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"+
		"Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n\r\n")
	rd := wire.NewReader(nc)
	head, err := wire.ReadHead(rd, 0)
	if err != nil || !strings.HasPrefix(head.StartLine, "HTTP/1.1 101 ") {
		t.Fatalf("%s: %v, %q", path, err, head.StartLine)
	}
	return nc, rd
}

// get is the status code of the answer to a request.
func (d *driver) get(t *testing.T, target, fields string) int {
	t.Helper()
	nc, err := net.Dial("tcp", d.address)
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	io.WriteString(nc, "GET "+target+" HTTP/1.1\r\nHost: h\r\n"+fields+"\r\n")
	head, err := wire.ReadHead(wire.NewReader(nc), 0)
	if err != nil {
		t.Fatal(target, err)
	}
	_, status, _, _ := head.StatusLine()
	return status
}

// A listening is a Listen that is under way.
type listening struct {
	address string
	stop    context.CancelFunc
	ended   chan struct{}
	reports []*AgentReport
	err     error
}

func startListen(t *testing.T, list []cases.Case, o ListenOptions) *listening {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	return startListenAt(t, l, list, o)
}

func startListenAt(t *testing.T, l net.Listener, list []cases.Case, o ListenOptions) *listening {
	t.Helper()
	ctx, stop := context.WithCancel(t.Context())
	s := &listening{address: l.Addr().String(), stop: stop, ended: make(chan struct{})}
	go func() {
		defer close(s.ended)
		s.reports, s.err = Listen(ctx, l, list, o)
	}()
	t.Cleanup(func() { s.end(t) })
	return s
}

// end stops it, and waits for its end.
func (s *listening) end(t *testing.T) []*AgentReport {
	t.Helper()
	s.stop()
	return s.wait(t)
}

func (s *listening) wait(t *testing.T) []*AgentReport {
	t.Helper()
	<-s.ended
	if s.err != nil {
		t.Error(s.err)
	}
	noGoroutineLeft(t)
	return s.reports
}

func alias(c cases.Case, aliases ...string) cases.Case {
	c.Alias = aliases
	return c
}

// listenSample are cases of all kinds that are offered, and some that are not.
func listenSample() []cases.Case {
	hello := cases.Text("Hello")
	session := forClient("t/session", []cases.Feature{cases.Session})
	session.Refs = []string{"6455-4.1-29"}
	many := forClient("t/many", nil, cases.Alive())
	many.Connections = 3
	return []cases.Case{
		forClient("t/refuse", nil, cases.Respond(cases.Status("200 OK")), cases.Expect(cases.Refuse())),
		forClient("t/own", nil, cases.Alive(), cases.Close(1000)),
		alias(forClient("t/echo", needEcho, cases.Send(hello), cases.Expect(hello), cases.Close(1000)), "autobahn:1.10.1", "old/id", "autobahn:1.2.1"),
		alias(forClient("t/deflate", needDeflate, cases.Open("permessage-deflate"), cases.Send(hello.Deflate()), cases.Expect(hello), cases.Close(1000)), "autobahn:12.1.1"),
		alias(forClient("t/bits", needDeflate, cases.Open("permessage-deflate; client_max_window_bits=9"), cases.Alive()), "autobahn:13.1.1"),
		alias(forClient("t/bad", nil, cases.Send(hello.WithRSV(2)), cases.FailsWith(1002)), "autobahn:3.1"),
		forClient("t/dial", needDial, cases.Dial("ws://{host}/a"), cases.Alive()),
		forClient("t/patient", []cases.Feature{cases.Patience}, cases.Alive()),
		many, session,
		{ID: "t/server", Title: "a sample", Subject: cases.Server, Refs: []string{"6455-4.1-42"}, Steps: []cases.Step{cases.Alive()}},
	}
}

func names(offers []Offer) (list []string) {
	for _, o := range offers {
		list = append(list, o.Name)
	}
	return list
}

func TestOffersComeInAutobahnsOrder(t *testing.T) {
	want := []string{"1.2.1", "1.10.1", "3.1", "12.1.1", "13.1.1", "t/own"}
	if d := cmp.Diff(want, names(Offers(listenSample(), false))); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff(append(want, "t/refuse"), names(Offers(listenSample(), true))); d != "" {
		t.Error(d)
	}
}

func TestAllCasesOfAutobahnAreOffered(t *testing.T) {
	offers := Offers(cases.All(), false)
	numbered := 0
	for i, o := range offers {
		if o.Name[0] >= '0' && o.Name[0] <= '9' {
			numbered++
			if i >= 517 {
				t.Errorf("number %d is %s", i+1, o.Name)
			}
		}
	}
	if numbered != 517 || offers[0].Name != "1.1.1" || offers[516].Name != "13.7.18" {
		t.Errorf("%d of Autobahn's, from %s to %s", numbered, offers[0].Name, offers[516].Name)
	}
}

func TestADriverGetsItsReport(t *testing.T) {
	updates := 0
	s := startListen(t, listenSample(), ListenOptions{Refusals: true, OnUpdate: func(r []*AgentReport) { updates += len(r[0].Results) }})
	d := &driver{address: s.address, agent: "tiny", client: tiny{offers: "permessage-deflate"}}
	count, code := d.ask(t, "/getCaseCount")
	n, err := strconv.Atoi(count)
	if err != nil || n != 7 || code != 1005 {
		t.Fatalf("%q, close %d", count, code)
	}
	d.all(1, n)
	d.update()
	if updates != 7 {
		t.Errorf("%d results at the update", updates)
	}
	got := s.end(t)[0]
	if d := cmp.Diff([]string{"1.2.1", "1.10.1", "3.1", "12.1.1", "13.1.1", "t/own", "t/refuse"}, names(got.Offers)); d != "" {
		t.Error(d)
	}
	want := []string{
		"t/refuse pass", "t/own pass", "t/echo pass", "t/deflate pass",
		"t/bits skip: what the client offers does not allow the answer: it answers client_max_window_bits, which was not offered",
		"t/bad pass", "t/session pass",
	}
	if d := cmp.Diff(want, outcomes(got.Report)); d != "" {
		t.Error(d)
	}
	if f := got.Report.Features; !f.Echo || !f.Handshake || f.Deflate != "permessage-deflate" || got.Report.Trouble != "" {
		t.Errorf("%+v, trouble %q", f, got.Report.Trouble)
	}
}

// What a client cannot be tested with is a connection that opens and closes.
func TestCasesThatCannotBePlayedEndInOrder(t *testing.T) {
	s := startListen(t, listenSample(), ListenOptions{})
	plain, compressing := &driver{address: s.address}, &driver{address: s.address, client: tiny{}}
	if _, code := plain.ask(t, "/runCase?casetuple=12.1.1&agent=plain"); code != 1000 {
		t.Error("close", code)
	}
	compressing.client.fields = "Sec-WebSocket-Extensions: permessage-deflate\r\n"
	if err := compressing.open("/runCase?casetuple=t/bits&agent=plain"); err != nil {
		t.Error(err) // but for the end of TCP behind Close
	}
	plain.agent = "plain"
	plain.update() // waits for the results
	r := s.end(t)[0]
	for i := range r.Results {
		if v := r.Results[i]; v.Verdict != cases.Skipped || !v.Close.Clean {
			t.Errorf("%s\n%s", r.Offers[i].Name, v.Block(""))
		}
	}
}

func TestManyAgentsAtOnce(t *testing.T) {
	s := startListen(t, listenSample(), ListenOptions{})
	var drivers sync.WaitGroup
	for i := range 10 {
		drivers.Go(func() {
			d := &driver{address: s.address, agent: fmt.Sprint("agent", i), client: tiny{offers: "permessage-deflate; client_max_window_bits"}}
			d.all(1, 6)
			d.update()
		})
	}
	drivers.Wait()
	reports := s.end(t)
	if len(reports) != 10 {
		t.Errorf("%d agents", len(reports))
	}
	for _, r := range reports {
		if len(r.Results) != 6 || !r.Report.Conformant(true) || r.Report.Trouble != "" {
			t.Errorf("%s: %q, trouble %q", r.Agent, outcomes(r.Report), r.Report.Trouble)
		}
	}
}

func TestControlAnswersAreAutobahns(t *testing.T) {
	s := startListen(t, listenSample(), ListenOptions{})
	d := &driver{address: s.address, agent: "a"}
	var info map[string]string
	text, _ := d.ask(t, "/getCaseInfo?case=2")
	if err := json.Unmarshal([]byte(text), &info); err != nil || info["id"] != "1.10.1" || info["description"] != "a sample" {
		t.Errorf("%v, %q", err, text)
	}
	if text, _ := d.ask(t, "/getCaseInfo?casetuple=3.1"); !strings.Contains(text, `"3.1"`) {
		t.Error(text)
	}
	for _, test := range []struct{ n, want string }{{"1", `{"behavior":"OK"}`}, {"4", `{"behavior":"UNIMPLEMENTED"}`}} {
		d.open("/runCase?case=" + test.n + "&agent=a")
		if text, code := d.ask(t, "/getCaseStatus?case="+test.n+"&agent=a"); text != test.want || code != 1005 {
			t.Errorf("%s, close %d", text, code)
		}
	}
	if text, code := d.ask(t, "/"); text != "" || code != 1005 {
		t.Errorf("%q, close %d", text, code)
	}
	const upgrade = "Upgrade: websocket\r\n"
	for _, test := range []struct {
		target, fields string
		want           int
	}{
		{"/", "", 200}, {"/runCase?case=1&agent=a", "", 200}, {"/nothing", upgrade, 404},
		{"/runCase?case=0&agent=a", upgrade, 500}, {"/runCase?case=7&agent=a", upgrade, 500}, {"/runCase?case=x&agent=a", upgrade, 500},
		{"/runCase?agent=a", upgrade, 500}, {"/runCase?case=1", upgrade, 500}, {"/runCase?casetuple=9.9&agent=a", upgrade, 500},
		{"/runCase?case=1&case=2&agent=a", upgrade, 500}, {"/getCaseStatus?case=1", upgrade, 500}, {"/updateReports", upgrade, 500},
		{"/runCase?case=1&agent=" + strings.Repeat("a", 201), upgrade, 500}, {"/getCaseCount?%", upgrade, 404},
	} {
		if got := d.get(t, test.target, test.fields); got != test.want {
			t.Errorf("%s: %d, want %d", test.target, got, test.want)
		}
	}
}

// The status of a case that nobody plays is waited for as long as the case may
// take, and no longer than the client does.
func TestAStatusIsWaitedFor(t *testing.T) {
	s := startListen(t, listenSample(), ListenOptions{Options: Options{Timeout: 100 * ms}})
	d := &driver{address: s.address}
	nc, _ := d.begin(t, "/getCaseStatus?case=1&agent=nobody")
	nc.Close()
	played := make(chan string)
	go func() {
		text, _ := d.ask(t, "/getCaseStatus?case=1&agent=late")
		played <- text
	}()
	d.open("/runCase?case=1&agent=late")
	if text := <-played; text != `{"behavior":"OK"}` {
		t.Error(text)
	}
	if text, code := d.ask(t, "/getCaseStatus?case=1&agent=nobody"); text != "" || code != 1005 {
		t.Errorf("%q, close %d", text, code)
	}
}

func TestStopServerEndsIt(t *testing.T) {
	for _, path := range []string{"/stopServer", "/updateReports?agent=a&shutdownOnComplete=true"} {
		s := startListen(t, listenSample(), ListenOptions{})
		d := &driver{address: s.address}
		if text, code := d.ask(t, path); text != "" || code != 1005 {
			t.Errorf("%s: %q, close %d", path, text, code)
		}
		s.wait(t)
	}
}
