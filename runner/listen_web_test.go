package runner

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
)

// startWeb is a Listen with a handler, and a connection to it.
func startWeb(t *testing.T, h http.HandlerFunc) (*listening, net.Conn) {
	t.Helper()
	s := startListen(t, listenSample(), ListenOptions{Web: h})
	return s, s.dial(t)
}

func (s *listening) dial(t *testing.T) net.Conn {
	t.Helper()
	nc, err := net.Dial("tcp", s.address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { nc.Close() })
	return nc
}

func answerOf(t *testing.T, rd *bufio.Reader) (status int, body string, last bool) {
	t.Helper()
	r, err := http.ReadResponse(rd, nil)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return r.StatusCode, string(b), r.Close
}

// The requests of one connection come as they were sent, one of them in pieces, and
// those behind the first as well.
func TestWebAnswersAllRequestsOfAConnection(t *testing.T) {
	_, nc := startWeb(t, func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, r.Method, " ", r.RequestURI, " ", r.Header.Get("X-Own"))
	})
	rd := bufio.NewReader(nc)
	want := func(text string) {
		t.Helper()
		if status, body, last := answerOf(t, rd); status != 200 || body != text || last {
			t.Errorf("%d %q, last %v, want %q", status, body, last, text)
		}
	}
	io.WriteString(nc, "GET /a?b=c HTTP/1.1\r\nHost: h\r\nX-Own: first\r\n\r\nGET /again HTTP/1.1\r\nHo")
	want("GET /a?b=c first")
	io.WriteString(nc, "st: h\r\nX-Own: second\r\n\r\n")
	want("GET /again second")
	io.WriteString(nc, "GET /more HTTP/1.1\r\nHost: h\r\n\r\n")
	want("GET /more ")
}

func TestWebRefusesWhatItsConnectionCannotDo(t *testing.T) {
	s := startListen(t, listenSample(), ListenOptions{Web: http.NotFoundHandler()})
	const plain, head = "GET / HTTP/1.1\r\nHost: h\r\n\r\n", " / HTTP/1.1\r\nHost: h\r\n"
	for _, test := range []struct {
		name, sent string
		want       []int
	}{
		{"no such page", plain, []int{404}},
		{"an opening handshake behind a request", plain + "GET" + head + "Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n", []int{404, 400}},
		{"a key behind a request", plain + "GET" + head + "Sec-WebSocket-Key: x\r\n\r\n", []int{404, 400}},
		{"a body that never comes", "POST" + head + "Content-Length: 100\r\n\r\n", []int{413}},
		{"a body without end", "POST" + head + "Transfer-Encoding: chunked\r\n\r\n5\r\n", []int{413}},
		{"a body that waits to be asked for", "POST" + head + "Content-Length: 1\r\nExpect: 100-continue\r\n\r\n", []int{413}},
		{"no host", "GET / HTTP/1.1\r\n\r\n", []int{400}},
		{"something foreign", "SSH-2.0-x\r\n\r\n", []int{400}},
	} {
		t.Run(test.name, func(t *testing.T) {
			nc := s.dial(t)
			rd := bufio.NewReader(nc)
			io.WriteString(nc, test.sent)
			for i, want := range test.want {
				status, _, last := answerOf(t, rd)
				if status != want || last != (want != 404) {
					t.Errorf("answer %d: %d, last %v, want %d", i, status, last, want)
				}
			}
		})
	}
}

// An answer under way may say goodbye when Listen ends; nothing else keeps it.
func TestWebEndsWithListen(t *testing.T) {
	begun := make(chan struct{}, 2)
	s, nc := startWeb(t, func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/idle" {
			return
		}
		http.NewResponseController(w).Flush()
		begun <- struct{}{}
		<-r.Context().Done()
		io.WriteString(w, "goodbye")
	})
	io.WriteString(nc, "GET /events HTTP/1.1\r\nHost: h\r\n\r\n")
	<-begun
	idle := s.dial(t)
	io.WriteString(idle, "GET /idle HTTP/1.1\r\nHost: h\r\n\r\n")
	rd := bufio.NewReader(idle)
	answerOf(t, rd)
	slow := s.dial(t)
	io.WriteString(slow, "GET /idle HTTP/1.1\r\nHost: h\r\n\r\nGET /idle HT")
	answerOf(t, bufio.NewReader(slow))
	s.stop()
	if _, body, _ := answerOf(t, bufio.NewReader(nc)); body != "goodbye" {
		t.Errorf("%q", body)
	}
	if _, err := rd.ReadByte(); err == nil {
		t.Error("more on a connection that is idle")
	}
	s.wait(t)
}

// A reader that takes nothing costs its connection, and Listen no more than a
// farewell.
func TestWebEndsWithAReaderThatTakesNothing(t *testing.T) {
	begun := make(chan struct{})
	s, nc := startWeb(t, func(w http.ResponseWriter, r *http.Request) {
		close(begun)
		block := make([]byte, 1<<16)
		for {
			if _, err := w.Write(block); err != nil {
				return
			}
		}
	})
	io.WriteString(nc, "GET / HTTP/1.1\r\nHost: h\r\n\r\n")
	<-begun
	s.end(t)
}

func TestAHandlerThatPanicsOrTakesOverLosesItsConnection(t *testing.T) {
	s := startListen(t, listenSample(), ListenOptions{Web: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/panic" {
			panic("on purpose")
		}
		if _, _, err := http.NewResponseController(w).Hijack(); err != nil {
			t.Error(err)
		}
	})})
	for _, path := range []string{"/panic", "/take"} {
		nc := s.dial(t)
		io.WriteString(nc, "GET "+path+" HTTP/1.1\r\nHost: h\r\n\r\n")
		if b, err := io.ReadAll(nc); len(b) > 0 || err != nil {
			t.Errorf("%s: %q, %v", path, b, err)
		}
	}
	d := &driver{address: s.address, agent: "a"}
	if text, _ := d.ask(t, "/getCaseCount"); text != "6" {
		t.Error(text)
	}
}

func TestWebHasAShareOfTheConnections(t *testing.T) {
	r := newReception(nil, ListenOptions{Web: http.NotFoundHandler()}, nil)
	for range webAtOnce {
		r.web <- struct{}{}
	}
	ours, theirs := net.Pipe()
	defer theirs.Close()
	go func() {
		defer ours.Close()
		r.serveWeb(context.Background(), &guest{nc: ours})
	}()
	b, err := io.ReadAll(theirs)
	if err != nil || !strings.HasPrefix(string(b), "HTTP/1.1 503 ") {
		t.Errorf("%q, %v", b, err)
	}
}
