//go:build unix

package browser

import (
	"io"
	"os/exec"
	"strconv"
)

// A guard ends the processes of a browser and removes its profile when this program has
// no more time to: it is another process, which notices that this one has ended.
type guard struct {
	cmd  *exec.Cmd
	life io.Closer // held open as long as this program lives
}

// watchOver is what the guard does. The processes need not all be gone when they are
// killed, and one that is not may write into the profile again.
const watchOver = `read _
[ "$0" = 0 ] || kill -s KILL -- "-$0"
for _ in 1 2 3 4 5 6 7 8 9 10; do rm -rf -- "$1"; sleep 0.1; done`

// startGuard guards the group of a process that uses the folder; 0 stands for processes
// that end by themselves when this program does.
func startGuard(process int, folder string) (*guard, error) {
	g := &guard{cmd: exec.Command("/bin/sh", "-c", watchOver, strconv.Itoa(process), folder)}
	ownGroup(g.cmd)
	var err error
	if g.life, err = g.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	if err = g.cmd.Start(); err != nil {
		return nil, err
	}
	return g, nil
}

// dismiss ends the guard: nothing is left to be guarded.
func (g *guard) dismiss() {
	killGroup(g.cmd)
	g.cmd.Wait()
}
