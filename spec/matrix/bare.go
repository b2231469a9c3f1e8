package matrix

import (
	"slices"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/reference"
)

// Bare are the duties of RFC 6455 and RFC 7692 that a peer can observe and that
// cases prove, from which no fault departs on a side that they bind: neither by
// its own requirement nor by one whose observation judges the duty as well. Each
// is the side and the id.
func Bare() []string {
	var bare []string
	for _, c := range cases.Cover(cases.All(), duties()) {
		if c.Status() != cases.Covered {
			continue
		}
		for _, side := range bound(c.Requirement.Role) {
			departed := func(id string) bool { return departs(side, id) }
			if !departed(c.Requirement.ID) && !slices.ContainsFunc(c.Requirement.See, departed) {
				bare = append(bare, side.String()+" "+c.Requirement.ID)
			}
		}
	}
	return bare
}

// departs reports whether some fault of the side departs from the requirement.
func departs(side reference.Side, id string) bool {
	return slices.ContainsFunc(reference.Faults(), func(f reference.Fault) bool {
		return f.Requirement == id && f.Side.Includes(side)
	})
}

// bound are the sides that a requirement of the role binds.
func bound(r cases.Role) []reference.Side {
	switch r {
	case cases.ForClient:
		return []reference.Side{reference.ClientSide}
	case cases.ForServer:
		return []reference.Side{reference.ServerSide}
	}
	return []reference.Side{reference.ServerSide, reference.ClientSide}
}

// duties are the requirements of level MUST and MUST NOT that a peer can observe
// and that bind a client or a server.
func duties() []cases.Requirement {
	return slices.DeleteFunc(cases.Requirements(), func(r cases.Requirement) bool {
		document, _, _, _ := cases.SplitRef(r.ID)
		duty := r.Level == cases.Must || r.Level == cases.MustNot
		party := r.Role == cases.ForEndpoint || r.Role == cases.ForClient || r.Role == cases.ForServer
		return !duty || !party || r.Observable != cases.OnWire || document != "6455" && document != "7692"
	})
}
