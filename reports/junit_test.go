package reports

import (
	"bytes"
	"encoding/xml"
	"strconv"
	"strings"
	"testing"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

func junit(t *testing.T, r *runner.Report, strict bool) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := JUnit(&b, r, repeat, strict); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestJUnitIsValid(t *testing.T) {
	s := readSchema(t, "testdata/junit.xsd")
	for name, r := range map[string]*runner.Report{
		"a sample": sample(), "hostile octets": hostile(), "cut short": cutShort(), "refused": refused(), "empty": empty(),
	} {
		for _, strict := range []bool{false, true} {
			doc := junit(t, r, strict)
			if err := s.validate(doc); err != nil {
				t.Errorf("%s, strict %v: %v\n%s", name, strict, err, doc)
			}
			if valid, installed := xmllint(t, doc); installed && !valid {
				t.Errorf("%s, strict %v: xmllint refuses it\n%s", name, strict, doc)
			}
		}
	}
}

func TestTheCountsOfJUnitAddUp(t *testing.T) {
	for name, r := range map[string]*runner.Report{
		"a sample": sample(), "hostile octets": hostile(), "cut short": cutShort(), "refused": refused(), "empty": empty(),
	} {
		for _, strict := range []bool{false, true} {
			root := parseXML(t, junit(t, r, strict))
			total := map[string]int{}
			for i := range root.Children {
				suite := &root.Children[i]
				for counter, element := range map[string]string{"tests": "", "failures": "failure", "errors": "error", "skipped": "skipped"} {
					n := countCases(suite, element)
					if got := attribute(suite, counter); got != strconv.Itoa(n) {
						t.Errorf("%s: %s of %s is %s, but there are %d", name, counter, attribute(suite, "name"), got, n)
					}
					total[counter] += n
				}
				if attribute(suite, "id") != strconv.Itoa(i) {
					t.Errorf("%s: suite %d has the id %s", name, i, attribute(suite, "id"))
				}
			}
			for _, counter := range []string{"tests", "failures", "errors"} {
				if got := attribute(root, counter); got != strconv.Itoa(total[counter]) {
					t.Errorf("%s: %s is %s, but there are %d", name, counter, got, total[counter])
				}
			}
		}
	}
}

// A failure is the peer's, an error is not, and what was not played is neither.
func TestJUnitTellsFailuresFromTrouble(t *testing.T) {
	for name, c := range map[string]struct {
		report *runner.Report
		strict bool
		want   map[string]string // case: element
	}{
		"a sample": {sample(), false, map[string]string{
			"close/code-1005-on-the-wire": "failure", "message/hello": "", "close/code-2999-unassigned": "system-out",
			"handshake/origin/foreign": "system-out", "subprotocol/selected": "skipped", "subprotocol/second": "skipped", "close/idle": "skipped",
		}},
		"strict": {sample(), true, map[string]string{
			"close/code-1005-on-the-wire": "failure", "message/hello": "", "close/code-2999-unassigned": "failure",
			"handshake/origin/foreign": "system-out", "subprotocol/selected": "skipped", "subprotocol/second": "skipped", "close/idle": "skipped",
		}},
		"cut short": {cutShort(), false, map[string]string{
			"close/code-1005-on-the-wire": "error", "message/hello": "", "close/code-2999-unassigned": "skipped",
			"handshake/origin/foreign": "skipped", "subprotocol/selected": "skipped", "subprotocol/second": "skipped", "close/idle": "skipped", "run": "error",
		}},
		"refused": {refused(), false, map[string]string{
			"subprotocol/selected": "skipped", "subprotocol/second": "skipped", "close/idle": "skipped", "run": "error",
		}},
	} {
		got := map[string]string{}
		for _, suite := range parseXML(t, junit(t, c.report, c.strict)).Children {
			for _, one := range casesOf(&suite) {
				element := ""
				for _, child := range one.Children {
					element += child.XMLName.Local
				}
				got[attribute(&one, "name")] = element
			}
		}
		if len(got) != len(c.want) {
			t.Errorf("%s: %d cases, want %d", name, len(got), len(c.want))
		}
		for id, want := range c.want {
			if got[id] != want {
				t.Errorf("%s: %s has %q, want %q", name, id, got[id], want)
			}
		}
	}
}

func TestAFailureInJUnitHasNameTimeAndAccount(t *testing.T) {
	root := parseXML(t, junit(t, sample(), false))
	for _, suite := range root.Children {
		for _, one := range casesOf(&suite) {
			if attribute(&one, "name") != "close/code-1005-on-the-wire" {
				continue
			}
			f := one.Children[0]
			if got := attribute(&one, "classname") + " " + attribute(&one, "time"); got != "wsspec.close 0.012" {
				t.Errorf("class and time are %q", got)
			}
			if got := attribute(&f, "message"); got != "expected close 1002, then end of TCP (lax: end of TCP without a close frame); got close 1000, then end of TCP" {
				t.Errorf("message %q", got)
			}
			r := failure()
			if want := "\n" + block(&r, repeat); f.Text != want {
				t.Errorf("the account is\n%s\nwant\n%s", f.Text, want)
			}
			if attribute(&suite, "name") != "RFC 6455 7.4.1" || attribute(&suite, "hostname") != "127.0.0.1" {
				t.Errorf("suite %+v", suite.Attrs)
			}
			return
		}
	}
	t.Error("the failure is not there")
}

// What a peer sent can be read in the report, but not act in it.
func TestHostileOctetsAreVisibleInJUnit(t *testing.T) {
	doc := string(junit(t, hostile(), false))
	if strings.ContainsFunc(doc, func(r rune) bool { return !printable(r, 2) }) || strings.Contains(doc, "<script") {
		t.Errorf("the report holds what it must not:\n%q", doc)
	}
	root := parseXML(t, []byte(doc))
	f := root.Children[0]
	text := ""
	for _, suite := range root.Children {
		for _, one := range casesOf(&suite) {
			for _, child := range one.Children {
				text += child.Text + attribute(&child, "message")
			}
		}
	}
	for _, want := range []string{`\x1b[31mred`, `]]> </failure><script>alert('1')</script>&amp;`, `\x00`, `\u202egnp.exe`, `\xff`, `\ufffe`, `\U000e0001é😀`} {
		if !strings.Contains(text, want) {
			t.Errorf("%s is not there:\n%s", want, text)
		}
	}
	if got := attribute(&f.Children[0].Children[0], "value"); got != Visible(hostile().Target) {
		t.Errorf("target %q", got)
	}
}

// A trouble that no transcript shows, and that did not end the run, stays an error.
func TestAnErrorOfAWholeRunIsNotSkipped(t *testing.T) {
	r := sample()
	r.Results[0].Verdict, r.Results[0].Transcript = cases.Errored, runner.Transcript{}
	if root := parseXML(t, junit(t, r, false)); attribute(root, "errors") != "1" {
		t.Errorf("%s errors", attribute(root, "errors"))
	}
}

func parseXML(t *testing.T, doc []byte) *xmlNode {
	t.Helper()
	var root xmlNode
	if err := xml.Unmarshal(doc, &root); err != nil {
		t.Fatalf("%v\n%s", err, doc)
	}
	return &root
}

func attribute(n *xmlNode, name string) string {
	for _, a := range n.Attrs {
		if a.Name.Local == name {
			return a.Value
		}
	}
	return ""
}

func casesOf(suite *xmlNode) []xmlNode {
	var list []xmlNode
	for _, c := range suite.Children {
		if c.XMLName.Local == "testcase" {
			list = append(list, c)
		}
	}
	return list
}

// countCases counts the cases that hold the element, or all.
func countCases(suite *xmlNode, element string) int {
	n := 0
	for _, c := range casesOf(suite) {
		found := element == ""
		for _, child := range c.Children {
			found = found || child.XMLName.Local == element
		}
		if found {
			n++
		}
	}
	return n
}
