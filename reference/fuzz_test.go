package reference

import (
	"bytes"
	"context"
	"io"
	"net"
	"os"
	"testing"
	"time"
)

// A scriptedConn is a transport that delivers octets in pieces and then ends.
type scriptedConn struct {
	in    []byte
	piece int
	out   int
	ended chan struct{}
}

func (s *scriptedConn) Read(p []byte) (int, error) {
	select {
	case <-s.ended:
		return 0, net.ErrClosed
	default:
	}
	if len(s.in) == 0 {
		return 0, io.EOF
	}
	n := copy(p, s.in[:min(len(s.in), s.piece)])
	s.in = s.in[n:]
	return n, nil
}

func (s *scriptedConn) Write(p []byte) (int, error) {
	select {
	case <-s.ended:
		return 0, net.ErrClosed
	default:
		s.out += len(p)
		return len(p), nil
	}
}

func (s *scriptedConn) Close() error {
	select {
	case <-s.ended:
		return os.ErrClosed
	default:
		close(s.ended)
		return nil
	}
}

func (s *scriptedConn) LocalAddr() net.Addr              { return nil }
func (s *scriptedConn) RemoteAddr() net.Addr             { return nil }
func (s *scriptedConn) SetDeadline(time.Time) error      { return nil }
func (s *scriptedConn) SetReadDeadline(time.Time) error  { return nil }
func (s *scriptedConn) SetWriteDeadline(time.Time) error { return nil }

// FuzzConn feeds a connection with anything. Whatever it makes of it must not
// depend on how the octets were cut, must end, and must stay within bounds.
func FuzzConn(f *testing.F) {
	for _, test := range everyWay(f) {
		if len(test.octets) < 5000 {
			f.Add(test.octets, 7, byte(0))
		}
	}
	for _, list := range [][]breachTest{serverBreaches, clientBreaches, deflateBreaches} {
		for i, test := range list {
			f.Add([]byte(test.octets+"\x81\x80\x00\x00\x00\x00"), 1+i%5, byte(i))
		}
	}
	f.Fuzz(func(t *testing.T, octets []byte, piece int, choice byte) {
		if len(octets) > 1<<14 {
			return
		}
		whole := runFuzzed(t, octets, len(octets)+1, choice)
		parts := runFuzzed(t, octets, min(max(piece, 1), 1<<14), choice)
		if whole != parts {
			t.Fatalf("in one piece: %s\nin pieces of %d: %s", whole, piece, parts)
		}
	})
}

// runFuzzed tells what an echo made of the octets.
func runFuzzed(t *testing.T, octets []byte, piece int, choice byte) string {
	cfg := connConfig{client: choice&1 != 0, opts: ConnOptions{ReadLimit: 1 << 16, Coalesce: choice&2 != 0}}
	if choice&4 != 0 {
		cfg.deflate = &DeflateParams{ServerMaxWindowBits: 8 + int(choice>>5), ClientMaxWindowBits: 15, ClientNoContextTakeover: choice&16 != 0}
	}
	if choice&8 != 0 {
		cfg.enforced = func(string) bool { return false }
	}
	nc := &scriptedConn{in: bytes.Clone(octets), piece: piece, ended: make(chan struct{})}
	c := newConn(nc, cfg)
	var told bytes.Buffer
	for {
		typ, p, err := readEither(c, choice&16 != 0)
		if err != nil {
			told.WriteString(err.Error())
			break
		}
		told.WriteString(typ.String())
		told.Write(p)
		if len(p) > 1<<16 && choice&8 == 0 {
			t.Fatalf("message of %d octets", len(p))
		}
		if cfg.enforced == nil || typ == Binary {
			if err := c.Write(context.Background(), typ, p); err != nil {
				t.Fatal(err)
			}
		}
	}
	select {
	case <-nc.ended:
	default:
		t.Fatal("reading failed, but the transport is open")
	}
	return told.String()
}
