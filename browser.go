package main

import (
	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/wsspec/wsspec/browser"
	"github.com/wsspec/wsspec/runner"
)

// browserFlags are the flags of the browser command.
type browserFlags struct {
	testFlags
	browserChoice
	url string
}

func browserCommand() *cobra.Command {
	var f browserFlags
	c := &cobra.Command{
		Use:   "browser [PATTERN...]",
		Short: "Test the WebSocket client of a browser, or a server with it",
		Long: `browser starts a headless Chrome, Chromium or Firefox and plays the server's side of the
cases to a page in it, which echoes. A case that does not pass shows the wire, and beside it
what the page saw, and what developer tools and the console showed of the connection.

` + selectionHelp + `

With --url, a page uses that server instead: it opens a connection, sends a text, a
binary message, an empty one and large ones, each when the one before has come back, and
closes. What goes wrong is told as the page, the console and developer tools tell it,
beside the octets of the opening handshake, and in plain words.

A page cannot choose the extensions that it offers, so that the cases are skipped which
ask for that. The exit code is 0 without fail and error, 1 with fail, 2 for a wrong
command line, and 3 with error or when there is no browser or it dies.`,
		Example: `  wsspec browser                                      the browser that is installed
  wsspec browser --chrome /opt/chrome/chrome          another one
  wsspec browser --browser firefox                    Firefox
  wsspec browser 'close/**' -v                        some cases, and all that is not a pass in full
  wsspec browser web/close/code-1001 -v              one case
  wsspec browser --full --strict --report out
  wsspec browser --url ws://127.0.0.1:9001/           can a browser use this server, and if not, why?
  wsspec browser --url wss://localhost/ --insecure --subprotocol chat`,
		ValidArgsFunction: f.completeCases,
		RunE:              f.run,
	}
	f.register(c.Flags())
	return c
}

func (f *browserFlags) register(s *pflag.FlagSet) {
	s.SortFlags = false
	f.browserChoice.register(s)
	s.StringVar(&f.url, "url", "", "find out whether a browser can use the server at this `URL`, and why not")
	s.StringArrayVar(&f.subprotocols, "subprotocol", nil, "with --url, offer the subprotocol of this `name` (repeatable)")
	s.BoolVar(&f.insecure, "insecure", false, "with --url, have the browser take any certificate")
	f.selectFlags.register(s)
	s.BoolVar(&f.full, "full", false, "send all the data of cases that are otherwise played with less of it")
	s.BoolVar(&f.patient, "patient", false, "also play the cases that wait for a timer of the browser's")
	s.IntVar(&f.parallel, "parallel", 8, "light cases that are played side by side; a browser holds many back")
	f.registerPlaying(s)
}

func (f *browserFlags) run(cmd *cobra.Command, args []string) error {
	urls, patterns, command, err := splitArgs(cmd, args)
	switch {
	case err != nil:
		return err
	case f.browserChoice.check() != nil:
		return f.browserChoice.check()
	case len(urls) > 0:
		return usage("%q is no pattern of cases (--url has the browser use a server)", urls[0])
	case command != nil:
		return usage("a browser is no command: it is found by itself, or by --chrome (wsspec client tests commands)")
	case f.url != "" && len(patterns) > 0:
		return usage("--url goes without cases: it has the browser use a server")
	case f.url != "":
		return f.use(cmd)
	}
	list, err := f.selected(patterns)
	if err != nil {
		return err
	}
	if list, err = f.clientCases(runner.ForPages(list)); err != nil {
		return err
	}
	f.config = configOf(cmd, patterns)
	b, err := f.browserChoice.start(cmd.Context(), browser.Options{})
	if err != nil {
		return err
	}
	defer b.Close()
	return f.playClient(cmd, b, list, runner.Loopbacks(), f.againClient("browser", f.words(), list))
}
