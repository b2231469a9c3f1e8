package reports

import (
	"encoding/xml"
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// A schema is the part of XML Schema that testdata/junit.xsd is written in:
// global elements that refer to each other, sequences, choices, attributes, and
// types that restrict strings. A schema that uses more is refused, so that
// nothing in it goes unchecked.
type schema struct {
	elements map[string]*xsdNode
	types    map[string]func(string) bool
}

// xsdNode is any element of a schema.
type xsdNode struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Children []xsdNode  `xml:",any"`
}

func (n *xsdNode) attr(name, otherwise string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return otherwise
}

func readSchema(t *testing.T, file string) *schema {
	t.Helper()
	b, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var root xsdNode
	if err := xml.Unmarshal(b, &root); err != nil {
		t.Fatal(err)
	}
	s := &schema{elements: map[string]*xsdNode{}, types: map[string]func(string) bool{
		"xs:string": func(string) bool { return true },
		"xs:token":  func(s string) bool { return s == strings.Join(strings.Fields(s), " ") },
	}}
	for i := range root.Children {
		switch n := &root.Children[i]; n.XMLName.Local {
		case "simpleType":
			s.types[n.attr("name", "")] = s.restriction(t, &n.Children[0])
		case "element":
			s.elements[n.attr("name", "")] = n
		default:
			t.Fatalf("%s: %s is not understood", file, n.XMLName.Local)
		}
	}
	return s
}

func (s *schema) restriction(t *testing.T, n *xsdNode) func(string) bool {
	t.Helper()
	base := s.types[n.attr("base", "")]
	if base == nil || n.XMLName.Local != "restriction" {
		t.Fatalf("restriction of the type %s is not understood", n.attr("base", ""))
	}
	valid := base
	for _, facet := range n.Children {
		before := valid
		switch value := facet.attr("value", ""); facet.XMLName.Local {
		case "pattern":
			re := regexp.MustCompile("^(?:" + value + ")$")
			valid = func(s string) bool { return before(s) && re.MatchString(s) }
		case "minLength":
			n, err := strconv.Atoi(value)
			if err != nil {
				t.Fatal(err)
			}
			valid = func(s string) bool { return before(s) && len([]rune(s)) >= n }
		default:
			t.Fatalf("the facet %s is not understood", facet.XMLName.Local)
		}
	}
	return valid
}

// content turns a content model into an expression on the names of the children,
// each with a space behind it.
func (s *schema) content(n *xsdNode) (string, error) {
	var parts []string
	for i := range n.Children {
		part, err := s.content(&n.Children[i])
		if err != nil {
			return "", err
		}
		if part != "" {
			parts = append(parts, part)
		}
	}
	model := ""
	switch n.XMLName.Local {
	case "attribute":
		return "", nil
	case "element":
		if s.elements[n.attr("ref", "")] == nil {
			return "", fmt.Errorf("the element %q is not there", n.attr("ref", ""))
		}
		model = regexp.QuoteMeta(n.attr("ref", "")) + " "
	case "sequence", "complexType":
		model = strings.Join(parts, "")
	case "choice":
		model = strings.Join(parts, "|")
	default:
		return "", fmt.Errorf("%s is not understood", n.XMLName.Local)
	}
	switch occurs := n.attr("minOccurs", "1") + ".." + n.attr("maxOccurs", "1"); occurs {
	case "1..1":
		return "(?:" + model + ")", nil
	case "0..1":
		return "(?:" + model + ")?", nil
	case "0..unbounded":
		return "(?:" + model + ")*", nil
	default:
		return "", fmt.Errorf("the occurrence %s is not understood", occurs)
	}
}
