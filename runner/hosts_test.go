package runner

import (
	"context"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/wsspec/wsspec/cases"
)

// A case that tells the client to open localhost finds the run there, wherever the
// others are played.
func TestHostsTakeTurnsButForCasesWithTheirOwnURL(t *testing.T) {
	var list []cases.Case
	for _, id := range []string{"t/a", "t/b", "t/c", "t/d"} {
		list = append(list, forClient(id, nil, cases.Alive(), cases.Close(1000)))
		list = append(list, forClient(id+"-dial", needDial, cases.Dial("ws://LOCALHOST:{port}/x"), cases.Expect(cases.Requested("/x"))))
	}
	var mu sync.Mutex
	opened := map[string][]string{} // hosts
	honest := &tiny{}
	client := &tiny{connector: func(ctx context.Context, call Call) error {
		u, err := url.Parse(call.URL)
		if err != nil {
			return err
		}
		mu.Lock()
		kind := map[bool]string{true: "told", false: "own"}[u.Path == "/x"]
		opened[kind] = append(opened[kind], strings.ToLower(u.Hostname()))
		mu.Unlock()
		return honest.Connect(ctx, call)
	}}
	r := mustRunClient(t, client, list, Options{Hosts: Loopbacks()})
	if !r.Conformant(true) || r.Count()[cases.Pass] != len(list) {
		t.Errorf("%q", outcomes(r))
	}
	slices.Sort(opened["own"])
	if hosts := slices.Compact(opened["own"]); len(hosts) < 4 {
		t.Errorf("the hosts are %q", hosts)
	}
}
