package bench

import (
	"syscall"
	"time"
)

// cpuTime returns the CPU time that this process has taken, in it and in the
// kernel, or 0 when that is not known.
func cpuTime() time.Duration {
	var usage syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &usage) != nil {
		return 0
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
