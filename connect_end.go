package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/reference"
)

// interrupted closes because of a signal.
func (t *talk) interrupted(ended <-chan error) error {
	t.conn.Close(reference.StatusGoingAway, "")
	t.conn.CloseNow()
	<-ended
	return nil
}

// end tells how the connection ended. The error has the exit code.
func (t *talk) end(ctx context.Context, err error) error {
	if ctx.Err() != nil {
		return nil
	}
	closed, ok := errors.AsType[*reference.CloseError](err)
	if !ok {
		return atFault(t.url, err)
	}
	switch closed.Code {
	case reference.StatusNormalClosure, reference.StatusGoingAway, reference.StatusNoStatusReceived, reference.StatusCode(t.code):
		t.tell("closed with %s", named(closed))
		return nil
	}
	return &exitError{exitVerdict, fmt.Errorf("%s: the server closed with %s", t.url, named(closed))}
}

// named is the status code of a Close frame, and its reason.
func named(c *reference.CloseError) string {
	switch {
	case c.Code == reference.StatusNoStatusReceived:
		return "no code"
	case c.Reason == "":
		return fmt.Sprint(c.Code)
	}
	return fmt.Sprintf("%d %q", c.Code, c.Reason)
}

// notOpened is the error of a connection that was not opened. Before it was dialed,
// the words of the command line are to blame.
func notOpened(ctx context.Context, url string, err error, dialed bool) error {
	switch {
	case ctx.Err() != nil:
		return &exitError{exitTrouble, fmt.Errorf("%s: stopped before the connection was open", url)}
	case !dialed:
		return usage("%w", err)
	}
	return atFault(url, err)
}

// atFault is an error with the exit code: whether the server is wrong, or not there.
func atFault(url string, err error) error {
	if v, ok := errors.AsType[*reference.Violation](err); ok {
		return &exitError{exitVerdict, fmt.Errorf("%s: the server is wrong: %w%s", url, err, rule(v.Requirement))}
	}
	if _, refused := errors.AsType[*reference.Refusal](err); refused {
		return &exitError{exitVerdict, fmt.Errorf("%s: %w", url, err)}
	}
	if hint := hintOn(err); hint != "" {
		err = fmt.Errorf("%w (%s)", err, strings.TrimSuffix(hint, "; a command behind -- is started first"))
	}
	return &exitError{exitTrouble, fmt.Errorf("%s: %w", url, err)}
}

// rule is what a requirement says, for lines behind an error.
func rule(id string) string {
	r, ok := cases.FindRequirement(id)
	if !ok {
		return ""
	}
	return fmt.Sprintf("\n  rule  %s (%s): %s\n  spec  %s", id, r.Level, r.Text, r.URL())
}
