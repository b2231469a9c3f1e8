//go:build linux || darwin || freebsd || netbsd || openbsd || dragonfly

package runner

import (
	"net"
	"syscall"
)

// peekPath finds the path that is asked for in what comes first on the connection, and
// leaves that there, so that another server gets the connection as it was. It does not
// know when not all of the path came at once.
func peekPath(nc net.Conn) (path string, known bool) {
	tcp, ok := nc.(*net.TCPConn)
	if !ok {
		return "", false
	}
	raw, err := tcp.SyscallConn()
	if err != nil {
		return "", false
	}
	var buffer [sniffed]byte
	raw.Read(func(fd uintptr) bool {
		n, _, err := syscall.Recvfrom(int(fd), buffer[:], syscall.MSG_PEEK)
		for err == syscall.EINTR {
			n, _, err = syscall.Recvfrom(int(fd), buffer[:], syscall.MSG_PEEK)
		}
		switch {
		case err == syscall.EAGAIN:
			return false
		case err != nil || n == 0: // who reads learns of it
			known = true
			return true
		}
		var more bool
		path, more = pathAsked(buffer[:n])
		known = !more
		return true
	})
	return path, known
}
