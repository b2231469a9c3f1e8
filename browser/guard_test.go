//go:build unix

package browser

import (
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"testing"
)

// The end of the program is the end of what it holds of the guard's.
func TestGuardEndsABrowserWhoseProgramHasEnded(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "profile")
	if err := os.MkdirAll(filepath.Join(folder, "cache"), 0o700); err != nil {
		t.Fatal(err)
	}
	browser := exec.Command("/bin/sh", "-c", "cat & cat") // with a process of its own
	input, err := browser.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	defer input.Close()
	ownGroup(browser)
	if err := browser.Start(); err != nil {
		t.Fatal(err)
	}
	g, err := startGuard(browser.Process.Pid, folder)
	if err != nil {
		t.Fatal(err)
	}
	g.life.Close()
	browser.Wait()
	if s := browser.ProcessState.Sys().(syscall.WaitStatus); s.Signal() != syscall.SIGKILL {
		t.Errorf("the browser ended with %v", s)
	}
	g.cmd.Wait()
	if _, err := os.Stat(folder); !os.IsNotExist(err) {
		t.Errorf("the profile: %v", err)
	}
}
