package runner

import (
	"errors"
	"syscall"
)

const wsaeconnaborted = syscall.Errno(10053) // what Windows says after the first call that saw RST

// isReset reports whether the error tells of RST.
func isReset(err error) bool {
	return errors.Is(err, syscall.WSAECONNRESET) || errors.Is(err, wsaeconnaborted)
}
