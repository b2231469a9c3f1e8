//go:build unix

package runner

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/wsspec/wsspec/cases"
)

// visitAsChild plays a client that is a program.
func visitAsChild(args []string) int {
	call, how := Call{}, ""
	for _, arg := range args {
		switch name, value, _ := strings.Cut(arg, "="); name {
		case "url":
			call.URL = value
		case "subprotocols":
			call.Subprotocols = strings.Split(value, ",")
		case "extensions":
			call.Extensions = value
		case "how":
			how = value
		}
	}
	switch how {
	case "refuses":
		fmt.Print("no\x1b[31m cheese\ntoday\n")
		return 3
	case "stays", "leaves-another":
		signal.Ignore(syscall.SIGTERM)
		(&tiny{}).Connect(context.Background(), call)
		if how == "stays" {
			select {}
		}
		c := exec.Command(os.Args[0])
		c.Env = append(os.Environ(), "RUNNER_TEST_ROLE=obstinate")
		c.Stdout, c.Stderr = os.Stdout, os.Stderr
		if c.Start() != nil {
			return 7
		}
		return 0
	}
	if err := (&tiny{}).Connect(context.Background(), call); err != nil {
		fmt.Println(err)
		return 1
	}
	return 0
}

// child is the command of a client that is a child of this test.
func childCommand(t *testing.T, args ...string) Client {
	t.Helper()
	t.Setenv("RUNNER_TEST_ROLE", "visits")
	c, err := Command(append([]string{os.Args[0]}, args...))
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestAProgramIsTestedAsAClientIs(t *testing.T) {
	gate(t)
	c := childCommand(t, "url={url}", "subprotocols={subprotocols}", "extensions={extensions}")
	if got := unlike(mustRunClient(t, c, clientSample(), Options{Parallel: 4})); len(got) > 0 {
		t.Errorf("%q", got)
	}
}

func TestAProgramWithoutPlaceholdersIsNotSteered(t *testing.T) {
	gate(t)
	r := mustRunClient(t, childCommand(t, "url={url}"), clientSample()[9:16], Options{Parallel: 4})
	want := []string{
		"t/deflate skip: the client does not offer permessage-deflate", "t/deflate-answered skip: the client does not offer permessage-deflate",
		"t/subprotocol skip: the client does not offer the subprotocols chat and superchat",
		"t/dial-subprotocols skip: the client cannot be told which subprotocols to offer",
		"t/dial-extensions skip: the client has no means to make the call: the command has no {extensions}",
	}
	if d := cmp.Diff(want, unlike(r)); d != "" {
		t.Error(d)
	}
}

func TestWhatAProgramPrintsIsToldWhereItDoesNotPass(t *testing.T) {
	gate(t)
	_, err := RunClient(t.Context(), childCommand(t, "how=refuses", "url={url}"), nil, Options{})
	const want = "the client makes no connection: the command ended: exit status 3: today"
	if !errors.Is(err, ErrUnreachable) || !strings.HasSuffix(err.Error(), want) {
		t.Errorf("error %v, want %s", err, want)
	}
	open := forClient("t/open", nil, cases.Respond(cases.Status("404 Not Found"), cases.Add("Content-Length", "0")), cases.Alive())
	r := mustRunClient(t, childCommand(t, "url={url}"), []cases.Case{open}, Options{}).Results[0]
	if s := r.Block(""); !strings.Contains(s, "ms: exit status 1\n") || !strings.Contains(s, "it printed: ") {
		t.Errorf("%v\n%s", r.Verdict, s)
	}
}

// A program that has let go of its connection, and stays, is ended with whatever
// it has started.
func TestAProgramThatStaysIsEnded(t *testing.T) {
	for _, how := range []string{"stays", "leaves-another"} {
		t.Run(how, func(t *testing.T) {
			knocks := gate(t)
			c := childCommand(t, "how="+how, "url={url}")
			l, err := net.Listen("tcp", "127.0.0.1:0")
			if err != nil {
				t.Fatal(err)
			}
			l.Close()
			ctx, cancel := context.WithTimeout(t.Context(), 500*ms)
			defer cancel()
			began := time.Now()
			err = c.Connect(ctx, Call{URL: "ws://" + l.Addr().String() + "/"})
			if d := time.Since(began); err == nil || d > 500*ms+returnWithin {
				t.Errorf("%v after %v", err, d)
			}
			isGone(t, <-knocks)
		})
	}
}

func TestACommandForAClientMustHaveAPlaceForTheURL(t *testing.T) {
	for _, args := range [][]string{nil, {}, {""}, {"x"}, {"x", "url"}, {"{url}"}} {
		if c, err := Command(args); err == nil {
			t.Errorf("%q: %v", args, c)
		}
	}
}

func TestPlaceholdersAreFilled(t *testing.T) {
	call := Call{URL: "ws://h/{extensions}", Subprotocols: []string{"a", "b"}, Extensions: "x; y"}
	args := []string{"x{url}", "-u", "{url}", "--p={subprotocols}", "-H", "--e={extensions} {url}", "{}"}
	for _, test := range []struct {
		call Call
		want []string
	}{
		{call, []string{"x{url}", "-u", "ws://h/{extensions}", "--p=a,b", "-H", "--e=x; y ws://h/{extensions}", "{}"}},
		{Call{URL: "ws://h/"}, []string{"x{url}", "-u", "ws://h/", "-H", "{}"}},
	} {
		if d := cmp.Diff(test.want, command(args).arguments(test.call)); d != "" {
			t.Error(d)
		}
	}
	if got := command([]string{"a b", "{url}", "it's"}).String(); got != `'a b' {url} 'it'\''s'` {
		t.Errorf("%s", got)
	}
}
