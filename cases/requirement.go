package cases

import (
	"strconv"
	"strings"
)

// A Requirement is one normative statement of a standard, in our own words.
type Requirement struct {
	// ID is the document, the section and a number: "6455-5.1-2". It never changes.
	ID    string
	Level Level
	Role  Role
	// Observable says who can see whether the requirement is kept.
	Observable Observability
	Text       string
	// See are requirements that the same observation judges.
	See []string
}

// Level is the strength of a requirement (RFC 2119).
type Level byte

// The levels. Definition is what a standard defines (a layout, a grammar, a
// state) without a keyword; it binds like MUST.
const (
	Unset Level = iota
	Must
	MustNot
	Should
	ShouldNot
	May
	Definition
)

var levelWords = [...]string{"", "MUST", "MUST NOT", "SHOULD", "SHOULD NOT", "MAY", "DEF"}

func (l Level) String() string { return word(levelWords[:], int(l)) }

// Role is whom a requirement binds.
type Role byte

// The roles.
const (
	ForEndpoint Role = iota // client and server
	ForClient
	ForServer
	ForUserAgent
	ForExtension
	ForIntermediary
)

var roleWords = [...]string{"endpoint", "client", "server", "user-agent", "extension", "intermediary"}

func (r Role) String() string { return word(roleWords[:], int(r)) }

// Observability is where a breach of a requirement shows.
type Observability byte

// The places: on the wire, through the local API alone, or nowhere.
const (
	OnWire Observability = iota
	InAPI
	Nowhere
)

var observabilityWords = [...]string{"peer", "api", "no"}

func (o Observability) String() string { return word(observabilityWords[:], int(o)) }

// Requirements lists all requirements in the order of their documents and
// sections.
func Requirements() []Requirement {
	tables := [][]Requirement{
		rfc6455Handshake, rfc6455Framing, rfc6455Closing, rfc6455Other,
		rfc7692, rfc8441, rfc9220, baseDocuments, whatwg,
	}
	var all []Requirement
	for _, t := range tables {
		all = append(all, t...)
	}
	return all
}

// FindRequirement is the requirement with this id.
func FindRequirement(id string) (Requirement, bool) {
	for _, r := range Requirements() {
		if r.ID == id {
			return r, true
		}
	}
	return Requirement{}, false
}

// SplitRef takes a requirement id apart: document "6455", section "5.1", number 2.
func SplitRef(id string) (document, section string, number int, ok bool) {
	document, rest, found := strings.Cut(id, "-")
	at := strings.LastIndexByte(rest, '-')
	if !found || at < 0 {
		return "", "", 0, false
	}
	number, err := strconv.Atoi(rest[at+1:])
	return document, rest[:at], number, err == nil
}

// Section names the document and section for people: "RFC 6455 5.1".
func (r Requirement) Section() string { return SectionOf(r.ID) }

// SectionOf names the document and section of a requirement id for people.
func SectionOf(id string) string {
	document, section, _, ok := SplitRef(id)
	switch {
	case !ok:
		return id
	case document == "whatwg":
		return "WHATWG " + section
	case section == "errata":
		return "RFC " + document + " errata"
	}
	return "RFC " + document + " " + section
}

// URL is where the section can be read.
func (r Requirement) URL() string { return URLOf(r.ID) }

// URLOf is where the section of a requirement id can be read.
func URLOf(id string) string {
	document, section, _, ok := SplitRef(id)
	switch {
	case !ok:
		return ""
	case document == "whatwg":
		return "https://websockets.spec.whatwg.org/"
	case section == "errata":
		return "https://www.rfc-editor.org/errata/rfc" + document
	}
	return "https://www.rfc-editor.org/rfc/rfc" + document + "#section-" + section
}
