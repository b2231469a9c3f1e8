package cases

import "slices"

// An Exemption is why no case of the catalogue proves a requirement.
type Exemption struct {
	ID     string
	Kind   ExemptionKind
	Reason string // one line
}

// ExemptionKind is what stands in the way of a case, or the kind of test that
// will show what cases cannot.
type ExemptionKind string

// The kinds. The first ones are for good; what the others need is planned.
const (
	Unobservable ExemptionKind = "nowhere observable"
	ForAuthors   ExemptionKind = "addressed to authors of specifications"
	LocalAPI     ExemptionKind = "local API"
	Permission   ExemptionKind = "permission"
	Policy       ExemptionKind = "the application's policy"
	NeedsProxy   ExemptionKind = "proxy"
	NeedsNames   ExemptionKind = "name server"
	NeedsTime    ExemptionKind = "hours"

	ByBrowser      ExemptionKind = "browser"
	ByTLS          ExemptionKind = "TLS"
	ByHTTP2        ExemptionKind = "HTTP/2"
	ByHTTP3        ExemptionKind = "HTTP/3"
	ByIntermediary ExemptionKind = "intermediary"
)

// Planned reports whether a test of another kind will show the requirement.
func (k ExemptionKind) Planned() bool {
	switch k {
	case ByBrowser, ByTLS, ByHTTP2, ByHTTP3, ByIntermediary:
		return true
	}
	return false
}

// Exemptions lists the requirements that no case proves, each with the reason.
// Those of a document that a test of another kind is planned for as a whole are
// not among them: see ExemptionOf.
func Exemptions() []Exemption {
	return slices.Concat(untestableHandshake, untestableFraming, untestableOther)
}

// ExemptionOf is why no case proves the requirement; the zero value if there is
// no reason.
func ExemptionOf(id string) Exemption {
	for _, e := range Exemptions() {
		if e.ID == id {
			return e
		}
	}
	if kind := groundOf(id); kind != "" {
		return Exemption{id, kind, "needs another player than the one over HTTP/1.1"}
	}
	return Exemption{}
}

// groundOf is the kind of test that the whole document of a requirement needs;
// empty for those that cases over HTTP/1.1 reach.
func groundOf(id string) ExemptionKind {
	switch document, _, _, _ := SplitRef(id); document {
	case "8441", "9113":
		return ByHTTP2
	case "9220", "9114":
		return ByHTTP3
	}
	return ""
}
