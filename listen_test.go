package main

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/wsspec/wsspec/reference"
)

// driverCommand is the command "driver URL AGENT [STEP...]": a client of Autobahn's
// fuzzing server, with the reference as what it tests. The steps are
//
//	count    asks for the number of cases
//	all      runs all cases, and asks for the status of the first
//	N        runs the case of that number
//	die      exits in the middle of a case
//	update   has the reports written
//	stop     ends the server
//
// and "count all update" without any.
func driverCommand(args []string, stderr io.Writer) int {
	d := &driver{url: strings.TrimSuffix(args[0], "/"), agent: args[1]}
	steps := args[2:]
	if len(steps) == 0 {
		steps = []string{"count", "all", "update"}
	}
	for _, step := range steps {
		if err := d.step(step); err != nil {
			fmt.Fprintln(stderr, "driver:", step, err)
			return 4
		}
	}
	return 0
}

type driver struct {
	url, agent string
	count      int
}

func (d *driver) step(step string) error {
	switch step {
	case "count":
		text, err := d.ask("/getCaseCount")
		if err != nil {
			return err
		}
		d.count, err = strconv.Atoi(text)
		return err
	case "all":
		for n := range d.count {
			if err := d.run(n + 1); err != nil {
				return err
			}
		}
		text, err := d.ask("/getCaseStatus?case=1&agent=" + url.QueryEscape(d.agent))
		if err == nil && text != `{"behavior":"OK"}` {
			err = errors.New(text)
		}
		return err
	case "die":
		if _, err := d.open(context.Background(), d.path(1)); err != nil {
			return err
		}
		os.Exit(0)
	case "update":
		_, err := d.ask("/updateReports?agent=" + url.QueryEscape(d.agent))
		return err
	case "stop":
		_, err := d.ask("/stopServer")
		return err
	}
	n, err := strconv.Atoi(step)
	if err != nil {
		return err
	}
	return d.run(n)
}

func (d *driver) path(n int) string {
	return fmt.Sprintf("/runCase?case=%d&agent=%s", n, url.QueryEscape(d.agent))
}

func (d *driver) open(ctx context.Context, path string) (*reference.Conn, error) {
	o := &reference.DialOptions{Deflate: []reference.DeflateOptions{{}}}
	o.ReadLimit, o.Coalesce = 64<<20, true
	o.TLS = &tls.Config{InsecureSkipVerify: true}
	c, _, err := reference.Dial(ctx, d.url+path, o)
	return c, err
}

// run echoes until the case has ended.
func (d *driver) run(n int) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	c, err := d.open(ctx, d.path(n))
	if err != nil {
		return err
	}
	defer c.CloseNow()
	reference.Echo(ctx, c)
	return nil
}

// ask is the one text that is said on a connection.
func (d *driver) ask(path string) (text string, err error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	c, err := d.open(ctx, path)
	if err != nil {
		return "", err
	}
	defer c.CloseNow()
	for {
		_, message, err := c.Read(ctx)
		if reference.CloseStatus(err) == reference.StatusNoStatusReceived {
			return text, nil
		}
		if err != nil {
			return "", err
		}
		text += string(message)
	}
}

// listening starts wsspec listen and waits until it says where.
func listening(ts *testscript.TestScript, neg bool, args []string) {
	background(ts, append([]string{"listen", "--listen", "127.0.0.1:0"}, args...))
}

// mode starts a server of wsspec autobahn and waits until it says where.
func mode(ts *testscript.TestScript, neg bool, args []string) {
	background(ts, append([]string{"autobahn", "--listen", "127.0.0.1:0", "-m"}, args...))
}

// background starts wsspec and waits until it says where it listens.
func background(ts *testscript.TestScript, args []string) {
	program, err := exec.LookPath("wsspec")
	ts.Check(err)
	cmd := exec.Command(program, args...)
	cmd.Dir = ts.MkAbs(".")
	cmd.Env = append(os.Environ(), "GORACE="+ts.Getenv("GORACE"))
	printed, err := os.Create(ts.MkAbs("listen.out"))
	ts.Check(err)
	cmd.Stderr = printed
	out, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	state, copied := stateOf(ts), make(chan struct{})
	state.serving, state.copied = cmd, copied
	ts.Defer(func() { cmd.Process.Kill(); cmd.Wait() })
	rd := bufio.NewReader(out)
	line, err := rd.ReadString('\n')
	if err != nil {
		ts.Fatalf("it does not listen: %v\n%s", err, ts.ReadFile("listen.out"))
	}
	io.WriteString(printed, line)
	ts.Setenv("URL", strings.Fields(line)[2])
	go func() {
		defer close(copied)
		defer printed.Close()
		io.Copy(printed, rd)
	}()
}

// interrupted interrupts what was started in the background, and waits for its end.
func interrupted(ts *testscript.TestScript, neg bool, args []string) {
	ts.Check(stateOf(ts).serving.Process.Signal(os.Interrupt))
	ended(ts, neg, args)
}

// ended waits for the end of wsspec listen.
func ended(ts *testscript.TestScript, neg bool, args []string) {
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	state := stateOf(ts)
	<-state.copied
	state.serving.Wait()
	if got := state.serving.ProcessState.ExitCode(); got != want {
		ts.Fatalf("exit code %d, want %d:\n%s", got, want, ts.ReadFile("listen.out"))
	}
}

// slain kills what was started in the background, as kill -9 does.
func slain(ts *testscript.TestScript, neg bool, args []string) {
	state := stateOf(ts)
	ts.Check(state.serving.Process.Kill())
	<-state.copied
	state.serving.Wait()
}

// appears waits until a file holds a text, for at most a minute.
func appears(ts *testscript.TestScript, neg bool, args []string) {
	again, over := time.NewTicker(10*time.Millisecond), time.After(time.Minute)
	defer again.Stop()
	for {
		if text, err := os.ReadFile(ts.MkAbs(args[1])); err == nil && strings.Contains(string(text), args[0]) {
			return
		}
		select {
		case <-again.C:
		case <-over:
			ts.Fatalf("%s does not come to hold %q", args[1], args[0])
		}
	}
}
