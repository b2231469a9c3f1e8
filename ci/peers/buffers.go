package peers

import (
	"bytes"
	"errors"
	"io"
	"sync"
)

// errTooBig says that a message is larger than readLimit.
var errTooBig = errors.New("message too big")

// buffers reuses message buffers between the connections of one server. The
// libraries that hand out an io.Reader leave memory to their user, and
// io.ReadAll for each message would measure the allocator instead of them.
type buffers struct {
	pool sync.Pool
}

// read reads a whole message of at most readLimit octets; a longer one is
// errTooBig. The libraries stop earlier by themselves, except that some of them
// count octets before decompression. The buffer must go back with put.
func (b *buffers) read(r io.Reader) (*bytes.Buffer, error) {
	buf := b.get()
	n, err := buf.ReadFrom(io.LimitReader(r, readLimit+1))
	if err == nil && n > readLimit {
		err = errTooBig
	}
	return buf, err
}

// get returns an empty buffer.
func (b *buffers) get() *bytes.Buffer {
	buf, ok := b.pool.Get().(*bytes.Buffer)
	if !ok {
		return new(bytes.Buffer)
	}
	buf.Reset()
	return buf
}

func (b *buffers) put(buf *bytes.Buffer) {
	b.pool.Put(buf)
}
