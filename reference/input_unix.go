//go:build unix

package reference

import (
	"io"
	"net"
	"syscall"
)

// initRaw gets hold of the socket, to wait for it without a buffer. Other types
// than these two may do something of their own in Read.
func (in *input) initRaw() {
	var raw syscall.RawConn
	var err error
	switch nc := in.nc.(type) {
	case *net.TCPConn:
		raw, err = nc.SyscallConn()
	case *net.UnixConn:
		raw, err = nc.SyscallConn()
	default:
		return
	}
	if err == nil {
		in.raw, in.ready = raw, in.tryRead
	}
}

// tryRead reads without blocking. False means that nothing is there: the
// runtime then waits and asks again.
func (in *input) tryRead(fd uintptr) bool {
	dst := in.target(in.dst)
	for {
		n, err := syscall.Read(int(fd), dst)
		switch {
		case err == syscall.EINTR:
			continue
		case err == syscall.EAGAIN:
			in.release()
			in.limit = in.later
			in.interrupt.arm(in.ctx)
			return false
		case err != nil:
			in.n, in.err = 0, err
		case n == 0:
			in.n, in.err = 0, io.EOF
		default:
			in.n, in.err = n, nil
		}
		return true
	}
}
