package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/wsspec/wsspec/browser"
	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/reports"
	"github.com/wsspec/wsspec/runner"
)

// useSteps are more steps than a use has, each of which may take the timeout.
const useSteps = 8

// use has a page use the server, and tells how that went.
func (f *browserFlags) use(cmd *cobra.Command) error {
	options, err := f.options()
	if err != nil {
		return &exitError{exitUsage, err}
	}
	target, err := runner.URL(f.url, options)
	if err != nil {
		return &exitError{exitUsage, err}
	}
	b, err := f.browserChoice.start(cmd.Context(), browser.Options{Relay: true, Insecure: f.insecure})
	if err != nil {
		return err
	}
	defer b.Close()
	patience := f.timeout
	if patience <= 0 {
		patience = 24 * time.Hour
	}
	ctx, cancel := context.WithTimeout(cmd.Context(), useSteps*patience)
	defer cancel()
	u, err := b.Use(ctx, f.url, f.subprotocols, patience)
	if err != nil {
		return &exitError{exitTrouble, err}
	}
	over := relayedTo(b.Relayed(), f.url)
	if over != nil && over.Error != "" {
		return &exitError{exitTrouble, fmt.Errorf("%s: %s", target, over.Error)}
	}
	out := cmd.OutOrStdout()
	fmt.Fprintf(out, "%s uses %s from a page of %s\n", b, target, b.Origin())
	tellUse(out, &u)
	if u.Failed() || f.verbose {
		options.Origin = b.Origin()
		r := resultOfUse(&u, over, f.explained(cmd.Context(), options))
		fmt.Fprintf(out, "\n%s", r.Block(""))
	}
	if u.Failed() {
		fmt.Fprintln(out, "\na browser cannot use it")
		return &exitError{exitVerdict, nil}
	}
	fmt.Fprintln(out, "\na browser can use it")
	return nil
}

// tellUse tells the steps.
func tellUse(w io.Writer, u *browser.Use) {
	line := func(step, how string) { fmt.Fprintf(w, "  %-8s  %s\n", step, reports.Visible(how)) }
	open, end := u.Seen.Last("open"), u.Seen.Last("close")
	if open == nil {
		line("opens", "no")
		return
	}
	with := []string{fmt.Sprintf("after %.0f ms", open.At)}
	if u.Seen.Protocol != "" {
		with = append(with, "subprotocol "+u.Seen.Protocol)
	}
	if u.Seen.Extensions != "" {
		with = append(with, u.Seen.Extensions)
	}
	line("opens", strings.Join(with, ", "))
	var same []string
	for _, e := range u.Echoes {
		switch {
		case e.Same:
			same = append(same, e.Kind)
		case e.Came:
			line("answers", e.Kind+" with another message")
		default:
			line("echoes", "no "+e.Kind)
		}
	}
	if len(same) > 0 {
		line("echoes", strings.Join(same, ", "))
	}
	switch {
	case end == nil:
		line("closes", "not in time")
	default:
		line("closes", strings.TrimPrefix(end.String(), "close "))
	}
}

// resultOfUse is the use as the result of a case, so that it looks like one.
func resultOfUse(u *browser.Use, over *browser.Relayed, explained []string) *runner.Result {
	r := &runner.Result{Case: cases.Case{ID: "browser/use", Title: "a page opens a connection, uses it and closes it"}}
	account := &browser.Account{Seen: u.Seen}
	if u.Failed() {
		r.Verdict, r.Expected, r.Got = cases.Failed, "open, then a clean close", strings.TrimPrefix(account.Error(), "the page saw: ")
		if r.Explanation = explained; explained == nil {
			r.Explanation = browser.Explain(&u.Seen.DevTools)
		}
		r.Explanation = append(r.Explanation, browser.Shown(&u.Seen.DevTools)...)
	}
	if n := len(u.Seen.Events); n > 0 {
		r.Duration = time.Duration(u.Seen.Events[n-1].At * float64(time.Millisecond))
	}
	r.Transcript.Entries = entriesOf(over, &u.Seen.DevTools)
	r.Seen = &u.Seen
	return r
}

// entriesOf are the octets of the opening handshake, as the browser sends and receives
// them, and the first behind it. Where there is TLS, developer tools tell them.
func entriesOf(over *browser.Relayed, shown *browser.DevTools) []runner.Entry {
	message := func(at time.Duration, d runner.Direction, raw []byte) runner.Entry {
		return runner.Entry{At: at, Direction: d, Kind: runner.EntryHTTP, Raw: raw, Size: len(raw)}
	}
	switch {
	case over == nil:
		return nil
	case !bytes.HasPrefix(over.Sent, []byte("GET ")) && shown.Status > 0:
		return []runner.Entry{message(0, runner.Sent, []byte(shown.Request)), message(over.Answered, runner.Received, []byte(shown.Response))}
	case !bytes.HasPrefix(over.Sent, []byte("GET ")):
		return []runner.Entry{{Direction: runner.Remark, Meaning: "the octets are those of TLS"}}
	}
	request, _ := splitHead(over.Sent)
	response, rest := splitHead(over.Received)
	entries := []runner.Entry{message(0, runner.Sent, request)}
	if len(response) > 0 {
		entries = append(entries, message(over.Answered, runner.Received, response))
	}
	if len(rest) > 0 {
		entries = append(entries, runner.Entry{At: over.Answered, Direction: runner.Received, Kind: runner.EntryOctets,
			Raw: rest, Size: len(rest), Meaning: "octets behind the header"})
	}
	return entries
}

// splitHead splits octets behind the first empty line, whatever ends it, as a lenient
// receiver does.
func splitHead(b []byte) (head, rest []byte) {
	for at := 0; at < len(b); {
		n := bytes.IndexByte(b[at:], '\n')
		if n < 0 {
			break
		}
		line := bytes.TrimSuffix(b[at:at+n], []byte("\r"))
		if at += n + 1; len(line) == 0 {
			return b[:at], b[at:]
		}
	}
	return b, nil
}

// relayedTo is the last connection that went to the host of the URL.
func relayedTo(list []browser.Relayed, rawURL string) *browser.Relayed {
	u, err := url.Parse(rawURL)
	if err != nil {
		return nil
	}
	port := u.Port()
	switch {
	case port != "":
	case strings.EqualFold(u.Scheme, "wss"):
		port = "443"
	default:
		port = "80"
	}
	address := net.JoinHostPort(u.Hostname(), port)
	for i := len(list) - 1; i >= 0; i-- {
		if strings.EqualFold(list[i].Address, address) {
			return &list[i]
		}
	}
	return nil
}

// explained is what the suite has to say to the answer that the same server gives to an
// opening handshake of its own.
func (f *browserFlags) explained(ctx context.Context, o runner.TargetOptions) []string {
	target, err := runner.URL(f.url, o)
	if err != nil {
		return nil
	}
	list, err := cases.Select(cases.All(), []string{"handshake/rfc-sample"}, nil)
	if err != nil {
		return nil
	}
	report, err := runner.Run(ctx, target, list, runner.Options{NoEcho: true, Timeout: noneIfZero(f.timeout)})
	if err != nil || errors.Is(ctx.Err(), context.Canceled) {
		return nil
	}
	return report.Results[0].Explanation
}
