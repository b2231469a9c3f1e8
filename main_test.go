package main

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"

	"github.com/wsspec/wsspec/cases"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"wsspec":  main,
		"peer":    func() { os.Exit(peerCommand(os.Args[1:], os.Stderr)) },
		"visitor": func() { os.Exit(visitorCommand(os.Args[1:], os.Stdout)) },
		"driver":  func() { os.Exit(driverCommand(os.Args[1:], os.Stderr)) },
	})
}

// The scripts in testdata/script use the command line as people do. Beside the
// commands of testscript they have
//
//	code N COMMAND...        the command ends with the exit code
//	server KIND [NAME]       a server of the kind, at $NAME (URL by default) and $ADDRESS
//	connected N              waits for so many connections to it, if it is a peer
//	requests                 the header fields that the server "recorder" got
//	port                     a port of loopback that nothing listens on, in $PORT
//	certificate HOST         ca.pem, server.pem, server.key, client.pem, client.key
//	serve ARG...             wsspec serve, at $URL
//	interrupt                SIGINT to it, and its exit code is 0
//	served PATTERN           what it has said on its standard error, once it has ended
//	visit URL STEP...        a client of it that hears HEARD, or says SAID and hears HEARD for SAID>HEARD
//	listening ARG...         wsspec listen, at $URL
//	killed TEXT ARG...       wsspec, killed when it prints a line with the text
//	mode MODE ARG...         a server of wsspec autobahn, at $URL
//	ended N                  waits for its end with the exit code; it printed the file listen.out
//	interrupted N            SIGINT to it, and its end
//	slain                    SIGKILL to it, and its end
//	appears TEXT FILE        waits until the file is there and holds the text
//	parses FILE PATTERN...   the file holds the cases that the patterns select
func TestScripts(t *testing.T) { runScripts(t, "testdata/script") }

// The reference is held to times, so that nothing else runs beside it.
func TestTheReferenceConforms(t *testing.T) { runScripts(t, "testdata/alone") }

func runScripts(t *testing.T, folder string) {
	testscript.Run(t, testscript.Params{
		Dir:                 folder,
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		UpdateScripts:       os.Getenv("UPDATE_SCRIPTS") != "",
		Setup: func(e *testscript.Env) error {
			e.Values[stateKey{}] = &scriptState{}
			e.Setenv("GORACE", "atexit_sleep_ms=0") // else each command lingers for a second under -race
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"code":        code,
			"server":      server,
			"requests":    requests,
			"connected":   connected,
			"port":        port,
			"certificate": certificate,
			"serve":       serve,
			"interrupt":   interrupt,
			"served":      served,
			"visit":       visit,
			"listening":   listening,
			"killed":      killed,
			"mode":        mode,
			"ended":       ended,
			"interrupted": interrupted,
			"slain":       slain,
			"appears":     appears,
			"parses":      parses,
		},
	})
}

type stateKey struct{}

// scriptState is what the commands of one script share.
type scriptState struct {
	recorder  recorder
	serving   *exec.Cmd
	served    *bytes.Buffer // what it says on its standard error; complete when it has ended
	connected chan struct{}
	copied    chan struct{} // closed when wsspec listen prints no more
}

func stateOf(ts *testscript.TestScript) *scriptState { return ts.Value(stateKey{}).(*scriptState) }

func code(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: code N COMMAND...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	var exit *exec.ExitError
	if err := ts.Exec(args[1], args[2:]...); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

func port(ts *testscript.TestScript, neg bool, args []string) {
	_, number, err := net.SplitHostPort(freeAddress(ts))
	ts.Check(err)
	ts.Setenv("PORT", number)
}

// freeAddress is an address on which nothing listens until the script has
// something listen there. Its port is below those that systems hand out by
// themselves. Other scripts, also those of other processes, are kept from it by the
// UDP port of the number, which is held until the script ends.
func freeAddress(ts *testscript.TestScript) string {
	for range 1000 {
		address := fmt.Sprintf("127.0.0.1:%d", 10000+rand.IntN(20000))
		hold, err := net.ListenPacket("udp", address)
		if err != nil {
			continue
		}
		l, err := net.Listen("tcp", address)
		if err != nil {
			hold.Close()
			continue
		}
		l.Close()
		ts.Defer(func() { hold.Close() })
		return address
	}
	ts.Fatalf("no port is free")
	return ""
}

func parses(ts *testscript.TestScript, neg bool, args []string) {
	got, err := cases.Parse(args[0], []byte(ts.ReadFile(args[0])))
	ts.Check(err)
	want, err := cases.Select(cases.All(), args[1:], nil)
	ts.Check(err)
	if diff := cmp.Diff(formatAll(want), formatAll(got)); diff != "" || neg {
		ts.Fatalf("the cases are others (-want +got):\n%s", diff)
	}
}

func formatAll(list []cases.Case) string {
	var b strings.Builder
	for _, c := range list {
		b.WriteString(cases.Format(c))
	}
	return b.String()
}
