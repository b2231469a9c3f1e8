package notice

import (
	"bytes"
	"context"
	"io"
	"math/rand/v2"
	"strings"
	"time"

	"github.com/wsspec/wsspec/reference"
)

// A conversation is what a server says on one connection.
type conversation struct {
	name         string
	options      reference.Options
	subprotocols []string             // that the client is asked to offer; nil: as it likes
	say          func(*speaker)       // nil: the client leads, and the server echoes
	code         reference.StatusCode // that the server closes with
	reason       string
}

// conversations are all of them. The first is without any extension, so that a
// client has no excuse; in the last one the client speaks first, if it can.
func conversations() []conversation {
	names := []string{"chat", "superchat"}
	small := reference.DeflateOptions{ServerNoContextTakeover: true, ServerMaxWindowBits: 9}
	return []conversation{
		{name: "plain", say: plainly, code: reference.StatusNormalClosure, reason: "done"},
		{name: "compressed", options: reference.Options{Deflate: &reference.DeflateOptions{}}, say: compressed, code: reference.StatusGoingAway},
		{name: "little memory", options: reference.Options{Deflate: &small}, say: compressed, code: reference.StatusNoStatusReceived},
		{name: "subprotocol", options: reference.Options{Subprotocols: names}, subprotocols: names, say: shortly, code: 4999, reason: "größe"},
		{name: "led"},
	}
}

// plainly says messages of all kinds and lengths.
func plainly(s *speaker) {
	shortly(s)
	for _, text := range []string{
		"größe κόσμος", "\ufeffmark", "astral 😀 𝒳", "\ufffe\uffff nobody", "\ufff9\ufffd\ue000 special", "\x00\x01\x7f\u0085", "ෆ€",
		strings.Repeat("ü", 100),
	} {
		s.bounce(reference.Text, []byte(text))
	}
	for _, size := range []int{1, 124, 125, 126, 127, 128, 300} {
		s.bounce(reference.Binary, noise(size))
	}
	s.bounce(reference.Text, []byte(strings.Repeat("0123456789abcdef", 20)))
	for _, size := range []int{20000, 40000, 65535, 65536, 70000} {
		s.message(reference.Binary, noise(size))
	}
	s.fragments("in ", "three", " parts")
	s.fragments("gr\xc3", "\xb6\xc3", "\x9fe")
	s.pings("", "p", "\xff\xfe", strings.Repeat("p", 125))
	s.aroundPing("before", "after")
	for range 8 {
		s.pings("again")
	}
	s.bounce(reference.Text, []byte("the end"))
}

// shortly says little.
func shortly(s *speaker) {
	s.bounce(reference.Text, []byte("Hello"))
	s.bounce(reference.Binary, []byte{0, 1, 0xfe, 0xff})
	s.bounce(reference.Text, nil)
	s.bounce(reference.Binary, nil)
}

// compressed says what can be compressed, and what a compressor may refer back to:
// to what is near, and to what is farther away than a small window is wide.
func compressed(s *speaker) {
	shortly(s)
	far := []byte(strings.Repeat(letters(1500), 2))
	s.bounce(reference.Text, []byte(strings.Repeat("Hello ", 40)))
	s.bounce(reference.Text, far)
	s.bounce(reference.Text, far)
	s.bounce(reference.Binary, make([]byte, 300))
	s.message(reference.Text, bytes.Repeat(far, 6))
	half := letters(400)
	s.fragments(half, half, "", half)
	s.pings("p")
	s.aroundPing(half, half)
	s.bounce(reference.Text, far)
}

// noise is binary data that is always the same.
func noise(size int) []byte {
	random := rand.New(rand.NewPCG(1, uint64(size)))
	p := make([]byte, size)
	for i := range p {
		p[i] = byte(random.Uint32())
	}
	return p
}

// letters is text that is always the same, and hardly repeats itself.
func letters(size int) string {
	p := noise(size)
	for i := range p {
		p[i] = 'a' + p[i]%26
	}
	return string(p)
}

// A speaker speaks to one client.
type speaker struct {
	conn     *reference.Conn
	patience time.Duration // for one answer
	heard    chan reply
	ended    chan struct{} // closed when the connection has ended, or reading fails
	late     int           // how many answers did not come in time
}

type reply struct {
	kind reference.MessageType
	data []byte
}

// listen reads until the connection ends; the error says how.
func (s *speaker) listen() error {
	defer close(s.ended)
	for {
		kind, p, err := s.conn.Read(context.Background())
		if err != nil {
			return err
		}
		select {
		case s.heard <- reply{kind, bytes.Clone(p)}:
		default: // the client says more than it was told
		}
	}
}

// patient is how many answers may be late before nothing is waited for any more: a
// client that waits for the rest of a frame waits for ever.
const patient = 2

// message sends a message, and waits for the echo.
func (s *speaker) message(kind reference.MessageType, p []byte) (reply, bool) {
	ctx, cancel := context.WithTimeout(context.Background(), 4*s.patience)
	defer cancel()
	if s.conn.Write(ctx, kind, p) != nil {
		return reply{}, false
	}
	return s.answer()
}

// answer waits for an echo.
func (s *speaker) answer() (reply, bool) {
	if s.late >= patient {
		return reply{}, false
	}
	timer := time.NewTimer(s.patience)
	defer timer.Stop()
	select {
	case r := <-s.heard:
		return r, true
	case <-s.ended:
	case <-timer.C:
		s.late++
	}
	return reply{}, false
}

// bounce sends a message, and what comes back once more, as echo servers do: some
// faults are in what a server makes of a message.
func (s *speaker) bounce(kind reference.MessageType, p []byte) {
	if r, ok := s.message(kind, p); ok {
		s.message(r.kind, r.data)
	}
}

// fragments sends a text in fragments.
func (s *speaker) fragments(parts ...string) {
	s.pieces(parts, func() {})
	s.answer()
}

// aroundPing sends a text in two fragments, and a Ping between them.
func (s *speaker) aroundPing(before, after string) {
	s.pieces([]string{before, after}, func() { s.pings("between") })
	s.answer()
}

// pieces sends the parts of a text as fragments, and calls between behind each but
// the last.
func (s *speaker) pieces(parts []string, between func()) {
	ctx, cancel := context.WithTimeout(context.Background(), 8*s.patience)
	defer cancel()
	w, err := s.conn.Writer(ctx, reference.Text)
	if err != nil {
		return
	}
	for i, part := range parts {
		io.WriteString(w, part)
		if i < len(parts)-1 {
			w.(interface{ Flush() error }).Flush()
			between()
		}
	}
	w.Close()
}

// pings sends Pings, each when the one before is answered.
func (s *speaker) pings(payloads ...string) {
	for _, p := range payloads {
		if s.late >= patient {
			return
		}
		ctx, cancel := context.WithTimeout(context.Background(), s.patience)
		if _, err := s.conn.PingPayload(ctx, []byte(p)); err != nil && ctx.Err() != nil {
			s.late++
		}
		cancel()
	}
}
