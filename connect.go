package main

import (
	"cmp"
	"context"
	"fmt"
	"net"
	"net/http"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"github.com/wsspec/wsspec/reference"
)

// connectFlags are the flags of the connect command.
type connectFlags struct {
	targetFlags
	messages  []string
	binary    bool
	echo      bool
	wait      time.Duration
	timeout   time.Duration
	code      uint16
	noDeflate bool
	quiet     bool
	faults    []string
}

func connectCommand() *cobra.Command {
	var f connectFlags
	c := &cobra.Command{
		Use:   "connect URL",
		Short: "Be a reference client that does everything right, or wrong in a known way",
		Long: `connect opens a server, sends each line of its input as a text message, and prints
each message that comes. At the end of the input it closes with 1000; what the
server sends until it answers that is still printed. An interrupt closes with 1001.

With --fault it is wrong in exactly one way, or in several, for testing servers;
--fault list prints what there is. With --echo it sends back what comes instead.

Exit codes: 0 closed with 1000, 1001 or no code, or interrupted; 1 the server refused
the connection, closed it with another code, or broke a rule, which is named; 2 usage;
3 the server cannot be reached, or ended TCP without a Close frame.`,
		Example: `  wsspec connect ws://127.0.0.1:9001/
  wsspec connect ws://127.0.0.1:9001/ -x Hello -x again
  wsspec connect wss://localhost/ --ca ca.pem -H 'Authorization: Bearer x' --subprotocol chat < lines
  wsspec connect ws://127.0.0.1:9001/ --fault list
  wsspec connect ws://127.0.0.1:9001/ --fault frames-not-masked -x Hello   does the server notice?
  wsspec client -- wsspec connect {url} --echo --fault utf8-not-checked    do the cases?`,
		Args: func(_ *cobra.Command, args []string) error { return f.check(args) },
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd, args) },
	}
	s := c.Flags()
	f.targetFlags.register(s)
	s.StringArrayVarP(&f.messages, "execute", "x", nil, "send this `message` instead of lines of the input (repeatable)")
	s.BoolVar(&f.binary, "binary", false, "send binary messages")
	s.BoolVar(&f.echo, "echo", false, "send every message back, and nothing else")
	s.DurationVar(&f.wait, "wait", 0, "how long to wait for messages before closing")
	s.DurationVar(&f.timeout, "timeout", 10*time.Second, "for the opening handshake, and again for the closing handshake")
	s.Uint16Var(&f.code, "close", 1000, "close with this `code`; 0 for none")
	s.BoolVar(&f.noDeflate, "no-deflate", false, "do not offer permessage-deflate")
	s.BoolVarP(&f.quiet, "quiet", "q", false, "do not tell how the connection opens and closes")
	s.StringSliceVar(&f.faults, "fault", nil, "have the faults of these `ids`; list prints them (repeatable, or with commas)")
	return c
}

// list reports whether the faults are to be printed.
func (f *connectFlags) list() bool { return slices.Equal(f.faults, []string{"list"}) }

func (f *connectFlags) check(args []string) error {
	switch {
	case f.list():
		return nil
	case len(args) != 1:
		return usage("connect takes one URL, such as ws://127.0.0.1:9001/ (wsspec connect --help has examples)")
	case isAddress(args[0]):
		return usage("%q is no URL: write ws://%s", args[0], withPath(args[0]))
	case f.code == uint16(reference.StatusNoStatusReceived):
		return usage("--close 1005 cannot be sent: it stands for no code, which is 0 here")
	case f.echo && (f.messages != nil || f.binary):
		return usage("--echo sends what comes, and goes with neither --execute nor --binary")
	}
	if err := reference.CheckFaults(reference.ClientSide, f.faults...); err != nil {
		return usage("--fault: %w (--fault list prints them)", err)
	}
	return nil
}

func (f *connectFlags) run(cmd *cobra.Command, args []string) error {
	if f.list() {
		return printFaults(cmd.OutOrStdout(), reference.ClientSide)
	}
	o, err := f.dialOptions()
	if err != nil {
		return &exitError{exitUsage, err}
	}
	dialed := false
	o.NetDial = func(ctx context.Context, network, address string) (net.Conn, error) {
		dialed = true
		return new(net.Dialer).DialContext(ctx, network, address)
	}
	conn, _, err := reference.Dial(cmd.Context(), args[0], o)
	if err != nil {
		return notOpened(cmd.Context(), args[0], err, dialed)
	}
	defer conn.CloseNow()
	t := &talk{connectFlags: f, conn: conn, url: args[0], out: cmd.OutOrStdout(), errOut: cmd.ErrOrStderr()}
	t.bare = !isTerminal(t.out)
	t.opened()
	return t.run(cmd.Context(), cmd.InOrStdin())
}

func (f *connectFlags) dialOptions() (*reference.DialOptions, error) {
	target, err := f.options()
	if err != nil {
		return nil, err
	}
	o := &reference.DialOptions{Header: http.Header{}, Origin: target.Origin, Subprotocols: target.Subprotocols, TLS: target.TLS, HandshakeTimeout: f.timeout, Faults: f.faults}
	o.ReadLimit, o.CloseTimeout = -1, f.timeout
	if f.echo {
		o.ReadLimit, o.Coalesce = mostEchoed, true
	}
	for _, field := range target.Fields {
		o.Header.Add(field.Name, field.Value)
	}
	if !f.noDeflate {
		o.Deflate = []reference.DeflateOptions{{}}
	}
	return o, nil
}

// closes sends a Close frame with the code.
func (t *talk) closes() error {
	return t.conn.CloseWrite(cmp.Or(reference.StatusCode(t.code), reference.StatusNoStatusReceived), "")
}

// opened tells what was agreed on.
func (t *talk) opened() {
	agreed := ""
	if name := t.conn.Subprotocol(); name != "" {
		agreed += fmt.Sprintf(", subprotocol %s", name)
	}
	if t.conn.Deflate() != nil {
		agreed += ", permessage-deflate"
	}
	t.tell("connected to %s%s", t.url, agreed)
}
