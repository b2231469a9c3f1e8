//go:build unix

package runner

import (
	"os/exec"
	"syscall"
)

// ownGroup puts the process into a group of its own, so that what a shell has
// started ends with the shell.
func ownGroup(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

func terminate(c *exec.Cmd) error { return syscall.Kill(-c.Process.Pid, syscall.SIGTERM) }
func kill(c *exec.Cmd) error      { return syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }
