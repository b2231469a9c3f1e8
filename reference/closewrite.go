package reference

import (
	"context"
	"fmt"
)

// CloseWrite sends a Close frame and returns, as it does for TCP: there is nothing
// more to send, and whoever reads goes on until the peer's Close frame is the error
// of a reading method, or whatever ends the connection before. Unlike Close it
// throws no message away, and it sets no bound to the wait: that is up to the
// context of the reads, or CloseNow. The code 1005 stands for a Close frame without
// a body (RFC 6455, section 7.4.1); reason is UTF-8 of at most 123 octets.
func (c *Conn) CloseWrite(code StatusCode, reason string) error {
	var body []byte
	if code != StatusNoStatusReceived {
		var err error
		if body, err = closeBody(code, reason, c.client); err != nil {
			return err
		}
	}
	ctx, cancel := context.WithTimeout(context.Background(), c.closeTimeout)
	defer cancel()
	if err := c.sendClose(ctx, body); err != nil {
		err = fmt.Errorf("close: %w", err)
		c.end(err)
		return err
	}
	return nil
}
