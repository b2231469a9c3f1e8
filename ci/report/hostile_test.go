package report_test

import (
	"crypto/sha1"
	"encoding/base64"
	"io"
	"log"
	"net/http"
	"path/filepath"
	"sync"
	"testing"
)

// silent is a log that nobody reads: servers tell in theirs what clients do wrong.
var silent = log.New(io.Discard, "", 0)

// raw answers every request with these octets.
func raw(response string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		defer conn.Close()
		io.WriteString(conn, response)
	})
}

// talkative opens connections, and sends the words in a message and as the reason of
// a Close frame, whatever it is sent. The words have less than 123 octets.
func talkative(words string) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		conn, rw, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		defer conn.Close()
		sum := sha1.Sum([]byte(r.Header.Get("Sec-WebSocket-Key") + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
		rw.WriteString("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " + base64.StdEncoding.EncodeToString(sum[:]) + "\r\nX-Words: " + words + "\r\n\r\n")
		rw.Flush()
		if _, err := rw.ReadByte(); err != nil { // something is sent, or the peer has gone
			return
		}
		rw.Write(append([]byte{0x81, byte(len(words))}, words...))
		rw.Write(append([]byte{0x88, byte(len(words) + 2), 0x03, 0xe8}, words...))
		rw.Flush()
	})
}

// script is what must not run, whoever sends it.
const script = "<script>alert(1)</script><img src=x onerror=alert(2)>"

var hostileFolder = sync.OnceValues(func() (string, error) {
	folder := filepath.Join(scratch, "hostile")
	return folder, run(folder, []tested{
		{script, raw("HTTP/1.1 101 " + script + "\r\nUpgrade: websocket\r\nConnection: close\r\nSec-WebSocket-Accept: " + script + "\r\nX: </script>" + script + "\r\n\r\n")},
		{"frames", talkative(script)},
	})
})

// hostile is the folder of the report of two servers that send markup, in a header, a
// message and a reason.
func hostile(t *testing.T) (folder string) {
	t.Helper()
	folder, err := hostileFolder()
	if err != nil {
		t.Fatal(err)
	}
	return folder
}
