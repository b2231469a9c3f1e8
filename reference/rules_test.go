package reference

import (
	"io"
	"net/http"
	"strings"
	"testing"
)

// outcome runs a request through all that judges it, without a connection.
func outcome(r rules, request string) error {
	in := &headReader{src: strings.NewReader(request), rules: r}
	head, err := in.next(r.judgeRequestLine)
	if err != nil {
		return err
	}
	req, err := parseRequest(r, head)
	if err != nil {
		return err
	}
	opts := &Options{AllowedOrigins: []string{"http://good.test"}, rules: r}
	_, _, err = opts.answer(http.Header{}, req)
	return err
}

// Every rule is one question: whoever does not enforce it gets past it, and
// meets the rules behind it, until the request is accepted or cannot be read.
func TestRulesCanBeWaivedOneByOne(t *testing.T) {
	requests := []string{baseline("Origin: http://evil.test"), baseline("Origin: http://good.test", "+Origin: x")}
	for _, v := range verdicts {
		requests = append(requests, v.request)
	}
	broken := map[string]bool{}
	for _, request := range requests {
		waived := map[string]bool{}
		r := rules{enforced: func(id string) bool { return !waived[id] }}
		for {
			err := outcome(r, request)
			id := requirementOf(err)
			if id == "" || strings.HasPrefix(id, "no violation: ") {
				if err != nil && err != io.ErrUnexpectedEOF && err != io.EOF {
					t.Errorf("%.60q, %v waived: %v", request, waived, err)
				}
				break
			}
			if waived[id] {
				t.Errorf("%.60q: %s is waived and all the same %v", request, id, err)
				break
			}
			waived[id], broken[id] = true, true
		}
	}
	for _, id := range []string{
		"6455-4.2.1-1", "6455-4.2.1-2", "6455-4.2.1-3", "6455-4.2.1-4", "6455-4.2.1-6", "6455-4.2.1-7", "6455-4.2.1-8", "6455-4.2.1-9",
		"6455-4.2.1-11", "6455-4.2.1-12", "6455-4.2.2-7", "6455-4.2.2-9", "6455-4.1-37", "6455-4.3-1", "6455-10.4-1", "6455-11.3.1-1", "6455-11.3.5-2",
		"9112-2.2-1", "9112-2.2-2", "9112-2.2-4", "9112-3.2-1", "9112-5.1-1", "9112-5.2-1", "9112-6-1",
	} {
		if !broken[id] {
			t.Errorf("no request breaks %s", id)
		}
	}
}

func TestCite(t *testing.T) {
	for id, want := range map[string]string{
		"6455-4.2.1-7":   "RFC 6455, section 4.2.1",
		"7692-7.1.2.1-4": "RFC 7692, section 7.1.2.1",
		"6455-errata-1":  "RFC 6455, errata",
		"odd":            "odd",
	} {
		if got := cite(id); got != want {
			t.Errorf("%s: %q", id, got)
		}
	}
}
