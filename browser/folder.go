package browser

import (
	"bytes"
	"os"
	"path/filepath"
	"strconv"
	"time"
)

// The processes of a browser do not all end with the first, and one that ends late
// writes into the profile again. Nothing tells when the last is gone but looking: so
// many times in a row, so far apart, there must be nothing left.
const (
	quietLooks = 3
	lookAgain  = 20 * time.Millisecond
)

// removeFolder removes the folder that a browser alone has used, and ends those of its
// processes that it has left behind.
func removeFolder(folder string) error {
	again := time.NewTicker(lookAgain)
	defer again.Stop()
	late := time.NewTimer(stopWithin)
	defer late.Stop()
	for quiet := 0; ; {
		killed := killUsers(folder)
		_, gone := os.Stat(folder)
		err := os.RemoveAll(folder)
		if quiet++; killed > 0 || gone == nil || err != nil {
			quiet = 0
		}
		if quiet == quietLooks {
			return nil
		}
		select {
		case <-again.C:
		case <-late.C:
			return err
		}
	}
}

// killUsers ends the processes that were started with the folder in an argument, as
// all of Chrome's are. It finds them on Linux alone.
func killUsers(folder string) (n int) {
	files, _ := filepath.Glob("/proc/[0-9]*/cmdline")
	for _, file := range files {
		line, err := os.ReadFile(file)
		if err != nil || !bytes.Contains(line, []byte("="+folder+string(filepath.Separator))) {
			continue
		}
		pid, err := strconv.Atoi(filepath.Base(filepath.Dir(file)))
		if err != nil || pid == os.Getpid() {
			continue
		}
		if p, err := os.FindProcess(pid); err == nil && p.Kill() == nil {
			n++
		}
	}
	return n
}
