package reference

import (
	"context"
	"errors"
	"io"
	"strings"
	"testing"
)

// A message that the end of TCP cuts off is delivered neither whole nor in part
// (RFC 6455, section 7.1.5: the connection did not close cleanly).
func TestAMessageThatIsCutOffIsNotDelivered(t *testing.T) {
	for name, octets := range map[string]string{
		"behind a fragment":            "\x01\x84\x00\x00\x00\x00frag",
		"behind two fragments":         "\x01\x84\x00\x00\x00\x00frag\x00\x81\x00\x00\x00\x00m",
		"in a payload":                 "\x81\x84\x00\x00\x00\x00fra",
		"in a large payload":           "\x82\xfe\xff\xff\x00\x00\x00\x00" + strings.Repeat("x", 40000),
		"in a header":                  "\x01\x84\x00\x00\x00\x00frag\x80",
		"before the first octet":       "",
		"behind an empty fragment":     "\x01\x80\x00\x00\x00\x00",
		"in a header of 64-bit length": "\x82\xff\x00\x00",
	} {
		t.Run(name, func(t *testing.T) {
			client, server := tcpPair(t)
			c := newConn(server, connConfig{})
			if _, err := io.WriteString(client, octets); err != nil {
				t.Fatal(err)
			}
			client.Close()
			_, p, err := c.Read(context.Background())
			if !errors.Is(err, io.ErrUnexpectedEOF) {
				t.Errorf("Read = %q, error %v; want io.ErrUnexpectedEOF", p, err)
			}
			c.CloseNow()
		})
	}
}
