package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
)

// autobahnFlags are the flags of the autobahn command: those of wstest, and some
// of our own.
type autobahnFlags struct {
	mode, spec, wsuri, ident string
	files                    pemFiles
	webport                  int
	debug                    bool

	listen      string
	exitZero    bool
	full, quiet bool
}

// An autobahnMode is a mode of wstest.
type autobahnMode struct {
	name string
	what string
	run  func(*autobahnFlags, *cobra.Command) error
	uses []string // flags
}

func autobahnModes() []autobahnMode {
	server, client := []string{"wsuri", "key", "cert", "listen"}, []string{"wsuri"}
	return []autobahnMode{
		{"fuzzingclient", "test the servers of a spec file", (*autobahnFlags).fuzzingClient, []string{"spec", "wsuri", "exit-zero", "full", "quiet"}},
		{"fuzzingserver", "test the clients that connect", (*autobahnFlags).fuzzingServer, []string{"spec", "wsuri", "key", "cert", "listen", "exit-zero", "full", "quiet"}},
		{"testeeserver", "echo, with permessage-deflate", (*autobahnFlags).testeeServer, server},
		{"testeeclient", "run the cases of a fuzzing server", (*autobahnFlags).testeeClient, []string{"wsuri", "ident"}},
		{"echoserver", "echo, without extensions", (*autobahnFlags).echoServer, server},
		{"echoclient", "echo what a server says", (*autobahnFlags).echoClient, client},
		{"broadcastserver", "send each message to all clients, and a tick every second", (*autobahnFlags).broadcastServer, server},
		{"broadcastclient", "say hello every two seconds, and print what comes", (*autobahnFlags).broadcastClient, client},
		{"massconnect", "open many connections to the servers of a spec file", (*autobahnFlags).massConnect, []string{"spec", "wsuri", "exit-zero", "quiet"}},
	}
}

func autobahnCommand() *cobra.Command {
	var f autobahnFlags
	c := &cobra.Command{
		Use:   "autobahn -m MODE [-s SPEC] [-w URL]",
		Short: "Do what Autobahn|Testsuite does, from its spec files",
		Long: `autobahn takes the command lines and the spec files of Autobahn|Testsuite as they
are, and writes the reports as it does. The modes are

` + modeList() + `
Options in a spec file have no meaning here, and are told. Where the mode has a spec
file that is not there and was not asked for, its defaults are taken: all cases, and
ws://127.0.0.1:9001.

Servers listen on the host of their URL, if that is an IP address or localhost, and
else on loopback alone; --listen names another address, which a container needs.
For a wss URL they take --key and --cert. Clients do not verify certificates, as
there.

The exit code is that of wsspec test and wsspec listen, unless --exit-zero asks for
Autobahn's: 0 whatever the verdicts.`,
		Example: `  wsspec autobahn -m fuzzingclient -s config/fuzzingclient.json
  wsspec autobahn --mode fuzzingserver --spec /config/fuzzingserver.json --listen 0.0.0.0
  wsspec autobahn -m fuzzingserver -w wss://127.0.0.1:9001 -k key.pem -c cert.pem
  wsspec autobahn -m testeeclient -w ws://127.0.0.1:9001 -i mine
  wsspec autobahn -m massconnect -s massconnect.json`,
		Args: noArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return f.run(cmd) },
	}
	f.register(c.Flags())
	return c
}

func (f *autobahnFlags) register(s *pflag.FlagSet) {
	s.SortFlags = false
	f.files.certName, f.files.keyName = "--cert", "--key"
	s.StringVarP(&f.mode, "mode", "m", "", "`mode`, from the list above")
	s.StringVarP(&f.spec, "spec", "s", "", "spec `file` (default: the name of the mode and .json, if that is there)")
	s.StringVarP(&f.wsuri, "wsuri", "w", "", "`URL` to listen at or to connect to, when no spec file has one (default "+defaultURL+")")
	s.StringVarP(&f.ident, "ident", "i", "", "`name` of the agent, for testeeclient")
	s.StringVarP(&f.files.key, "key", "k", "", "key of the certificate, a PEM `file`")
	s.StringVarP(&f.files.cert, "cert", "c", "", "certificate of a server for wss, a PEM `file`")
	s.StringVar(&f.listen, "listen", "", "listen on this `address`, with a port or without, and not on the host of the URL")
	s.BoolVar(&f.exitZero, "exit-zero", false, "exit with 0 whatever the verdicts, also when a server cannot be reached")
	s.BoolVar(&f.full, "full", false, "send as much data as Autobahn does")
	s.BoolVarP(&f.quiet, "quiet", "q", false, "no progress: nothing before the report")
	s.IntVarP(&f.webport, "webport", "u", 0, "taken, and without a meaning here")
	s.BoolVarP(&f.debug, "debug", "d", false, "taken, and without a meaning here")
}

// modeList is the list of modes for the help.
func modeList() string {
	var b strings.Builder
	for _, m := range autobahnModes() {
		fmt.Fprintf(&b, "  %-16s %s\n", m.name, m.what)
	}
	return b.String()
}

// run does what the mode asks for.
func (f *autobahnFlags) run(cmd *cobra.Command) error {
	modes := autobahnModes()
	i := slices.IndexFunc(modes, func(m autobahnMode) bool { return m.name == f.mode })
	switch {
	case f.mode == "":
		return usage("--mode is missing: wsspec autobahn --help lists the modes")
	case i < 0:
		return usage("--mode %q is not there (wsspec autobahn --help lists the modes)", f.mode)
	}
	cmd.Flags().Visit(func(given *pflag.Flag) {
		if given.Name != "mode" && !slices.Contains(modes[i].uses, given.Name) {
			complain(cmd.ErrOrStderr(), fmt.Errorf("--%s means nothing to %s, and is ignored", given.Name, f.mode))
		}
	})
	err := modes[i].run(f, cmd)
	if exit, ok := errors.AsType[*exitError](err); ok && f.exitZero && exit.code != exitUsage {
		complain(cmd.ErrOrStderr(), exit.err)
		return nil
	}
	return err
}
