package reference

import "encoding/binary"

const (
	literalWidth  = 10 // index bits of the first table for literals and lengths
	distanceWidth = 8  // for distances
	maxMatch      = 258
	maxWindow     = 32 << 10 // RFC 7692, section 7.2.1
	inflateStep   = 32 << 10 // octets that one step puts out at most
)

// inflateState says what the next bits are.
type inflateState uint8

const (
	atBlock    inflateState = iota // header of a block, 3 bits
	atStored                       // lengths of a stored block
	inStored                       // octets of a stored block
	atDynamic                      // sizes of the dynamic codes
	atCodeLens                     // lengths of the code for code lengths
	atLengths                      // code lengths
	inCodes                        // compressed data
)

// An inflateError is data that is not DEFLATE, or not what was agreed on.
type inflateError struct {
	requirement string
	code        StatusCode
	detail      string
}

func (e *inflateError) Error() string { return e.detail }

func badDeflate(detail string) error {
	return &inflateError{"7692-7.2.2-1", StatusInvalidPayload, "compressed message: " + detail}
}

// An inflater decompresses DEFLATE (RFC 1951). It is fed with whatever has
// arrived and puts out all that follows from it, so that nothing is judged
// later than it could be. Unlike common ones it notices distances beyond the
// agreed window, goes on after a last block (RFC 7692, section 7.2.3.4) and
// keeps its window from message to message.
type inflater struct {
	win   []byte // win[:pos] can be referred to
	pos   int
	limit int // the largest distance that was agreed on

	windowRule string // the requirement that limit comes from

	bits uint64 // that have been read ahead, the next one lowest
	n    uint   // how many

	state  inflateState
	final  bool // the block is marked as the last
	strict bool // bits that pad a last block must be zero (RFC 7692, section 7.2.1)
	stored int  // octets left of a stored block

	lit, dst         *huffTable // of the block
	dynLit, dynDst   huffTable
	lenCode          huffTable
	nLit, nDst, nLen int // how many lengths a dynamic block has
	lengths          [320]uint8
	got              int // lengths that are known
	symbols          *deflateSymbols
}

func newInflater() *inflater {
	return &inflater{symbols: newDeflateSymbols()}
}

// begin gets ready for a message. Without keep its window is empty.
func (z *inflater) begin(windowBits int, keep bool) {
	z.limit = 1 << windowBits
	if !keep {
		z.pos = 0
	}
	z.state, z.final = atBlock, false
	z.bits, z.n = 0, 0
}

// step takes octets of src and returns how many, and what came out, which is
// valid until the next step. Unless an error is returned, either all of src has
// been taken or something came out.
func (z *inflater) step(src []byte) (taken int, out []byte, err error) {
	z.makeRoom()
	from := z.pos
	stop := min(from+inflateStep, len(z.win)-maxMatch)
	for err == nil && z.pos < stop {
		var more bool
		taken, more, err = z.advance(src, taken, stop)
		if !more && taken == len(src) {
			break
		}
	}
	z.bits &= 1<<z.n - 1 // refill leaves octets of src above them
	return taken, z.win[from:z.pos], err
}

// makeRoom lets the buffer grow to what a window and a step take, since many
// connections never need as much, and then moves the window to its start.
func (z *inflater) makeRoom() {
	const enough = 1 << 10
	if len(z.win)-z.pos >= enough+maxMatch {
		return
	}
	start := max(0, z.pos-z.limit)
	old := z.win
	if most := z.limit + inflateStep + maxMatch; len(old) < most {
		z.win = make([]byte, min(most, max(4*len(old), 4*enough)))
	}
	z.pos = copy(z.win, old[start:z.pos])
}

// advance does the next thing. More is false when it needs bits that are not
// there yet.
func (z *inflater) advance(src []byte, i, stop int) (next int, more bool, err error) {
	switch z.state {
	case inCodes:
		return z.codes(src, i, stop)
	case inStored:
		return z.copyStored(src, i, stop)
	}
	i = z.refill(src, i)
	switch z.state {
	case atBlock:
		more, err = z.blockHeader()
	case atStored:
		more, err = z.storedHeader()
	case atDynamic:
		more, err = z.dynamicHeader()
	case atCodeLens:
		more, err = z.codeLengths()
	case atLengths:
		more, err = z.codeTables()
	}
	return i, more, err
}

// refill reads ahead as many octets as there is room for.
func (z *inflater) refill(src []byte, i int) int {
	if len(src)-i >= 8 {
		z.bits |= binary.LittleEndian.Uint64(src[i:]) << z.n
		i += int(63-z.n) >> 3
		z.n |= 56
		return i
	}
	for z.n <= 56 && i < len(src) {
		z.bits |= uint64(src[i]) << z.n
		z.n += 8
		i++
	}
	return i
}

func (z *inflater) drop(n uint) {
	z.bits >>= n
	z.n -= n
}

func (z *inflater) blockHeader() (bool, error) {
	if z.n < 3 {
		return false, nil
	}
	z.final = z.bits&1 != 0
	kind := z.bits >> 1 & 3
	z.drop(3)
	switch kind {
	case 0:
		z.drop(z.n & 7)
		z.state = atStored
	case 1:
		z.lit, z.dst = &z.symbols.fixedLit, &z.symbols.fixedDst
		z.state = inCodes
	case 2:
		z.state = atDynamic
	default:
		return false, &inflateError{"1951-3.2.3-1", StatusInvalidPayload, "compressed message: block type 3"}
	}
	return true, nil
}

// blockEnd follows the last octet of a block. After one that is marked as last,
// the next begins at an octet boundary.
func (z *inflater) blockEnd() error {
	z.state = atBlock
	if !z.final {
		return nil
	}
	padding := z.bits & (1<<(z.n&7) - 1)
	z.drop(z.n & 7)
	if padding != 0 && z.strict {
		return &inflateError{"7692-7.2.1-5", StatusProtocolError, "compressed message: padding of a last block is not zero"}
	}
	return nil
}

// storedHeader reads LEN and its complement (RFC 1951, section 3.2.4).
func (z *inflater) storedHeader() (bool, error) {
	if z.n < 32 {
		return false, nil
	}
	length, inverse := uint16(z.bits), uint16(z.bits>>16)
	z.drop(32)
	if length != ^inverse {
		return false, badDeflate("length of a stored block is damaged")
	}
	z.stored = int(length)
	z.state = inStored
	return true, nil
}

// copyStored copies octets of a stored block, first those that were read ahead.
func (z *inflater) copyStored(src []byte, i, stop int) (int, bool, error) {
	for z.stored > 0 && z.n >= 8 && z.pos < stop {
		z.win[z.pos] = byte(z.bits)
		z.pos++
		z.stored--
		z.drop(8)
	}
	if z.n == 0 {
		z.bits = 0
		n := copy(z.win[z.pos:stop], src[i:min(len(src), i+z.stored)])
		z.pos += n
		z.stored -= n
		i += n
	}
	if z.stored > 0 {
		return i, false, nil
	}
	return i, true, z.blockEnd()
}

// end says whether a message may end here, and drops what is left of its last
// octet. The sender has cut off the last four octets of an empty stored block,
// 00 00 ff ff (RFC 7692, section 7.2.1). That a whole block ends instead is let
// pass: nothing is missing then.
func (z *inflater) end(empty bool) error {
	if empty {
		return &inflateError{"7692-7.2.3-2", StatusInvalidPayload, "compressed message: no octets"}
	}
	if z.state != atBlock && (z.state != atStored || z.n > 0) {
		return badDeflate("ends inside a block")
	}
	return nil
}
