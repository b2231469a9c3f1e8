package reports

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// verdictsReport has cases of these verdicts: "a/pass b/fail".
func verdictsReport(words string) *runner.Report {
	r := empty()
	for word := range strings.FieldsSeq(words) {
		id, verdict, _ := strings.Cut(word, "/")
		v, err := wordOf(cases.Verdicts(), verdict)
		if err != nil {
			panic(err)
		}
		r.Results = append(r.Results, result(id, "6455-5.1-1", v, ""))
	}
	return r
}

func TestACaseIsBrokenWhenItBlamesMoreThanBefore(t *testing.T) {
	c := Compare(verdictsReport("a/pass b/pass c/fail d/lax e/pass f/skip g/fail h/info"),
		verdictsReport("new/fail a/pass b/lax c/error d/pass e/skip f/pass h/fail"))
	var b strings.Builder
	if err := c.Text(&b); err != nil {
		t.Fatal(err)
	}
	var got []string
	for line := range strings.Lines(b.String()) {
		got = append(got, strings.Join(strings.Fields(line), " "))
	}
	want := []string{
		"broken b pass -> lax", "broken c fail -> error", "broken h info -> fail", "fixed d lax -> pass",
		"changed e pass -> skip", "changed f skip -> pass", "new new fail", "gone g fail",
		"3 broken, 1 fixed, 2 changed, 1 new, 1 gone, 1 the same",
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

func TestWhatIsKnownIsNoSurprise(t *testing.T) {
	set := func(ids ...string) map[string]bool {
		m := map[string]bool{}
		for _, id := range ids {
			m[id] = true
		}
		return m
	}
	for name, test := range map[string]struct {
		known     Known
		report    string
		bad, good string
	}{
		"nothing is known":                      {Known{}, "a/fail b/lax c/error d/skip", "a c", ""},
		"strict":                                {Known{Strict: true}, "a/pass b/lax", "b", ""},
		"known to fail":                         {Known{Failing: set("a", "b")}, "a/fail b/error", "", ""},
		"known to fail, and passes":             {Known{Failing: set("a", "b", "c", "d")}, "a/pass b/lax c/info d/skip", "", "a b c"},
		"known to fail, and lax, which fails":   {Known{Failing: set("a"), Strict: true}, "a/lax", "", ""},
		"flaky":                                 {Known{Flaky: set("a", "b"), Failing: set("b")}, "a/fail b/pass", "", ""},
		"as bad as the baseline":                {Known{Baseline: verdictsReport("a/fail b/lax c/error")}, "a/fail b/lax c/fail", "", ""},
		"worse than the baseline":               {Known{Baseline: verdictsReport("a/pass b/pass c/fail d/skip")}, "a/lax b/fail c/error d/fail", "a b c d", ""},
		"new since the baseline":                {Known{Baseline: verdictsReport("a/pass")}, "b/fail c/lax d/pass", "", ""},
		"better than the baseline":              {Known{Baseline: verdictsReport("a/fail")}, "a/pass", "", ""},
		"worse than the baseline, but known to": {Known{Baseline: verdictsReport("a/pass"), Failing: set("a")}, "a/fail", "", ""},
	} {
		s := test.known.Surprises(verdictsReport(test.report))
		if bad, good := idsOf(s.Bad), idsOf(s.Good); bad != test.bad || good != test.good {
			t.Errorf("%s: bad %q, good %q, want %q and %q", name, bad, good, test.bad, test.good)
		}
	}
}

func idsOf(list []*runner.Result) string {
	var ids []string
	for _, r := range list {
		ids = append(ids, r.Case.ID)
	}
	return strings.Join(ids, " ")
}

func TestTheListOfKnownFailuresIsOneForTheSelection(t *testing.T) {
	var b strings.Builder
	r := empty()
	r.Results = []runner.Result{failure(), result("own/b", "6455-5.4-1", cases.Lax, ""), result("own/a", "6455-5.4-1", cases.Failed, "")}
	r.Target += "\n" + nasty
	if err := WriteKnown(&b, r, false); err != nil {
		t.Fatal(err)
	}
	want := "# What ws://127.0.0.1:9001/ fails, for --known-failing @FILE.\n\n# RFC 6455 5.4\nown/a\n\n# RFC 6455 7.4.1\nclose/code-1005-on-the-wire\n"
	if d := cmp.Diff(want, b.String()); d != "" {
		t.Error(d)
	}
}
