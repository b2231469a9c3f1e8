package main

import (
	"os"
	"strings"
	"testing"
)

// TestMain lets the test binary be the child, as the program is.
func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == serveArg {
		exit(serve(os.Args[2], os.Stdin, os.Stdout))
	}
	os.Exit(m.Run())
}

func TestMemoryOfAChildIsPrinted(t *testing.T) {
	var out strings.Builder
	if err := run(t.Context(), []string{"-n", "100", "-target", "gorilla"}, &out); err != nil {
		t.Fatal(err)
	}
	if got := strings.Count(out.String(), " KiB"); got != 11 {
		t.Errorf("got %d figures, want 11:\n%s", got, out.String())
	}
}

func TestMisuseIsAnError(t *testing.T) {
	for _, args := range [][]string{{"-target", "no such"}, {"-addr", "127.0.0.1:1"}} {
		if err := run(t.Context(), args, &strings.Builder{}); err == nil {
			t.Errorf("%q: no error", args)
		}
	}
}
