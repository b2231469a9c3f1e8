package main

import (
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/wsspec/wsspec/cases"
)

// TestMain lets the test binary be the child, as the program is.
func TestMain(m *testing.M) {
	if len(os.Args) == 3 && os.Args[1] == serveArg {
		exit(serve(os.Args[2], os.Stdin, os.Stdout))
	}
	os.Exit(m.Run())
}

func TestARunIsMeasured(t *testing.T) {
	var out strings.Builder
	profile := filepath.Join(t.TempDir(), "heap")
	args := []string{"-peer", "gorilla", "-slow", "2", "-memprofile", profile, "autobahn:1.1.*"}
	if err := run(t.Context(), args, &out, io.Discard); err != nil {
		t.Fatal(err)
	}
	row := regexp.MustCompile(`(?m)^\| 8 \| 8 pass \| 0\.2 MB \| [0-9.]+ s \| [0-9.]+ s \| [0-9.]+ s \| [1-9][0-9]* MiB \| [1-9][0-9]* MiB \|$`)
	if !row.MatchString(out.String()) || strings.Count(out.String(), "| pass |") != 2 {
		t.Errorf("got\n%s", out.String())
	}
	if info, err := os.Stat(profile); err != nil || info.Size() == 0 {
		t.Errorf("no profile: %v", err)
	}
}

func TestMisuseIsAnError(t *testing.T) {
	for _, args := range [][]string{{"-peer", "no such", "autobahn:1.1.1"}, {"no/such/case"}, {"-no-such-flag"}} {
		if err := run(t.Context(), args, io.Discard, io.Discard); err == nil {
			t.Errorf("%q: no error", args)
		}
	}
}

func TestRepeatedMessagesAreCounted(t *testing.T) {
	steps := []cases.Step{
		cases.Send(cases.Text("12345"), cases.Ping("1")),
		cases.Repeat(10, cases.Send(cases.BinaryOf(cases.Fill("x", 100))), cases.Repeat(2, cases.Send(cases.Text("1")))),
	}
	if got := sentBy(steps); got != 6+10*(100+2) {
		t.Errorf("%d octets", got)
	}
}
