package cases

import "slices"

// A Coverage tells which cases prove one requirement, and how.
type Coverage struct {
	Requirement Requirement
	// Direct are the ids of the cases that name the requirement in their Refs and
	// can test a side that it binds.
	Direct []string
	// Via are the requirements in See that have such cases, or are watched.
	Via []Link
	// Watched says where the player judges the requirement in passing, such as
	// "every frame"; empty if it does not.
	Watched string
	// OtherSide are the ids of the cases that name the requirement but test only
	// the side that it does not bind: a server that refuses what no client may
	// send says nothing about clients. They do not count.
	OtherSide []string
	// Tested is who is tested, of those whom the requirement binds: Both also when
	// the player judges it in passing.
	Tested Subject
	// Exemption is why no case is there, if that is known.
	Exemption Exemption
}

// A Link is a requirement whose cases prove another one as well.
type Link struct {
	Requirement string
	Cases       []string
	Watched     string
}

// CoverageStatus is what the coverage of a requirement comes to.
type CoverageStatus byte

// The statuses.
const (
	Covered     CoverageStatus = iota // a case proves it, or every case does in passing
	Planned                           // a test of another kind will show it
	NotTestable                       // no test can, or shall
	Missing                           // it has no case, and no reason for that
)

var statusWords = [...]string{"covered", "planned", "not testable", "MISSING"}

func (s CoverageStatus) String() string { return word(statusWords[:], int(s)) }

// Status is what the coverage comes to.
func (c *Coverage) Status() CoverageStatus {
	switch {
	case len(c.Direct) > 0 || len(c.Via) > 0 || c.Watched != "":
		return Covered
	case c.Exemption.Kind.Planned():
		return Planned
	case c.Exemption.Reason != "":
		return NotTestable
	}
	return Missing
}

// Cases are the ids of all cases that prove the requirement, each once, those
// that name it first.
func (c *Coverage) Cases() []string {
	all := slices.Clone(c.Direct)
	for _, link := range c.Via {
		all = append(all, link.Cases...)
	}
	return distinct(all)
}

// Cover tells for each of the requirements which of the cases prove it.
func Cover(all []Case, requirements []Requirement) []Coverage {
	watched, naming := Watched(), map[string][]*Case{}
	for i := range all {
		for _, ref := range all[i].Refs {
			naming[ref] = append(naming[ref], &all[i])
		}
	}
	table := make([]Coverage, len(requirements))
	for i, r := range requirements {
		c := &table[i]
		c.Requirement, c.Watched, c.Exemption = r, watched[r.ID], ExemptionOf(r.ID)
		c.Direct, c.OtherSide = split(naming[r.ID], r.Role)
		proving := naming[r.ID]
		seen := c.Watched != ""
		for _, id := range r.See {
			if !sameGround(r.ID, id) {
				continue
			}
			link := Link{Requirement: id, Watched: watched[id]}
			if link.Cases, _ = split(naming[id], r.Role); len(link.Cases) > 0 || link.Watched != "" {
				c.Via = append(c.Via, link)
			}
			proving = append(slices.Clip(proving), naming[id]...)
			seen = seen || link.Watched != ""
		}
		if !seen {
			c.Tested = tested(proving)
		}
	}
	return table
}

// sameGround reports whether tests of one kind show both requirements: a case over
// HTTP/1.1 proves nothing about HTTP/2.
func sameGround(a, b string) bool { return groundOf(a) == groundOf(b) }

// tested is whom the cases test, all together.
func tested(list []*Case) Subject {
	server, client := false, false
	for _, c := range list {
		server = server || c.Subject.Includes(Server)
		client = client || c.Subject.Includes(Client)
	}
	switch {
	case server && !client:
		return Server
	case client && !server:
		return Client
	}
	return Both
}

func (s Subject) String() string { return word(subjectWords[:], int(s)) }

// Half is the one side that is tested of a requirement that binds both.
func (c *Coverage) Half() (side Subject, half bool) {
	return c.Tested, c.Status() == Covered && c.Requirement.Role == ForEndpoint && c.Tested != Both
}

// split tells the cases that can test a side that the role binds from those that
// cannot.
func split(list []*Case, role Role) (bound, other []string) {
	for _, c := range list {
		if role.BoundBy(c.Subject) {
			bound = append(bound, c.ID)
		} else {
			other = append(other, c.ID)
		}
	}
	return bound, other
}

// BoundBy reports whether a case for the subject tests somebody whom the role
// binds. A user agent is a client; whom extensions and intermediaries bind is
// not told by the subject.
func (r Role) BoundBy(s Subject) bool {
	switch r {
	case ForUserAgent:
		return s.Includes(Page)
	case ForClient:
		return s.Includes(Client)
	case ForServer:
		return s.Includes(Server)
	}
	return true
}
