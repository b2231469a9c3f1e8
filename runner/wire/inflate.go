package wire

import (
	"errors"
	"fmt"
	"slices"
)

const (
	maxWindow    = 32 << 10
	inflateSize  = 2 * maxWindow // history, and room for output before it moves down
	maxMatch     = 258
	defaultLimit = 64 << 20
)

// Inflater decompresses the messages of one direction of a connection that uses
// permessage-deflate (RFC 7692, section 7.2.2), and reports what it saw. It is
// written for observation: unlike other inflaters it goes on behind a BFINAL
// block, and it decodes distances up to 32,768 whatever the window is.
//
// The zero value is ready for use. An Inflater takes some 100 KiB from its
// first message on.
type Inflater struct {
	// WindowBits is the agreed window, 8 to 15. It only decides what
	// Report.BeyondWindow counts. Zero means 15.
	WindowBits int
	// NoContextTakeover makes each message start with an empty window, so that a
	// match into an earlier message is ErrDistance. To see such matches and
	// decode them all the same, leave it false and read Report.IntoHistory.
	NoContextTakeover bool

	buf     []byte // history and new output
	w       int    // end of what has been decoded, in buf
	emitted int    // end of what has been handed out, in buf
	start   int    // where the message begins in buf, negative when it moved out

	in     []byte
	pos    int    // next octet of in
	acc    uint64 // bits taken from in and not used yet, the next one lowest
	n      uint   // how many, below 64
	fed    int64  // octets of the message in earlier parts
	state  inflateState
	err    error
	limit  int64
	window int
	rep    Report

	kind     BlockKind // of the current block
	final    bool      // it has BFINAL
	before   int64     // output before it
	stored   int       // octets left of it, if stored
	lastSync bool      // the block before was an empty stored one

	codes    *codeTables
	literals int // number of literal and length codes in a dynamic header
	total    int // number of all codes in it
	pending  int // of code length codes
	index    int // of the next code length
}

// codeTables are the decoding tables of the current block.
type codeTables struct {
	literal    [literalTable]uint32
	distance   [distanceTable]uint32
	codeLength [codeLengthTable]uint32
	lengths    [286 + 30]uint8
	fixed      bool // literal and distance hold the fixed codes
}

type inflateState byte

const (
	atHeader inflateState = iota
	atStoredLength
	inStored
	atCodeCounts
	inCodeLengthCode
	inCodeLengths
	inSymbols
)

// What a decoding step needs to go on; the step has then changed nothing.
var (
	errInput = errors.New("more input needed")
	errSpace = errors.New("more space needed")
)

// Inflate decompresses the payload of one message, appends it to dst and
// returns what it saw. limit is the largest message in octets; zero means
// 64 MiB. With an error, which is an [*InflateError], dst and the report have
// what came before it.
func (f *Inflater) Inflate(dst, message []byte, limit int) ([]byte, Report, error) {
	f.Start(limit)
	dst, _ = f.Append(dst, message)
	return f.Finish(dst)
}

// Start begins a message that comes in parts: Append for each part, then
// Finish. limit is as for Inflate.
func (f *Inflater) Start(limit int) {
	f.allocate()
	if f.NoContextTakeover {
		f.w = 0
	}
	if limit <= 0 {
		limit = defaultLimit
	}
	bits := f.WindowBits
	if bits == 0 {
		bits = 15
	}
	f.limit, f.window = int64(limit), 1<<min(max(bits, 0), 30)
	f.start, f.emitted = f.w, f.w
	f.in, f.pos, f.acc, f.n, f.fed = nil, 0, 0, 0, 0
	f.state, f.err, f.rep = atHeader, nil, Report{}
	f.lastSync = false
}

func (f *Inflater) allocate() {
	if f.buf == nil {
		f.buf = make([]byte, inflateSize)
		f.codes = new(codeTables)
	}
}

// History is the end of what has been decompressed, up to 32 KiB: all that the
// next message can refer to. It is valid until the next call.
func (f *Inflater) History() []byte { return f.buf[max(0, f.w-maxWindow):f.w] }

// Add takes the content of a message into the history, as Inflate would. It is
// for a message that need not be decompressed, because its content is known:
// that of a message with a [Report] whose Reach is n depends on the compressed
// octets and on the last n octets of the history, and on nothing else.
func (f *Inflater) Add(content []byte) {
	f.allocate()
	content = content[max(0, len(content)-maxWindow):]
	if f.w+len(content) > len(f.buf) {
		f.moveDown()
	}
	f.w += copy(f.buf[f.w:], content)
}

// Append decompresses the next part of the message, which may be cut anywhere,
// and appends to dst what it gives. One octet gives at most some 1032 octets.
// An error is final for the message.
func (f *Inflater) Append(dst, part []byte) ([]byte, error) {
	if f.err != nil {
		return dst, f.err
	}
	f.in, f.pos = part, 0
	dst, err := f.run(dst)
	if err != nil {
		f.err = err
	}
	f.rep.Input += int64(len(part))
	f.fed += int64(f.pos)
	f.in, f.pos = nil, 0
	return dst, f.err
}

// Finish ends the message. The payload must stop where the removed 00 00 ff ff
// completes an empty stored block.
func (f *Inflater) Finish(dst []byte) ([]byte, Report, error) {
	if f.err == nil {
		f.err = f.end()
	}
	return dst, f.rep, f.err
}

func (f *Inflater) end() error {
	switch {
	case f.state == atStoredLength && f.n == 0:
		f.rep.Blocks[Stored]--
		return nil
	case f.state == atHeader && f.acc == 0:
		f.rep.KeptTail = f.lastSync && f.n == 0
		return f.fail(ErrUnterminated, "")
	}
	return f.fail(ErrTruncated, "")
}

func (f *Inflater) fail(reason error, format string, args ...any) error {
	bit := (f.fed+int64(f.pos))*8 - int64(f.n)
	return &InflateError{Err: reason, Bit: bit, Detail: fmt.Sprintf(format, args...)}
}

// run decodes until the input is used up. A decoding step either does its whole
// work or asks for input or space and changes nothing, so that a message may
// stop and go on at any bit.
func (f *Inflater) run(dst []byte) ([]byte, error) {
	for {
		err := f.step()
		if err == nil {
			continue
		}
		var limitErr error
		dst, limitErr = f.emit(dst)
		switch {
		case limitErr != nil:
			return dst, limitErr
		case err == errInput:
			return dst, nil
		case err != errSpace:
			return dst, err
		}
		f.moveDown()
	}
}

func (f *Inflater) step() error {
	switch f.state {
	case atHeader:
		return f.blockHeader()
	case atStoredLength:
		return f.storedLength()
	case inStored:
		return f.storedData()
	case atCodeCounts:
		return f.codeCounts()
	case inCodeLengthCode:
		return f.codeLengthCode()
	case inCodeLengths:
		return f.codeLengths()
	}
	return f.symbols()
}

// emit hands out what has been decoded, up to the limit.
func (f *Inflater) emit(dst []byte) ([]byte, error) {
	chunk := f.buf[f.emitted:f.w]
	f.emitted = f.w
	if room := f.limit - f.rep.Output; int64(len(chunk)) > room {
		f.rep.Output = f.limit
		return append(dst, chunk[:room]...), f.fail(ErrOutputTooLong, "%d octets", f.limit)
	}
	if cap(dst)-len(dst) < len(chunk) {
		// Few steps up to the limit: each leaves garbage behind.
		more := min(f.limit-f.rep.Output, max(int64(len(chunk)), 7*f.rep.Output))
		dst = slices.Grow(dst, int(more))
	}
	f.rep.Output += int64(len(chunk))
	return append(dst, chunk...), nil
}

// moveDown makes room for output by dropping all but the history.
func (f *Inflater) moveDown() {
	shift := f.w - maxWindow
	copy(f.buf, f.buf[shift:f.w])
	f.w -= shift
	f.emitted -= shift
	f.start -= shift
}
