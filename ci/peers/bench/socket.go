package bench

import (
	"errors"
	"net"
	"syscall"
)

// socketBuffer is the size asked for all socket buffers, on both sides. The
// kernel starts with buffers of about one loopback packet, which is 64 KiB;
// with messages of that size its windows close and are reopened by timers, and
// the timers are what one measures.
const socketBuffer = 2 << 20

// widen sets the socket buffers of a client's connection.
func widen(conn net.Conn) error {
	tcp, ok := conn.(*net.TCPConn)
	if !ok {
		return nil
	}
	return errors.Join(tcp.SetReadBuffer(socketBuffer), tcp.SetWriteBuffer(socketBuffer))
}

// widenListener sets the socket buffers that accepted connections inherit.
func widenListener(_, _ string, raw syscall.RawConn) error {
	var err error
	controlErr := raw.Control(func(fd uintptr) {
		for _, option := range []int{syscall.SO_RCVBUF, syscall.SO_SNDBUF} {
			err = errors.Join(err, syscall.SetsockoptInt(int(fd), syscall.SOL_SOCKET, option, socketBuffer))
		}
	})
	return errors.Join(controlErr, err)
}
