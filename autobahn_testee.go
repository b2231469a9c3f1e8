package main

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net/url"
	"strconv"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"github.com/wsspec/wsspec/reference"
)

const (
	// caseWithin is how long a fuzzing server may take over one case.
	caseWithin = 20 * time.Minute
	// answerWithin is how long it may take over a question, or to write reports.
	answerWithin = 5 * time.Minute
)

// A testee is the client that a fuzzing server tests: the reference.
type testee struct {
	url   url.URL
	agent string
}

// testeeClient runs all cases of a fuzzing server, and has it write its reports.
func (f *autobahnFlags) testeeClient(cmd *cobra.Command) error {
	u, err := f.server(f.uri())
	if err != nil {
		return &exitError{exitUsage, err}
	}
	ctx, t := cmd.Context(), &testee{url: *u, agent: cmp.Or(f.ident, "wsspec")}
	text, err := t.ask(ctx, "/getCaseCount", nil)
	if err != nil {
		return notReached(ctx, u.String(), err)
	}
	count, err := strconv.Atoi(text)
	if err != nil || count < 0 {
		return &exitError{exitTrouble, fmt.Errorf("%s: /getCaseCount is answered with %.100q, which is no number", u, text)}
	}
	says(cmd, "%s has %d cases for %s", u, count, t.agent)
	for n := 1; n <= count; n++ {
		switch err := t.run(ctx, n); {
		case ctx.Err() != nil:
			return &exitError{exitTrouble, fmt.Errorf("stopped at case %d of %d", n, count)}
		case errors.Is(err, syscall.ECONNREFUSED):
			return &exitError{exitTrouble, fmt.Errorf("the server is gone at case %d of %d: %w", n, count, err)}
		case err != nil:
			complain(cmd.ErrOrStderr(), fmt.Errorf("case %d: %w", n, err))
		}
	}
	if _, err := t.ask(ctx, "/updateReports", url.Values{"agent": {t.agent}}); err != nil {
		return &exitError{exitTrouble, fmt.Errorf("%s: /updateReports: %w", u, err)}
	}
	says(cmd, "the reports are written")
	return nil
}

// open opens a control URL, or a case.
func (t *testee) open(ctx context.Context, path string, query url.Values) (*reference.Conn, error) {
	u := t.url
	u.Path, u.RawPath, u.RawQuery = path, "", query.Encode()
	return call(ctx, u.String(), []reference.DeflateOptions{{}})
}

// run echoes until the case has ended. How it ends is for the server to judge; an
// error is that of a server that does not end it.
func (t *testee) run(ctx context.Context, n int) error {
	ctx, cancel := context.WithTimeout(ctx, caseWithin)
	defer cancel()
	c, err := t.open(ctx, "/runCase", url.Values{"case": {strconv.Itoa(n)}, "agent": {t.agent}})
	if err != nil {
		return err
	}
	defer c.CloseNow()
	reference.Echo(ctx, c)
	if ctx.Err() != nil {
		c.Close(reference.StatusGoingAway, "")
	}
	return ctx.Err()
}

// ask is the one message that is said on a connection, if any.
func (t *testee) ask(ctx context.Context, path string, query url.Values) (text string, err error) {
	ctx, cancel := context.WithTimeout(ctx, answerWithin)
	defer cancel()
	c, err := t.open(ctx, path, query)
	if err != nil {
		return "", err
	}
	defer c.CloseNow()
	for {
		_, p, err := c.Read(ctx)
		if _, closed := errors.AsType[*reference.CloseError](err); closed {
			return text, nil
		}
		if err != nil {
			return "", err
		}
		text = string(p)
	}
}
