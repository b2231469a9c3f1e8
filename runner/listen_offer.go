package runner

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/wsspec/wsspec/cases"
)

// An Offer is a case under the name by which clients ask for it.
type Offer struct {
	// Name is Autobahn's id where the case stands in for one of Autobahn's, such as
	// "5.6", and else the id of the case.
	Name string
	Case cases.Case
}

// foreign is the prefix of an alias that is Autobahn's id.
const foreign = "autobahn:"

// Offers are the cases of the list that a client can be tested with which comes by
// itself, in the order of their numbers: first those of Autobahn, one for each
// alias, in Autobahn's order, and then those of the others behind whose opening
// handshake the client is in order, in the order of the list. With refusals, those
// follow in which it may find fault with the answer to its opening handshake: it is
// the case's own, or it agrees to parameters of an extension, not all of which every
// client takes.
//
// A case is not offered that tells a client what to open, waits for a timer, or is
// played on several connections at a time.
func Offers(list []cases.Case, refusals bool) []Offer {
	var known, others, last []Offer
	for _, c := range list {
		if !offered(&c) {
			continue
		}
		ids := foreignIDs(&c)
		for _, id := range ids {
			known = append(known, Offer{id, c})
		}
		switch own := (Offer{c.ID, c}); {
		case len(ids) > 0:
		case c.RequiresOpen() && !parameters(&c):
			others = append(others, own)
		case refusals:
			last = append(last, own)
		}
	}
	slices.SortStableFunc(known, func(a, b Offer) int { return compareIDs(a.Name, b.Name) })
	return slices.Concat(known, others, last)
}

// parameters reports whether the case agrees to an extension with parameters.
func parameters(c *cases.Case) bool {
	if len(c.Steps) == 0 {
		return false
	}
	open, ok := c.Steps[0].(cases.OpenStep)
	return ok && strings.Contains(open.Extensions, ";")
}

func offered(c *cases.Case) bool {
	return c.Subject.Includes(cases.Client) && !beginsWithRequest(c) && c.Connects() == 1 &&
		!needsOne(c, cases.Dialing, cases.Session, cases.Patience)
}

// from1010 is the case of a client that is sent code 1010. The case for servers has
// the alias, which names one case.
const from1010 = "close/code-1010-from-a-server"

func foreignIDs(c *cases.Case) (ids []string) {
	for _, alias := range c.Alias {
		if id, ok := strings.CutPrefix(alias, foreign); ok {
			ids = append(ids, id)
		}
	}
	if c.ID == from1010 && !slices.Contains(ids, "7.7.8") {
		ids = append(ids, "7.7.8")
	}
	return ids
}

// compareIDs compares ids of numbers and dots by their numbers.
func compareIDs(a, b string) int {
	return slices.CompareFunc(strings.Split(a, "."), strings.Split(b, "."), func(a, b string) int {
		m, _ := strconv.Atoi(a)
		n, _ := strconv.Atoi(b)
		return cmp.Or(cmp.Compare(m, n), cmp.Compare(a, b))
	})
}

// sessionCases are the cases of the list that judge all connections of a client.
func sessionCases(list []cases.Case) (sessions []cases.Case) {
	for _, c := range ForClients(list) {
		if needsOne(&c, cases.Session) {
			sessions = append(sessions, c)
		}
	}
	return sessions
}

// find is the index of the case that a client asks for, by its number from 1 or by
// its name; a number goes before a name.
func (r *reception) find(number, name string) (i int, ok bool) {
	if number != "" {
		n, err := strconv.Atoi(number)
		return n - 1, err == nil && n >= 1 && n <= len(r.offers)
	}
	i = slices.IndexFunc(r.offers, func(o Offer) bool { return o.Name == name })
	if i < 0 {
		i = slices.IndexFunc(r.offers, func(o Offer) bool { return o.Case.ID == name })
	}
	return i, i >= 0
}
