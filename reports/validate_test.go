package reports

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// xmlNode is any element of a document.
type xmlNode struct {
	XMLName  xml.Name
	Attrs    []xml.Attr `xml:",any,attr"`
	Children []xmlNode  `xml:",any"`
	Text     string     `xml:",chardata"`
}

// validate tells the first place where a document departs from the schema.
func (s *schema) validate(document []byte) error {
	var root xmlNode
	d := xml.NewDecoder(bytes.NewReader(document))
	if err := d.Decode(&root); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		if _, err = d.Token(); !errors.Is(err, io.EOF) { // a line feed may stand behind it
			return errors.New("something follows the document")
		}
	}
	return s.element(&root)
}

func (s *schema) element(n *xmlNode) error {
	declared := s.elements[n.XMLName.Local]
	if declared == nil || n.XMLName.Space != "" {
		return fmt.Errorf("there must be no element %s", n.XMLName.Local)
	}
	kind := &declared.Children[0]
	model, err := s.content(kind)
	if err != nil {
		return err
	}
	names := ""
	for i := range n.Children {
		names += n.Children[i].XMLName.Local + " "
		if err := s.element(&n.Children[i]); err != nil {
			return err
		}
	}
	if !regexp.MustCompile("^" + model + "$").MatchString(names) {
		return fmt.Errorf("%s must not hold %q", n.XMLName.Local, names)
	}
	if kind.attr("mixed", "false") != "true" && strings.TrimSpace(n.Text) != "" {
		return fmt.Errorf("%s must not hold text", n.XMLName.Local)
	}
	return s.attributes(n, kind)
}

func (s *schema) attributes(n *xmlNode, kind *xsdNode) error {
	given := map[string]string{}
	for _, a := range n.Attrs {
		if _, twice := given[a.Name.Local]; twice {
			return fmt.Errorf("%s has %s twice", n.XMLName.Local, a.Name.Local)
		}
		given[a.Name.Local] = a.Value
	}
	for i := range kind.Children {
		declared := &kind.Children[i]
		if declared.XMLName.Local != "attribute" {
			continue
		}
		name, valid := declared.attr("name", ""), s.types[declared.attr("type", "")]
		value, there := given[name]
		switch {
		case valid == nil:
			return fmt.Errorf("the type of %s is not understood", name)
		case !there && declared.attr("use", "") == "required":
			return fmt.Errorf("%s must have %s", n.XMLName.Local, name)
		case there && !valid(value):
			return fmt.Errorf("%s of %s must not be %q", name, n.XMLName.Local, value)
		}
		delete(given, name)
	}
	for name := range given {
		return fmt.Errorf("%s must not have %s", n.XMLName.Local, name)
	}
	return nil
}

// xmllint asks another validator, where it is installed.
func xmllint(t *testing.T, document []byte) (valid, installed bool) {
	t.Helper()
	program, err := exec.LookPath("xmllint")
	if err != nil {
		return false, false
	}
	file := filepath.Join(t.TempDir(), "junit.xml")
	if err := os.WriteFile(file, document, 0o600); err != nil {
		t.Fatal(err)
	}
	return exec.Command(program, "--noout", "--schema", "testdata/junit.xsd", file).Run() == nil, true
}

// The tests are only as good as their validator: it must refuse what is wrong.
func TestTheValidatorRefusesWhatTheSchemaForbids(t *testing.T) {
	s := readSchema(t, "testdata/junit.xsd")
	const (
		suites = `<testsuites name="w" tests="1" failures="0" errors="0" time="0.000">`
		suite  = `<testsuite id="0" name="s" package="p" tests="1" failures="0" errors="0" time="0.000" timestamp="2026-01-02T03:04:05" hostname="h">`
		right  = suites + suite + `<properties></properties><testcase name="c" classname="d" time="0.000"></testcase></testsuite></testsuites>`
	)
	for name, doc := range map[string]string{
		"":                            right,
		"no XML":                      right + "<",
		"a NUL":                       strings.Replace(right, `name="c"`, "name=\"\x00\"", 1),
		"a second root":               right + suites + `</testsuites>`,
		"an unknown element":          strings.Replace(right, "<testcase", "<skippedtest></skippedtest><testcase", 1),
		"properties at the end":       strings.Replace(strings.Replace(right, "<properties></properties>", "", 1), "</testsuite>", "<properties></properties></testsuite>", 1),
		"no properties":               strings.Replace(right, "<properties></properties>", "", 1),
		"two failures":                strings.Replace(right, "</testcase>", `<failure type="t"></failure><failure type="t"></failure></testcase>`, 1),
		"output before the failure":   strings.Replace(right, "</testcase>", `<system-out></system-out><failure type="t"></failure></testcase>`, 1),
		"a failure without a type":    strings.Replace(right, "</testcase>", `<failure></failure></testcase>`, 1),
		"text in a suite":             strings.Replace(right, "</testsuite>", "text</testsuite>", 1),
		"no count":                    strings.Replace(right, `tests="1" `, "", 1),
		"a count that is no number":   strings.Replace(right, `tests="1"`, `tests="one"`, 1),
		"a negative time":             strings.Replace(right, `time="0.000"`, `time="-0.001"`, 1),
		"a time zone":                 strings.Replace(right, "03:04:05", "03:04:05Z", 1),
		"an empty name":               strings.Replace(right, `name="c"`, `name=""`, 1),
		"skipped at the root":         strings.Replace(right, `name="w"`, `name="w" skipped="0"`, 1),
		"an attribute of another one": strings.Replace(right, `name="c"`, `name="c" id="0"`, 1),
	} {
		err := s.validate([]byte(doc))
		if (err == nil) != (name == "") {
			t.Errorf("%s: %v", name, err)
		}
		if valid, installed := xmllint(t, []byte(doc)); installed && valid != (err == nil) {
			t.Errorf("%s: xmllint says %v, we say %v", name, valid, err)
		}
	}
}
