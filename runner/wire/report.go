package wire

import (
	"errors"
	"fmt"
)

// BlockKind is the type of a DEFLATE block (RFC 1951, section 3.2.3).
type BlockKind byte

const (
	Stored  BlockKind = iota // BTYPE 00
	Fixed                    // BTYPE 01, fixed Huffman codes
	Dynamic                  // BTYPE 10, Huffman codes of its own
)

func (k BlockKind) String() string {
	switch k {
	case Stored:
		return "stored"
	case Fixed:
		return "fixed"
	case Dynamic:
		return "dynamic"
	}
	return fmt.Sprintf("block type %d", byte(k))
}

// Report is what an [Inflater] saw in one message. Sizes are in octets. The
// empty stored block at the end, which every message has and whose last four
// octets are not on the wire (RFC 7692, section 7.2.1), is not among the blocks.
type Report struct {
	Input   int64 // compressed
	Output  int64 // decompressed, and not cut off by the limit
	Blocks  [3]int
	Empty   int // blocks that hold nothing
	Final   int // blocks with BFINAL set
	Padding int // places where the padding up to an octet border is not zero
	// FinalPadding are those of them behind a block with BFINAL, where RFC 7692,
	// section 7.2.1, asks for zeros.
	FinalPadding int

	Matches      int // back references
	MaxDistance  int // the farthest of them
	BeyondWindow int // those with a distance over the window of the Inflater
	IntoHistory  int // those that begin before the message
	Reach        int // how far before the message the farthest of these begins

	// KeptTail tells that the payload ends with the 00 00 ff ff that should have
	// been removed.
	KeptTail bool
}

// Reasons why a message cannot be decompressed, for errors.Is.
var (
	ErrBlockType    = errors.New("block type 3 is reserved")
	ErrStoredLength = errors.New("length of a stored block and its complement differ")
	ErrCodeLengths  = errors.New("invalid Huffman code lengths")
	ErrSymbol       = errors.New("invalid Huffman code or symbol")
	ErrDistance     = errors.New("distance beyond the history")
	// ErrTruncated is for a payload that stops inside a block.
	ErrTruncated = errors.New("the payload ends inside a block")
	// ErrUnterminated is for a payload that stops between two blocks, where the
	// first bits of an empty stored block should be. The output is complete. It
	// is so for an empty payload, for one that keeps the tail, and for one that
	// ends with a BFINAL block and no octet behind it.
	ErrUnterminated = errors.New("the payload ends without the header of an empty stored block")
	// ErrOutputTooLong is for a message over the limit.
	ErrOutputTooLong = errors.New("decompressed message over the limit")
)

// InflateError is the error of an [Inflater]: the reason and its place.
type InflateError struct {
	Err    error // one of the reasons above
	Bit    int64 // how many bits of the payload were taken before the error
	Detail string
}

// Octet is the offset in the payload where decoding stopped.
func (e *InflateError) Octet() int64 { return e.Bit / 8 }

func (e *InflateError) Error() string {
	s := fmt.Sprintf("inflate: octet %d, bit %d: %v", e.Bit/8, e.Bit%8, e.Err)
	if e.Detail != "" {
		s += ": " + e.Detail
	}
	return s
}

func (e *InflateError) Unwrap() error { return e.Err }
