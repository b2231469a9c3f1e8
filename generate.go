package main

import (
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/wsspec/wsspec/reference"
	"github.com/wsspec/wsspec/reference/generate"
)

// The go.mod and go.sum of wsspec, from which those of a generated server are made.
//
//go:embed go.mod
var goMod string

//go:embed go.sum
var goSum string

// generateFlags are the flags of the generate command: those of serve, and where
// the server goes.
type generateFlags struct {
	serveFlags
	module, replace string
}

func generateCommand() *cobra.Command {
	f := generateFlags{serveFlags: serveFlags{listen: []string{"127.0.0.1:9001"}, readLimit: 32 << 20}}
	c := &cobra.Command{
		Use:   "generate DIR",
		Short: "Write an echo server of one's own, right or wrong in a known way",
		Long: `generate writes a Go module to a folder: an echo server on package reference, with
the flags of serve as its options, a test that plays the suite with it, a README and
a Dockerfile. It is a server to begin with, to test clients with, or to read.

It writes over nothing. With --fault the test holds that the cases which notice the
fault do; generate plays the suite with such a server to find them.`,
		Example: `  wsspec generate echo && cd echo && go test && go run .
  wsspec generate chat --module example.com/chat --subprotocol chat.v1 --origin https://example.com
  wsspec generate careless --fault utf8-not-checked --tls-cert cert.pem --tls-key key.pem
  wsspec generate echo --replace ~/src/wsspec     take wsspec from a folder`,
		Args: cobra.ArbitraryArgs,
		RunE: func(cmd *cobra.Command, args []string) error { return f.run(cmd, args) },
	}
	s := c.Flags()
	f.register(s)
	f.scripts.register(s)
	s.StringVar(&f.module, "module", "", "`path` of the module (example.com/ and the name of the folder)")
	s.StringVar(&f.replace, "replace", "", "take wsspec from its source in this `folder`")
	return c
}

func (f *generateFlags) run(cmd *cobra.Command, args []string) error {
	if f.faults.list() {
		return printFaults(cmd.OutOrStdout(), reference.ServerSide)
	}
	dir, err := f.check(cmd, args)
	if err != nil {
		return err
	}
	o, err := f.options(cmd, dir)
	if err != nil {
		return err
	}
	files, err := generate.Files(o)
	if err != nil {
		return usage("%w", err)
	}
	switch err := generate.Free(dir, files); {
	case errors.Is(err, fs.ErrExist):
		return usage("%w (generate writes over nothing)", err)
	case err != nil:
		return &exitError{exitTrouble, err}
	}
	if o.Noticed, err = f.noticed(cmd.Context()); err != nil {
		return &exitError{exitTrouble, err}
	}
	if files, err = generate.Files(o); err == nil {
		err = generate.Write(dir, files)
	}
	if err != nil {
		return &exitError{exitTrouble, err}
	}
	for _, id := range o.Unnoticed() {
		fmt.Fprintf(cmd.ErrOrStderr(), "wsspec: no case notices the fault %s with these options\n", id)
	}
	for _, file := range files {
		fmt.Fprintln(cmd.OutOrStdout(), filepath.Join(dir, file.Name))
	}
	return nil
}

// check makes sure that the flags fit together, and returns the folder.
func (f *generateFlags) check(cmd *cobra.Command, args []string) (dir string, err error) {
	changed := cmd.Flags().Changed
	switch {
	case len(args) != 1:
		return "", usage("generate takes one folder, which it makes (wsspec generate --help lists the flags)")
	case (f.certificate.cert == "") != (f.certificate.key == ""):
		return "", usage("--tls-cert and --tls-key go together")
	case changed("visit-timeout") && f.scripts.dir == "":
		return "", usage("--visit-timeout goes with --handlers")
	case changed("fault-odds") && len(f.faults.ids) == 0:
		return "", usage("--fault-odds goes with --fault")
	case changed("fault-odds") && f.faults.odds == 0:
		return "", usage("--fault-odds 0 makes no connection faulty: leave out --fault")
	case changed("seed") && f.faults.odds == 1:
		return "", usage("--seed goes with --fault-odds")
	}
	return args[0], f.faults.check()
}

// options are the flags as options of the generator.
func (f *generateFlags) options(cmd *cobra.Command, dir string) (generate.Options, error) {
	release, err := f.release()
	if err != nil {
		return generate.Options{}, err
	}
	scripts, err := f.scripts.files()
	if err != nil {
		return generate.Options{}, err
	}
	absolute, err := filepath.Abs(dir)
	if err != nil {
		return generate.Options{}, &exitError{exitTrouble, err}
	}
	module := f.module
	if module == "" {
		module = "example.com/" + filepath.Base(absolute)
	}
	if err := generate.CheckModule(module); err != nil && f.module == "" {
		return generate.Options{}, usage("%w (--module gives it one)", err)
	} else if err != nil {
		return generate.Options{}, usage("--module: %w", err)
	}
	return generate.Options{
		Module: module, Command: commandLine(cmd, dir), Listen: f.listen,
		Cert: f.certificate.cert, Key: f.certificate.key,
		Subprotocols: f.subprotocols, Origins: f.origins, ReadLimit: f.readLimit, NoDeflate: f.noDeflate,
		Faults: f.faults.ids, Odds: f.faults.odds, Seed: f.faults.seed,
		Scripts: scripts, VisitTime: f.scripts.timeout, Wsspec: release,
	}, nil
}

// release is the wsspec that the server will require: this one, as far as others
// can get it.
func (f *generateFlags) release() (generate.Release, error) {
	r := generate.Release{GoMod: goMod, GoSum: goSum}
	if f.replace != "" {
		folder, err := filepath.Abs(f.replace)
		if err == nil {
			_, err = os.Stat(filepath.Join(folder, "go.mod"))
		}
		if err != nil {
			return r, usage("--replace %s: %w", f.replace, err)
		}
		r.Replace = folder
		return r, nil
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return r, errUnreleased
	}
	r.Version, r.Sum = info.Main.Version, info.Main.Sum
	if r.Version == "" || r.Version == "(devel)" || strings.Contains(r.Version, "+") {
		return r, errUnreleased
	}
	return r, nil
}

var errUnreleased = usage("this wsspec was built from source and has no version to require: --replace FOLDER names the source")

// commandLine is the command that writes the server once more.
func commandLine(cmd *cobra.Command, dir string) string {
	words := []string{"wsspec", "generate", shellQuote(filepath.Base(dir))}
	cmd.Flags().Visit(func(flag *pflag.Flag) {
		values := []string{flag.Value.String()}
		if list, ok := flag.Value.(pflag.SliceValue); ok {
			values = list.GetSlice()
		}
		for _, value := range values {
			if flag.Value.Type() == "bool" {
				words = append(words, "--"+flag.Name)
			} else {
				words = append(words, "--"+flag.Name, shellQuote(value))
			}
		}
	})
	return strings.Join(words, " ")
}
