package reference

import (
	"net/http"
	"testing"
)

// BenchmarkAnswer reads an opening handshake as browsers send it, checks it and
// writes the answer, without a connection.
func BenchmarkAnswer(b *testing.B) {
	head := []byte(baseline("Origin: http://example.com", "User-Agent: Mozilla/5.0 (X11; Linux x86_64)", "Accept-Encoding: gzip, deflate, br, zstd",
		"Accept-Language: en", "Cache-Control: no-cache", "Pragma: no-cache", "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits"))
	opts := &Options{Deflate: &DeflateOptions{}, AllowedOrigins: []string{"http://example.com"}}
	b.ReportAllocs()
	b.SetBytes(int64(len(head)))
	for b.Loop() {
		req, err := parseRequest(rules{}, head)
		if err != nil {
			b.Fatal(err)
		}
		if _, _, err := opts.answer(http.Header{}, req); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkConnect opens connections over loopback and ends them.
func BenchmarkConnect(b *testing.B) {
	for name, door := range map[string]func(testing.TB, http.Handler) string{"strict": strictDoor, "nethttp": netHTTPDoor} {
		b.Run(name, func(b *testing.B) {
			uri := "ws://" + door(b, testMux(Options{})) + "/echo"
			for b.Loop() {
				c, _, err := Dial(b.Context(), uri, nil)
				if err != nil {
					b.Fatal(err)
				}
				c.CloseNow()
			}
		})
	}
}
