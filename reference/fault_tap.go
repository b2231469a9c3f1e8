package reference

import (
	"errors"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// A tap is a transport that changes the frames that pass through it. Only the
// connections of faulty endpoints have one.
type tap struct {
	net.Conn
	client   bool
	deflated bool // permessage-deflate is in use
	in       []filter
	out      []filter
	bent     bool        // the transport itself is changed
	hangUp   atomic.Bool // the endpoint ends TCP in place of its next read

	arrived []byte // octets that no filter has seen
	ready   []byte // octets that the endpoint may read
	scratch []byte
	readErr error

	mu      sync.Mutex
	leaving []byte // octets that are not a whole frame yet

	// octets changes what is read, before it is taken for frames.
	octets func([]byte) []byte
	// closes and closesWrite stand in for the methods of the transport. mu guards them.
	closes, closesWrite func() error
}

// Read hands out what the filters make of what arrives.
func (t *tap) Read(p []byte) (int, error) {
	if t.hangUp.Load() {
		return 0, io.EOF
	}
	if len(t.in) == 0 && t.octets == nil {
		return t.Conn.Read(p)
	}
	if len(t.ready) == 0 {
		t.sift()
	}
	for len(t.ready) == 0 {
		if t.readErr != nil {
			t.ready, t.arrived = t.arrived, nil // a frame that is cut off
			if len(t.ready) > 0 {
				break
			}
			err := t.readErr
			t.readErr = nil // a deadline may be moved
			return 0, err
		}
		if t.scratch == nil {
			t.scratch = make([]byte, largeBlock)
		}
		n, err := t.Conn.Read(t.scratch)
		got := t.scratch[:n]
		if t.octets != nil && n > 0 {
			got = t.octets(got)
		}
		t.arrived = append(t.arrived, got...)
		if n == 0 && isTimeout(err) {
			return 0, err
		}
		t.readErr = err
		t.sift()
	}
	n := copy(p, t.ready)
	t.ready = t.ready[n:]
	return n, nil
}

func isTimeout(err error) bool {
	var timeout net.Error
	return errors.As(err, &timeout) && timeout.Timeout()
}

// sift passes a whole frame through the filters, and further ones until there is
// something to read: what becomes of a frame may hang on what the endpoint does
// about the one before.
func (t *tap) sift() {
	if len(t.in) == 0 {
		t.ready, t.arrived = append(t.ready, t.arrived...), nil
		return
	}
	for {
		f, size, ok := cutFrame(t.arrived)
		if !ok {
			if f.length > maxSifted { // nobody but the honest code can deal with it
				t.ready, t.arrived, t.in = append(t.ready, t.arrived...), nil, nil
			}
			return
		}
		t.arrived = t.arrived[size:]
		t.ready = appendFiltered(t.ready, t.in, f)
		if len(t.ready) > 0 {
			return
		}
	}
}

// maxSifted is the size of a frame from which filters give up.
const maxSifted = 64 << 20

// appendFiltered appends what becomes of a frame.
func appendFiltered(b []byte, filters []filter, f wireFrame) []byte {
	frames := []wireFrame{f}
	for _, change := range filters {
		var next []wireFrame
		for _, f := range frames {
			next = append(next, change(f)...)
		}
		frames = next
	}
	for _, f := range frames {
		b = f.append(b)
	}
	return b
}

// Write sends what the filters make of the frames in p, as far as they are
// whole. It reports all of p as sent.
func (t *tap) Write(p []byte) (int, error) {
	if len(t.out) == 0 {
		return t.Conn.Write(p)
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	t.leaving = append(t.leaving, p...)
	var b []byte
	for {
		f, size, ok := cutFrame(t.leaving)
		if !ok {
			break
		}
		f.form = 0
		t.leaving = t.leaving[size:]
		b = appendFiltered(b, t.out, f)
	}
	if len(b) == 0 {
		return len(p), nil
	}
	if _, err := t.Conn.Write(b); err != nil {
		return 0, err
	}
	return len(p), nil
}

// send sends a frame past the filters, between those of the endpoint.
func (t *tap) send(f wireFrame) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if f.masked = t.client; f.masked {
		f.key = new(maskingKeys).next()
	}
	t.Conn.Write(f.append(nil))
}

func (t *tap) Close() error {
	t.mu.Lock()
	closes := t.closes
	t.mu.Unlock()
	if closes != nil {
		return closes()
	}
	return t.Conn.Close()
}

// CloseWrite ends our direction of the transport, if that can be.
func (t *tap) CloseWrite() error {
	t.mu.Lock()
	closes := t.closesWrite
	t.mu.Unlock()
	if closes != nil {
		return closes()
	}
	if half, ok := t.Conn.(interface{ CloseWrite() error }); ok {
		return half.CloseWrite()
	}
	return errors.ErrUnsupported
}

// outstay is how long an end that is not ended stays open at most.
const outstay = 5 * time.Second

// stayOpen leaves the transport open until the peer ends it. Whoever closes the
// connection waits for that.
func (t *tap) stayOpen() {
	t.closesWrite = func() error { return errors.ErrUnsupported }
	t.closes = sync.OnceValue(func() error {
		t.Conn.SetDeadline(time.Now().Add(outstay))
		io.Copy(io.Discard, t.Conn)
		return t.Conn.Close()
	})
}

// stayDeaf is stayOpen for an endpoint that does not see the peer's end either, and
// nobody waits for it.
func (t *tap) stayDeaf() {
	t.closesWrite = func() error { return errors.ErrUnsupported }
	t.closes = func() error {
		time.AfterFunc(outstay, func() { t.Conn.Close() })
		return nil
	}
}

// whole holds the frames of a text message back until all of it is there, and
// shows it before it goes on.
func (t *tap) whole(look func(message []byte, fragments int)) filter {
	var held []wireFrame
	return func(f wireFrame) []wireFrame {
		if !f.data() || len(held) == 0 && f.opcode != opText {
			return pass(f)
		}
		held = append(held, f)
		if !f.fin {
			return nil
		}
		var message []byte
		for _, part := range held {
			message = append(message, part.payload...)
		}
		look(message, len(held))
		frames := held
		held = nil
		return frames
	}
}
