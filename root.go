package main

import (
	"strings"

	"github.com/spf13/cobra"
)

func rootCommand() *cobra.Command {
	root := &cobra.Command{
		Use:   "wsspec",
		Short: "Tells whether a WebSocket implementation does what the standards say",
		Long: `wsspec plays conversations with a WebSocket server or client, and judges from
what comes back whether it does what RFC 6455 and RFC 7692 say.

Exit codes: 0 conformant; 1 an unexpected verdict; 2 usage, or input that cannot
be read; 3 the target cannot be reached or died, or trouble of wsspec itself.`,
		Example: `  wsspec test ws://127.0.0.1:9001/               test a server that runs
  wsspec test ws://127.0.0.1:9001/ -- ./server   start a server and test it
  wsspec client -- ./client {url}                test a client that is a command
  wsspec browser                                 test the browser that is installed
  wsspec listen                                  test clients that connect
  wsspec serve                                   be a server that does everything right
  wsspec generate my-server                      write a server of one's own
  wsspec connect ws://127.0.0.1:9001/            be a client that does everything right
  wsspec list                                    list the cases
  wsspec show fragment/ping-between              show what a case plays
  wsspec cover --missing                         show which requirements have no case`,
		SilenceUsage:  true,
		SilenceErrors: true,
		Version:       version(),
		Args:          cobra.ArbitraryArgs,
		RunE:          unknownCommand,
	}
	root.SuggestionsMinimumDistance = 2
	root.SetVersionTemplate("{{.Version}}\n")
	root.SetFlagErrorFunc(unknownFlag)
	root.SetHelpCommand(helpCommand())
	root.AddCommand(testCommand(), clientCommand(), browserCommand(), listenCommand(), serveCommand(), connectCommand(), generateCommand(),
		faultsCommand(), listCommand(), showCommand(), coverCommand(), reportCommand(), diffCommand(), autobahnCommand())
	return root
}

// unknownCommand is a command without a subcommand that exists: with no argument
// at all it helps.
func unknownCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return c.Help()
	}
	hint := c.CommandPath() + " --help lists the commands"
	if near := c.SuggestionsFor(args[0]); len(near) > 0 {
		hint = "did you mean " + strings.Join(near, " or ") + "?"
	}
	if strings.Contains(args[0], "://") {
		hint = "did you mean wsspec test " + shellQuote(args[0]) + "?"
	}
	path := strings.Fields(c.CommandPath())[1:]
	return usage("unknown command %q (%s)", strings.Join(append(path, args[0]), " "), hint)
}

// unknownFlag tells where the flags are listed. Flags behind a command that does
// not exist are not to blame.
func unknownFlag(c *cobra.Command, err error) error {
	if args := c.Flags().Args(); !c.HasParent() && len(args) > 0 {
		return unknownCommand(c, args)
	}
	return usage("%w (%s --help lists the flags)", err, c.CommandPath())
}

// noArgs is for commands that take flags alone.
func noArgs(c *cobra.Command, args []string) error {
	if len(args) > 0 {
		return usage("%s takes no argument, but %q is one (%s --help lists the flags)", c.Name(), args[0], c.CommandPath())
	}
	return nil
}

// helpCommand is cobra's, but for commands that do not exist.
func helpCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Help about a command",
		RunE: func(c *cobra.Command, args []string) error {
			found, rest, err := c.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return unknownCommand(found, args[len(args)-max(1, len(rest)):])
			}
			found.InitDefaultHelpFlag()
			return found.Help()
		},
	}
}
