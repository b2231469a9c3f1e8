package runner

import (
	"context"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/wsspec/wsspec/cases"
)

// What another connection has disturbed is played again, with nothing else beside it.
func TestDisturbedCasesArePlayedAgainAlone(t *testing.T) {
	const n = 6
	var mu sync.Mutex
	calls, under, again := map[string]int{}, 0, 0
	good := &tiny{}
	client := &tiny{connector: func(ctx context.Context, c Call) error {
		_, id, ok := strings.Cut(c.URL, "/t/")
		if !ok {
			return good.Connect(ctx, c) // what a run learns
		}
		mu.Lock()
		calls[id]++
		call := calls[id]
		under++
		if call == 2 {
			again = max(again, under)
		}
		mu.Unlock()
		defer func() {
			mu.Lock()
			defer mu.Unlock()
			under--
		}()
		switch {
		case call == 1:
			mustDial(t, c).Close()
			return fmt.Errorf("started again: %w", ErrDisturbed)
		case id == "late": // before it has connected
			return ErrDisturbed
		}
		return good.Connect(ctx, c)
	}}
	list := []cases.Case{forClient("t/late", nil, cases.Alive(), cases.Close(1000))}
	for i := range n {
		list = append(list, forClient(fmt.Sprintf("t/%d", i), nil, cases.Alive(), cases.Close(1000)))
	}
	var told []int
	r := mustRunClient(t, client, list, Options{Parallel: n, OnResult: func(done, total int, _ Result) {
		if total != len(list) {
			t.Errorf("%d of %d", done, total)
		}
		told = append(told, done)
	}})
	if again != 1 || len(told) != len(list) || told[n] != n+1 || r.Trouble != "" {
		t.Errorf("%d side by side, told %v, trouble %q", again, told, r.Trouble)
	}
	if got := calls["late"]; got != 1+aloneAtMost || r.Results[0].Verdict != cases.Errored {
		t.Errorf("what is disturbed each time: %v after %d calls", r.Results[0].Verdict, got)
	}
	for _, result := range r.Results[1:] {
		if result.Verdict != cases.Pass {
			t.Error(result.Block(""))
		}
	}
}
