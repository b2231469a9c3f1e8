package main

import (
	"bufio"
	"os"
	"os/exec"
	"strings"

	"github.com/rogpeppe/go-internal/testscript"
)

// killed is the command "killed TEXT ARG...", which starts wsspec with the arguments
// and kills it when it prints a line with the text.
func killed(ts *testscript.TestScript, neg bool, args []string) {
	program, err := exec.LookPath("wsspec")
	ts.Check(err)
	cmd := exec.Command(program, args[1:]...)
	cmd.Dir = ts.MkAbs(".")
	cmd.Env = append(os.Environ(), "GORACE="+ts.Getenv("GORACE"))
	out, err := cmd.StdoutPipe()
	ts.Check(err)
	ts.Check(cmd.Start())
	defer cmd.Wait()
	defer cmd.Process.Kill()
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if strings.Contains(lines.Text(), args[0]) {
			return
		}
	}
	ts.Fatalf("wsspec ended without a line that has %q", args[0])
}
