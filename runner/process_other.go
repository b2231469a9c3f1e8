//go:build !unix

package runner

import "os/exec"

func ownGroup(*exec.Cmd) {}

func terminate(c *exec.Cmd) error { return c.Process.Kill() }
func kill(c *exec.Cmd) error      { return c.Process.Kill() }
