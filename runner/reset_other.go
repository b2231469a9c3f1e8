//go:build !windows

package runner

import (
	"errors"
	"syscall"
)

// isReset reports whether the error tells of RST.
func isReset(err error) bool { return errors.Is(err, syscall.ECONNRESET) }
