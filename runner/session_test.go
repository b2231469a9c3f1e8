package runner

import (
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wsspec/wsspec/cases"
)

// sessionList is what a run needs to judge a session: some connections, and the
// cases that are about all of them.
func sessionList(connections int) []cases.Case {
	var list []cases.Case
	for _, c := range cases.All() {
		if slices.Contains(c.Needs, cases.Session) {
			list = append(list, c)
		}
	}
	for i := range connections {
		list = append(list, forClient(fmt.Sprintf("t/%d", i), nil, cases.Alive(), cases.Close(1000)))
	}
	return list
}

func TestWhatAClientChoosesAtRandomIsJudgedOverTheRun(t *testing.T) {
	var counter atomic.Uint32
	constant := func() []byte { return []byte("the sample nonce") }
	counting := func() []byte { return binary.BigEndian.AppendUint64(make([]byte, 8, 16), uint64(counter.Add(1))) }
	count := func() (k [4]byte) { binary.BigEndian.PutUint32(k[:], counter.Add(1)); return k }
	replace := func(old, new string) func(string) string {
		return func(s string) string { return strings.Replace(s, old, new, 1) }
	}
	for _, test := range []struct {
		name   string
		client tiny
		want   []string
	}{
		{"right", tiny{}, nil},
		{"one key", tiny{key: func() [4]byte { return [4]byte{} }}, []string{
			"session/fresh-masking-keys 6455-5.3-3", "session/random-masking-keys 6455-5.3-4", "session/unpredictable-masking-keys 6455-5.3-5"}},
		{"a counter", tiny{key: count}, []string{"session/random-masking-keys 6455-5.3-4", "session/unpredictable-masking-keys 6455-5.3-5"}},
		{"one nonce", tiny{nonce: constant}, []string{"session/fresh-nonces 6455-4.1-29"}},
		{"counted nonces", tiny{nonce: counting}, []string{"session/fresh-nonces 6455-4.1-29"}},
		{"no origin", tiny{fields: "Origin: nowhere\r\n"}, []string{"session/opening-handshakes 6455-4.1-31"}},
		{"an offer that is none", tiny{offers: "permessage-deflate; server_max_window_bits", stubborn: true}, []string{"session/opening-handshakes 7692-7.1.2.1-2"}},
		{"no version", tiny{edit: replace("Sec-WebSocket-Version: 13\r\n", "")}, []string{"session/opening-handshakes 6455-4.1-33"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := mustRunClient(t, &test.client, sessionList(100), Options{})
			var got []string
			for _, v := range r.Results {
				if v.Verdict != cases.Pass && v.Verdict != cases.Skipped {
					got = append(got, strings.TrimSpace(v.Case.ID+" "+v.Requirement))
				}
			}
			if d := cmp.Diff(test.want, got); d != "" {
				t.Errorf("%s\n%s", d, r.Results[2].Block(""))
			}
		})
	}
}

// What all requests have wrong is told once, and by the cases that are about it.
func TestOneFaultOfAllRequestsIsToldOnce(t *testing.T) {
	about := forClient("t/about", nil, cases.Respond(), cases.Alive(), cases.Close(1000))
	about.Refs = []string{"6455-4.1-33"}
	asked := forClient("t/asked", needDial, cases.Dial(""), cases.Expect(cases.Requested("")))
	list := append(sessionList(1), about, asked, forClient("t/answered", nil, cases.Respond(), cases.Alive(), cases.Close(1000)))
	for name, test := range map[string]struct {
		edit func(string) string
		want map[string]cases.Verdict
	}{
		"one that cannot be answered": {
			func(s string) string { return strings.Replace(s, "Sec-WebSocket-Version: 13\r\n", "", 1) },
			map[string]cases.Verdict{"t/0": cases.Skipped, "t/about": cases.Failed, "t/asked": cases.Skipped, "t/answered": cases.Skipped},
		},
		"one that can": {
			func(s string) string { return strings.Replace(s, "\r\n\r\n", "\r\nOrigin: nowhere\r\n\r\n", 1) },
			map[string]cases.Verdict{"t/0": cases.Pass, "t/about": cases.Pass, "t/asked": cases.Pass, "t/answered": cases.Pass},
		},
	} {
		r := mustRunClient(t, &tiny{edit: test.edit}, list, Options{})
		got := verdicts(r)
		for id, want := range test.want {
			if got[id] != want {
				t.Errorf("%s: %s: %v, want %v", name, id, got[id], want)
			}
		}
		if got["session/opening-handshakes"] != cases.Failed {
			t.Errorf("%s: %q", name, outcomes(r))
		}
	}
}

func TestTooLittleIsNotJudged(t *testing.T) {
	s := &session{}
	for _, c := range sessionList(0) {
		if r := s.judge(&c); r.Verdict != cases.Skipped || !strings.HasPrefix(r.Reason, "too little to judge: 0 ") {
			t.Errorf("%s: %v, %q", c.ID, r.Verdict, r.Reason)
		}
	}
}
