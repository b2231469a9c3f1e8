package matrix

import (
	"slices"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/reference"
)

// Bare are the ids of the duties of RFC 6455 and RFC 7692 that a peer can observe
// and that cases prove, from which no fault departs: neither by its own
// requirement nor by one whose observation judges the duty as well.
func Bare() []string {
	departed := map[string]bool{}
	for _, f := range reference.Faults() {
		departed[f.Requirement] = true
	}
	var bare []string
	for _, c := range cases.Cover(cases.All(), duties()) {
		seen := func(id string) bool { return departed[id] }
		if c.Status() == cases.Covered && !departed[c.Requirement.ID] && !slices.ContainsFunc(c.Requirement.See, seen) {
			bare = append(bare, c.Requirement.ID)
		}
	}
	return bare
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
