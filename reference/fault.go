package reference

import (
	"fmt"
	"slices"
	"strings"
)

// A Fault is a departure from one requirement that Options.Faults,
// Server.Faults and DialOptions.Faults can ask for by its id. Everything else
// stays right: whoever does not notice a fault has not looked at that rule.
type Fault struct {
	ID          string // such as "pong-payload-cut"; it never changes
	Requirement string // what is departed from, such as "6455-5.5.3-2"
	Title       string // what the faulty endpoint does, in a sentence without a full stop
	Side        Side   // who can have it
}

// Side is the role of an endpoint.
type Side byte

// The sides of a connection.
const (
	EitherSide Side = iota
	ServerSide
	ClientSide
)

func (s Side) String() string { return [...]string{"both", "server", "client"}[min(s, ClientSide)] }

// Includes reports whether an endpoint in the role of the other side is one of s.
func (s Side) Includes(other Side) bool { return s == EitherSide || s == other }

// Faults lists all faults, in the order of what they are about.
func Faults() []Fault {
	var list []Fault
	for _, d := range departures() {
		list = append(list, d.Fault)
	}
	return list
}

// CheckFaults tells whether an endpoint on the given side, or with EitherSide some
// endpoint, can have all of these faults. The error names what was probably meant.
func CheckFaults(side Side, ids ...string) error {
	_, err := departuresOf(side, ids)
	return err
}

// departuresOf looks up faults.
func departuresOf(side Side, ids []string) ([]departure, error) {
	var found []departure
	for _, id := range ids {
		i := slices.IndexFunc(departures(), func(d departure) bool { return d.ID == id })
		if i < 0 {
			return nil, fmt.Errorf("unknown fault %q%s", id, didYouMean(side, id))
		}
		d := departures()[i]
		if side != EitherSide && !d.Side.Includes(side) {
			return nil, fmt.Errorf("the fault %s is one of a %s, not of a %s", id, d.Side, side)
		}
		found = append(found, d)
	}
	return found, nil
}

// didYouMean offers the fault whose id is nearest, unless none is near.
func didYouMean(side Side, id string) string {
	best, nearest := "", len(id)/2+2
	for _, d := range departures() {
		if n := distance(id, d.ID); n < nearest && (side == EitherSide || d.Side.Includes(side)) {
			best, nearest = d.ID, n
		}
	}
	if best == "" {
		return ""
	}
	return " (did you mean " + best + "?)"
}

// distance counts the letters to insert, delete or replace to get from a to b.
// A name that has all words of a is nearer than any other.
func distance(a, b string) int {
	missing := func(word string) bool { return !strings.Contains(b, word) }
	if a != "" && !slices.ContainsFunc(strings.Split(a, "-"), missing) {
		return 0
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			replaced := diagonal
			if a[i] != b[j] {
				replaced++
			}
			diagonal = row[j+1]
			row[j+1] = min(replaced, row[j]+1, diagonal+1)
		}
	}
	return row[len(b)]
}
