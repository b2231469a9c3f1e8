package notice

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"

	"github.com/wsspec/wsspec/reference"
	"github.com/wsspec/wsspec/runner/wire"
)

// A Verdict is what a client made of a fault. The greater one of several
// conversations counts.
type Verdict byte

// The verdicts.
const (
	NotShown   Verdict = iota // the server said what the honest one says
	NotNoticed                // the client carried on
	Waits                     // the client waits for what never comes
	Told                      // the server itself refused the client or failed the connection
	Noticed                   // the client refused the server or failed the connection
)

var verdictWords = [...]string{"not shown", "not noticed", "waits", "told", "noticed"}

func (v Verdict) String() string { return verdictWords[min(v, Noticed)] }

// An Outcome is a verdict, and how it showed.
type Outcome struct {
	Verdict Verdict
	// How is a word or two: "refused", "close 1002", "TCP", "error", "dies".
	How string
	// Conversation is the one in which it showed.
	Conversation string
	// Err is what Connect of the client returned in it.
	Err error

	sound bool // what the client was shown is no breach of the rule after all
	late  bool // the client did not answer in time: more patience may help
	order int  // of the conversation
	took  time.Duration
}

func (o Outcome) String() string {
	return cmp.Or(o.How, o.Verdict.String())
}

// A sight is all that is seen of one conversation.
type sight struct {
	in, out  []byte
	pace     []pace
	closing  int   // octets of in when the server began to close; -1: it was not open
	gone     bool  // the client ended TCP first
	slow     bool  // TCP outlived the closing handshake by far
	readErr  error // of the server's conversation; nil: it was not open
	err      error // of the client
	early    bool  // the client's call returned before the server ended TCP
	late     bool  // some answer did not come in time
	selected bool  // the client could be told what to offer
}

// failures are the codes with which an endpoint fails a connection.
var failures = []uint16{1002, 1003, 1007, 1008, 1009, 1010, 1011}

// judge compares what is seen with the honest server's conversation.
func (s *sight) judge(honest *sight, failed func(error) bool) Outcome {
	o := Outcome{Err: s.err, late: s.late}
	code, closed, at := closeCode(s.in)
	early := s.closing < 0 || closedIn(s.in[:s.closing])
	told, leaves, _ := closeCode(s.out[:s.sentBefore(at)]) // which the client repeats
	_, violated := errors.AsType[*reference.Violation](s.readErr)
	dead, ok := errors.AsType[interface {
		error
		Died() bool
	}](s.err)
	switch {
	case ok && dead.Died():
		o.Verdict, o.How = Noticed, "dies"
	case violated && (!leaves || slices.Contains(failures, told)), s.readErr == nil && (refused(s.out) || leaves):
		o.Verdict = Told
	case closed && !(leaves && code == told) && (early && !leaves || slices.Contains(failures, code)):
		o.Verdict, o.How = Noticed, fmt.Sprintf("close %d", code)
	case closed && early: // the server closes when it likes, and the client answers
		o.Verdict = Told
	case !closed && len(afterHead(s.in)) == 0 && !bytes.Equal(s.head(), honest.head()) && (s.gone || s.early || failed(s.err)):
		o.Verdict, o.How = Noticed, "refused"
	case !closed && (s.gone || s.early):
		o.Verdict, o.How = Noticed, "TCP"
	case !closed:
		o.Verdict, o.late = Waits, true
	case failed(s.err):
		o.Verdict, o.How = Noticed, "error"
	case s.slow:
		o.Verdict, o.late = Waits, true
	case !bytes.Equal(s.head(), honest.head()), !s.begins(honest) && !honest.begins(s):
		o.Verdict = NotNoticed
	}
	return o
}

// begins reports whether the server said as much as in the other conversation, or
// would have, had the client not ended TCP.
func (s *sight) begins(other *sight) bool {
	a, b := afterHead(s.out), afterHead(other.out)
	return bytes.Equal(a, b) || s.gone && bytes.HasPrefix(b, a)
}

// repeatable reports whether the client's offer of extensions is an agreement as it
// stands: one without client_max_window_bits, which has a value in every answer.
func (s *sight) repeatable() bool {
	request, err := wire.ReadHead(wire.NewReader(bytes.NewReader(s.in)), 0)
	return err == nil && !bareBits.MatchString(strings.Join(request.Values("Sec-WebSocket-Extensions"), ","))
}

var bareBits = regexp.MustCompile(`client_max_window_bits[ \t]*(;|,|$)`)

// sentBefore is how much the server had sent when it read what ends at this octet.
func (s *sight) sentBefore(octet int) int {
	for _, p := range s.pace {
		if p.in >= octet {
			return p.out
		}
	}
	return len(s.out)
}

// closedIn reports whether there is a Close frame of the client in what it sent.
func closedIn(in []byte) bool {
	_, closed, _ := closeCode(in)
	return closed
}

// closeCode is the status code of the first Close frame, 0 if that has none, and where
// it ends. Without one, that is behind the end.
func closeCode(octets []byte) (code uint16, closed bool, end int) {
	src := bytes.NewReader(afterHead(octets))
	r := wire.NewReader(src)
	end = len(octets) - src.Len()
	for {
		f, err := r.Next()
		if err != nil {
			return 0, false, len(octets) + 1
		}
		end += len(f.RawHeader) + int(f.Length)
		switch {
		case f.Opcode == wire.Close && len(f.Payload) < 2:
			return 0, true, end
		case f.Opcode == wire.Close:
			return uint16(f.Payload[0])<<8 | uint16(f.Payload[1]), true, end
		}
	}
}

var headEnd = []byte("\r\n\r\n")

func afterHead(b []byte) []byte {
	_, rest, _ := bytes.Cut(b, headEnd)
	return rest
}

// refused reports whether the server's answer is none that a connection comes of.
func refused(out []byte) bool {
	return !bytes.HasPrefix(out, []byte("HTTP/1.1 101")) && len(out) > 0
}

// head is the server's answer in a form that can be compared: with a word for a right
// accept value in the place of the value.
func (s *sight) head() []byte {
	head, _, _ := bytes.Cut(s.out, headEnd)
	request, err := wire.ReadHead(wire.NewReader(bytes.NewReader(s.in)), 0)
	if err == nil {
		head = bytes.ReplaceAll(append(bytes.Clone(head), "\r\n"...), []byte(": "+accept(request.Get("Sec-WebSocket-Key"))+"\r\n"), []byte(": right\r\n"))
	}
	head = date.ReplaceAll(head, nil)
	return extensions.ReplaceAllFunc(head, func(line []byte) []byte { return bytes.ReplaceAll(line, []byte("; "), []byte(";")) })
}

var (
	date       = regexp.MustCompile(`Date: [^\r]*`)
	extensions = regexp.MustCompile(`Sec-WebSocket-Extensions: [^\r]*`)
)
