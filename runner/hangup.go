package runner

import (
	"crypto/tls"
	"net"
	"time"
)

// hangupWithin bounds what TLS has to say at the end of a connection to a peer
// that does not read.
const hangupWithin = 200 * time.Millisecond

// shut sends FIN, behind the close_notify of TLS.
func (c *conn) shut() {
	defer c.lock()()
	if c.mute {
		return
	}
	c.mute, c.hungUp = true, true
	half, ok := c.nc.(interface{ CloseWrite() error })
	if !ok {
		c.log.note("this connection cannot be ended in one direction")
		return
	}
	c.log.add(Entry{Direction: Sent, Kind: EntryEnd, Meaning: "FIN"}) // before the peer can react to it
	c.hangup(half.CloseWrite)
	if t, ok := c.tcp().(*net.TCPConn); ok {
		t.CloseWrite()
	}
}

// reset ends TCP with RST.
func (c *conn) reset() {
	nc := c.tcp()
	if t, ok := nc.(*net.TCPConn); ok {
		t.SetLinger(0)
	}
	nc.Close() // ends a write that is under way, too
	defer c.lock()()
	c.mute, c.hungUp = true, true
	c.log.add(Entry{Direction: Sent, Kind: EntryEnd, Meaning: "RST"})
}

// close ends TCP, if it has not ended, and waits for the reader to stop.
func (c *conn) close() {
	c.release()
	c.hangup(c.nc.Close)
	c.queue.stop()
	c.reading.Wait()
	defer c.lock()()
	if c.last == nil && !c.hungUp {
		c.log.add(Entry{Direction: Sent, Kind: EntryEnd, Meaning: "end of TCP"})
	}
	c.mute, c.hungUp = true, true
}

// hangup calls a function that may wait for a peer which does not read: TLS
// gives it five seconds.
func (c *conn) hangup(do func() error) {
	if _, ok := c.nc.(*tls.Conn); ok {
		nc := c.tcp()
		t := time.AfterFunc(hangupWithin, func() { nc.Close() })
		defer t.Stop()
	}
	do() // the other end sees what came of it
}

// tcp is the connection below TLS.
func (c *conn) tcp() net.Conn {
	if t, ok := c.nc.(*tls.Conn); ok {
		return t.NetConn()
	}
	return c.nc
}
