package reports

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// JUnit writes the report as JUnit XML. A failed case is a failure; error is
// only for what is no matter of the peer's protocol. With strict, lax is a
// failure as well.
func JUnit(w io.Writer, r *runner.Report, again string, strict bool) error {
	text := Text{Again: again}
	suites := junitSuites{Name: "wsspec", Time: seconds(r.Elapsed.Seconds())}
	index := map[string]int{}
	for i := range r.Results {
		v := &r.Results[i]
		name := section(&v.Case)
		at, ok := index[name]
		if !ok {
			at = len(suites.Suites)
			index[name] = at
			suites.Suites = append(suites.Suites, junitSuite{
				Name: name, Timestamp: r.Started.UTC().Format("2006-01-02T15:04:05"), Hostname: xmlText(r.Target),
			})
		}
		suites.Suites[at].add(v, text.again(v, r.Seed), strict)
	}
	for i := range suites.Suites {
		s := &suites.Suites[i]
		s.Time = seconds(s.total)
		suites.Tests += s.Tests
		suites.Failures += s.Failures
		suites.Errors += s.Errors
		suites.Skipped += s.Skipped
	}
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	enc := xml.NewEncoder(w)
	enc.Indent("", "  ")
	if err := enc.Encode(suites); err != nil {
		return fmt.Errorf("write JUnit: %w", err)
	}
	_, err := io.WriteString(w, "\n")
	return err
}

type junitSuites struct {
	XMLName  xml.Name     `xml:"testsuites"`
	Name     string       `xml:"name,attr"`
	Tests    int          `xml:"tests,attr"`
	Failures int          `xml:"failures,attr"`
	Errors   int          `xml:"errors,attr"`
	Skipped  int          `xml:"skipped,attr"`
	Time     string       `xml:"time,attr"`
	Suites   []junitSuite `xml:"testsuite"`
}

type junitSuite struct {
	Name      string      `xml:"name,attr"`
	Tests     int         `xml:"tests,attr"`
	Failures  int         `xml:"failures,attr"`
	Errors    int         `xml:"errors,attr"`
	Skipped   int         `xml:"skipped,attr"`
	Time      string      `xml:"time,attr"`
	Timestamp string      `xml:"timestamp,attr"`
	Hostname  string      `xml:"hostname,attr"`
	Cases     []junitCase `xml:"testcase"`
	total     float64
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

func (s *junitSuite) add(r *runner.Result, again string, strict bool) {
	c := junitCase{Name: r.Case.ID, Classname: "wsspec." + strings.ReplaceAll(section(&r.Case), " ", "."), Time: seconds(r.Duration.Seconds())}
	s.Tests++
	s.total += r.Duration.Seconds()
	switch {
	case r.Verdict == cases.Errored:
		s.Errors++
		c.Error = problem(r, "error", r.Reason, again)
	case r.Verdict == cases.Failed, strict && r.Verdict == cases.Lax:
		s.Failures++
		c.Failure = problem(r, r.Verdict.String(), "expected "+r.Expected+"; got "+r.Got, again)
	case r.Verdict == cases.Skipped:
		s.Skipped++
		c.Skipped = &junitSkipped{xmlText(r.Reason)}
	case r.Verdict != cases.Pass:
		c.Out = xmlText(r.Block(again))
	}
	s.Cases = append(s.Cases, c)
}

func problem(r *runner.Result, kind, message, again string) *junitProblem {
	return &junitProblem{Message: xmlText(message), Type: kind, Text: "\n" + xmlText(r.Block(again))}
}

func seconds(s float64) string { return fmt.Sprintf("%.3f", s) }

// xmlText leaves out what XML cannot hold.
func xmlText(s string) string {
	return strings.Map(func(r rune) rune {
		if r == utf8.RuneError || r < ' ' && r != '\n' && r != '\t' || r == 0xfffe || r == 0xffff {
			return -1
		}
		return r
	}, s)
}
