package bench

import (
	"net/http"
	"time"

	"github.com/gobwas/ws"
)

// Ceiling returns a target that is no WebSocket server beyond the opening
// handshake: it sends back the octets as they come, masked frames and all. A
// server that comes near it is limited by the client and the kernel. With large
// messages a server that reads them whole can be faster, for it wakes the client
// less often.
func Ceiling() Target {
	return Target{
		Name: "tcp", Version: "echo of octets",
		New: func() Service {
			return &http.Server{Handler: http.HandlerFunc(echoOctets), ReadHeaderTimeout: 10 * time.Second}
		},
	}
}

func echoOctets(w http.ResponseWriter, r *http.Request) {
	conn, rw, _, err := ws.UpgradeHTTP(r, w)
	if conn != nil {
		defer conn.Close()
	}
	if err != nil || rw.Reader.Buffered() != 0 {
		return
	}
	buf := make([]byte, readSize)
	for {
		n, err := conn.Read(buf)
		if err != nil {
			return
		}
		if _, err := conn.Write(buf[:n]); err != nil {
			return
		}
	}
}
