//go:build unix

package browser

import (
	"os/exec"
	"syscall"
)

// ownGroup has the process be in a group of its own, so that an interrupt at the
// terminal is not for it, and all processes that it starts can be ended with it.
func ownGroup(c *exec.Cmd) { c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// killGroup ends the processes of the group; there is nothing to do when none is left.
func killGroup(c *exec.Cmd) { syscall.Kill(-c.Process.Pid, syscall.SIGKILL) }
