package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"
	"unicode/utf8"

	"golang.org/x/term"

	"github.com/wsspec/wsspec/reference"
	"github.com/wsspec/wsspec/reports"
)

// mostTyped is the longest line that is a message.
const mostTyped = 64 << 20

// A talk is one connection of the connect command.
type talk struct {
	*connectFlags
	conn        *reference.Conn
	url         string
	out, errOut io.Writer
	bare        bool // what comes is printed as it is: nobody's terminal gets it
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

// run talks until the connection has ended.
func (t *talk) run(ctx context.Context, in io.Reader) error {
	ended := make(chan error, 1)
	go func() { ended <- t.read() }()
	lines, failed := t.lines(in)
	for {
		select {
		case <-ctx.Done():
			return t.interrupted(ended)
		case err := <-ended:
			return t.end(ctx, err)
		case line, more := <-lines:
			if !more {
				return t.leave(ctx, ended, <-failed)
			}
			if !t.binary && len(t.faults) == 0 && !utf8.ValidString(line) {
				t.conn.Close(reference.StatusNormalClosure, "")
				return usage("%.100q is not UTF-8, and text has to be (--binary sends it all the same)", line)
			}
			if t.send(ctx, line) != nil { // the connection ends, or the signal has come
				t.conn.CloseNow()
				return t.end(ctx, <-ended)
			}
		}
	}
}

// lines are the messages to send; nil has nothing to send, and no end. What went
// wrong at their end comes behind them.
func (t *talk) lines(in io.Reader) (<-chan string, <-chan error) {
	lines, failed := make(chan string), make(chan error, 1)
	switch {
	case t.echo:
		return nil, nil
	case t.messages != nil:
		go func() {
			for _, message := range t.messages {
				lines <- message
			}
			close(failed)
			close(lines)
		}()
	default: // a read of a terminal cannot be called off: it ends with the program
		go func() {
			s := bufio.NewScanner(in)
			s.Buffer(nil, mostTyped)
			for s.Scan() {
				lines <- s.Text()
			}
			if err := s.Err(); err != nil {
				failed <- fmt.Errorf("input: %w", err)
			}
			close(failed)
			close(lines)
		}()
	}
	return lines, failed
}

func (t *talk) send(ctx context.Context, line string) error {
	typ := reference.Text
	if t.binary {
		typ = reference.Binary
	}
	return t.conn.Write(ctx, typ, []byte(line))
}

// leave closes when there is no more to send.
func (t *talk) leave(ctx context.Context, ended <-chan error, failed error) error {
	timer := time.NewTimer(t.wait)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return t.interrupted(ended)
	case err := <-ended:
		return t.end(ctx, err)
	case <-timer.C:
	}
	if err := t.closes(); err != nil {
		t.conn.CloseNow()
		<-ended
		return usage("%w", err)
	}
	timer.Reset(t.timeout)
	var err error
	select {
	case <-ctx.Done():
		t.conn.CloseNow()
		err = <-ended
	case <-timer.C:
		t.conn.CloseNow()
		<-ended
		return &exitError{exitTrouble, fmt.Errorf("%s: %w", t.url, errNotAnswered)}
	case err = <-ended:
	}
	if failed != nil {
		return usage("%w", failed)
	}
	return t.end(ctx, err)
}

var errNotAnswered = errors.New("the server does not answer the Close frame")

// read prints or echoes messages until the connection ends, and tells why.
func (t *talk) read() error {
	ctx := context.Background()
	for {
		typ, p, err := t.conn.Read(ctx)
		switch {
		case err != nil:
			return err
		case t.echo:
			if err := t.conn.Write(ctx, typ, p); err != nil {
				return err
			}
		default:
			t.print(typ, p)
		}
	}
}

// print prints a message: text as it is where no terminal would be steered by it,
// and binary as octets.
func (t *talk) print(typ reference.MessageType, p []byte) {
	text := string(p)
	switch {
	case typ == reference.Binary:
		text = fmt.Sprintf("binary, %d octets: % x", len(p), p)
	case !t.bare:
		text = reports.Visible(text)
	}
	fmt.Fprintln(t.out, text)
}

func (t *talk) tell(format string, args ...any) {
	if !t.quiet {
		fmt.Fprintln(t.errOut, reports.Visible(fmt.Sprintf(format, args...)))
	}
}
