package browser

import (
	"net"
	"testing"
)

// silent listens, and calls came when a connection has come, which nobody answers.
func silent(t *testing.T, came func()) (address string) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Error(err)
		return ""
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		nc, err := l.Accept()
		if err == nil {
			t.Cleanup(func() { nc.Close() })
		}
		came()
	}()
	return l.Addr().String()
}
