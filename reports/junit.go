package reports

import (
	"encoding/xml"
	"fmt"
	"io"
	"net/url"
	"strconv"
	"strings"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// JUnit writes the report as JUnit XML, a suite for each section. A failed case
// is a failure; error is only for what is no matter of the peer's protocol. With
// strict, lax is a failure as well. Again is the command that repeats the case
// with the id; nil leaves it out.
//
// JUnit has no standard. The result keeps to what the schemas of Ant and of
// Jenkins both ask of suites and cases; beyond Ant's it has totals at the root
// and the account of lax verdicts as output of the case.
func JUnit(w io.Writer, r *runner.Report, again func(id string) string, strict bool) error {
	doc := junitDocument{Name: "wsspec", Time: seconds(r.Elapsed.Seconds())}
	for _, c := range chapters(r.Results) {
		s := newSuite(c.name, len(doc.Suites), r)
		for _, v := range c.results {
			s.add(v, again, strict)
		}
		doc.Suites = append(doc.Suites, s)
	}
	if trouble := troubleOf(r, strict); trouble != "" {
		doc.Suites = append(doc.Suites, troubleSuite(len(doc.Suites), r, trouble))
	}
	for i := range doc.Suites {
		s := &doc.Suites[i]
		s.Time = seconds(s.total)
		doc.Tests += s.Tests
		doc.Failures += s.Failures
		doc.Errors += s.Errors
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return fmt.Errorf("write JUnit: %w", err)
	}
	if err := enc.Encode(doc); err != nil {
		return fmt.Errorf("write JUnit: %w", err)
	}
	if _, err := io.WriteString(w, "\n"); err != nil {
		return fmt.Errorf("write JUnit: %w", err)
	}
	return nil
}

type junitDocument struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Time     string       `xml:"time,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	ID         int             `xml:"id,attr"`
	Name       string          `xml:"name,attr"`
	Package    string          `xml:"package,attr"`
	Tests      int             `xml:"tests,attr"`
	Failures   int             `xml:"failures,attr"`
	Errors     int             `xml:"errors,attr"`
	Skipped    int             `xml:"skipped,attr"`
	Time       string          `xml:"time,attr"`
	Timestamp  string          `xml:"timestamp,attr"`
	Hostname   string          `xml:"hostname,attr"`
	Properties []junitProperty `xml:"properties>property"`
	Cases      []junitCase     `xml:"testcase"`
	total      float64         // seconds
	cut        bool            // the run was cut short
}

type junitProperty struct {
	Name  string `xml:"name,attr"`
	Value string `xml:"value,attr"`
}

type junitCase struct {
	Name      string        `xml:"name,attr"`
	Classname string        `xml:"classname,attr"`
	Time      string        `xml:"time,attr"`
	Skipped   *junitSkipped `xml:"skipped"`
	Error     *junitProblem `xml:"error"`
	Failure   *junitProblem `xml:"failure"`
	Out       string        `xml:"system-out,omitempty"`
}

type junitSkipped struct {
	Message string `xml:"message,attr"`
}

type junitProblem struct {
	Message string `xml:"message,attr"`
	Type    string `xml:"type,attr"`
	Text    string `xml:",chardata"`
}

func newSuite(name string, id int, r *runner.Report) junitSuite {
	return junitSuite{
		ID: id, Name: name, Package: "wsspec", Hostname: hostname(r.Target), cut: r.Trouble != "",
		Timestamp: r.Started.UTC().Format("2006-01-02T15:04:05"), Properties: properties(r),
	}
}

// properties tell what the run was asked for, and what it learned of the peer.
func properties(r *runner.Report) []junitProperty {
	list := []junitProperty{
		{"target", Visible(r.Target)}, {"seed", strconv.FormatUint(r.Seed, 10)},
		{"full", strconv.FormatBool(r.Full)}, {"patient", strconv.FormatBool(r.Patient)},
	}
	if r.Features.Handshake {
		for _, one := range traits(r.Features) {
			list = append(list, junitProperty{one.name, Visible(one.value)})
		}
	}
	return list
}

// hostname is the host that was tested. No schema lets it be empty.
func hostname(target string) string {
	if u, err := url.Parse(target); err == nil && u.Hostname() != "" {
		return Visible(u.Hostname())
	}
	return "localhost"
}

// troubleOf is what no case can tell: why the run was cut short, or that next to
// nothing was tried.
func troubleOf(r *runner.Report, strict bool) string {
	switch {
	case r.Trouble != "":
		return r.Trouble
	case OutcomeOf(r, strict) == NotJudged:
		return r.Features.HandshakeError
	}
	return ""
}

// troubleSuite tells trouble as one error. The cases that the run did not come to
// are skipped: none of them is to blame.
func troubleSuite(id int, r *runner.Report, trouble string) junitSuite {
	s := newSuite("wsspec", id, r)
	s.Tests, s.Errors = 1, 1
	s.Cases = []junitCase{{Name: "run", Classname: "wsspec", Time: seconds(0),
		Error: &junitProblem{Message: Visible(shorten(trouble)), Type: "trouble", Text: "\n" + Visible(trouble) + "\n"}}}
	return s
}

func (s *junitSuite) add(r *runner.Result, again func(id string) string, strict bool) {
	c := junitCase{Name: r.Case.ID, Classname: classname(r.Case.ID), Time: seconds(r.Duration.Seconds())}
	s.Tests++
	s.total += r.Duration.Seconds()
	switch {
	case s.cut && unplayed(r), r.Verdict == cases.Skipped:
		s.Skipped++
		c.Skipped = &junitSkipped{Visible(r.Reason)}
	case r.Verdict == cases.Errored:
		s.Errors++
		c.Error = problem(r, r.Reason, again)
	case r.Verdict == cases.Failed, strict && r.Verdict == cases.Lax:
		s.Failures++
		c.Failure = problem(r, "expected "+r.Expected+"; got "+r.Got, again)
	case r.Verdict != cases.Pass:
		c.Out = "\n" + Visible(block(r, again))
	}
	s.Cases = append(s.Cases, c)
}

// classname is the family of a case, which viewers show as a folder. It comes
// from the id and not from the section, so that the history of a case lasts.
func classname(id string) string {
	parts := strings.Split(id, "/")
	return strings.Join(append([]string{"wsspec"}, parts[:len(parts)-1]...), ".")
}

func problem(r *runner.Result, message string, again func(id string) string) *junitProblem {
	return &junitProblem{Message: Visible(message), Type: r.Verdict.String(), Text: "\n" + Visible(block(r, again))}
}

func seconds(s float64) string { return strconv.FormatFloat(s, 'f', 3, 64) }
