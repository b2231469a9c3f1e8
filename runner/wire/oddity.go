package wire

import (
	"fmt"
	"strconv"
)

// OddityKind is a way in which an HTTP head departs from the grammar of
// RFC 9112.
type OddityKind byte

const (
	// BareLF is a line that ends in LF without CR.
	BareLF OddityKind = iota + 1
	// BareCR is a CR that is not followed by LF.
	BareCR
	// NULOctet is an octet 00.
	NULOctet
	// ControlOctet is another control character, HTAB not counted.
	ControlOctet
	// NonASCII is an octet from 80 on.
	NonASCII
	// LeadingEmptyLine is an empty line before the start line.
	LeadingEmptyLine
	// StartLineSpacing is white space in the start line that is not one SP
	// between two elements.
	StartLineSpacing
	// SpaceBeforeFirstField is white space at the start of the first line behind
	// the start line, where there is no field to continue. The line is no field.
	SpaceBeforeFirstField
	// ObsFold is a line that continues the field above it. It is joined to the
	// value with one SP.
	ObsFold
	// NoColon is a field line without a colon. Its text is the value of a field
	// without a name.
	NoColon
	// EmptyName is a field line that starts with the colon.
	EmptyName
	// SpaceBeforeColon is white space between name and colon. It is left out of
	// the name.
	SpaceBeforeColon
	// NameOctet is an octet in a field name that is none of a token.
	NameOctet
	// EarlyEnd is an end of the head that was hardly meant: the line before ends
	// in LF alone, where others end in CRLF, and the CRLF that was to end it
	// makes the empty line. What should have been the rest of the head stays in
	// the stream and is taken for frames.
	EarlyEnd
	// NoFinalEmptyLine is a stream that stops inside the head.
	NoFinalEmptyLine
)

var oddityNames = [...]string{
	BareLF:                "bare LF",
	BareCR:                "bare CR",
	NULOctet:              "NUL octet",
	ControlOctet:          "control octet",
	NonASCII:              "octet outside ASCII",
	LeadingEmptyLine:      "leading empty line",
	StartLineSpacing:      "spacing of the start line",
	SpaceBeforeFirstField: "space before the first field",
	ObsFold:               "folded field line",
	NoColon:               "field line without colon",
	EmptyName:             "empty field name",
	SpaceBeforeColon:      "space before the colon",
	NameOctet:             "octet not allowed in a field name",
	EarlyEnd:              "early end of the head",
	NoFinalEmptyLine:      "no empty line at the end",
}

func (k OddityKind) String() string {
	if int(k) < len(oddityNames) && k > 0 {
		return oddityNames[k]
	}
	return "oddity " + strconv.Itoa(int(k))
}

// Oddity is one departure of a head from the grammar. It is an observation, no
// verdict: some are allowed, or are to be put up with by the receiver.
type Oddity struct {
	Kind   OddityKind
	Line   int    // counted from 1, in the raw octets
	Offset int    // of the first offending octet in Head.Raw
	Text   string // what is odd, in plain words
}

func (o Oddity) String() string {
	return fmt.Sprintf("line %d, octet %d: %s", o.Line, o.Offset, o.Text)
}
