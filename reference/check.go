package reference

import "fmt"

// breach is where every broken rule of the data framing passes. It says what
// becomes of it: an error that fails the connection, or nil when the rule is
// not enforced and reading goes on as if nothing were wrong.
func (c *Conn) breach(requirement string, code StatusCode, detail string) error {
	if !c.enforces(requirement) {
		return nil
	}
	return &Violation{Requirement: requirement, Code: code, Detail: detail}
}

// enforces says whether the rule is in force.
func (c *Conn) enforces(requirement string) bool {
	return c.enforced == nil || c.enforced(requirement)
}

// checkHeader checks a frame header of which n octets are known, see
// parseHeader. It can be asked again when more of the header is there.
func (c *Conn) checkHeader(h *header, n int) error {
	if n < 1 {
		return nil
	}
	if err := c.checkFirstOctet(h); err != nil || n < 2 {
		return err
	}
	if err := c.checkSecondOctet(h); err != nil {
		return err
	}
	if h.form >= 126 {
		if n == 2 {
			return nil
		}
		if err := c.checkLength(h); err != nil {
			return err
		}
	}
	return c.checkLimit(h)
}

func (c *Conn) checkFirstOctet(h *header) error {
	if h.rsv != 0 {
		if err := c.checkReservedBits(h); err != nil {
			return err
		}
	}
	if h.opcode.reserved() {
		if err := c.breach("6455-5.2-5", StatusProtocolError, fmt.Sprintf("opcode %d is reserved", h.opcode)); err != nil {
			return err
		}
	}
	if h.opcode.control() {
		if !h.fin {
			return c.breach("6455-5.5-3", StatusProtocolError, "control frame is fragmented")
		}
		return nil
	}
	if h.opcode == opContinuation {
		if !c.msg.open {
			return c.breach("6455-5.4-1", StatusProtocolError, "continuation frame without a message to continue")
		}
	} else if c.msg.open {
		return c.breach("6455-5.4-3", StatusProtocolError, "new message before the last fragment of the one before")
	}
	return nil
}

// checkReservedBits allows RSV1 on the first frame of a message alone, and with
// permessage-deflate only (RFC 7692, section 6.1).
func (c *Conn) checkReservedBits(h *header) error {
	if h.rsv == bitRSV1 && c.deflate != nil {
		if h.opcode == opContinuation || h.opcode.control() {
			return c.breach("7692-6.1-4", StatusProtocolError, "RSV1 is set on a frame that does not begin a message")
		}
		return nil
	}
	return c.breach("6455-5.2-4", StatusProtocolError,
		fmt.Sprintf("reserved bits %03b are set and not negotiated", h.rsv>>4))
}

func (c *Conn) checkSecondOctet(h *header) error {
	if h.masked == c.client {
		if err := c.checkMasked(h); err != nil {
			return err
		}
	}
	if !h.opcode.control() {
		return nil
	}
	if h.form > maxControl {
		if err := c.breach("6455-5.5-2", StatusProtocolError, "control frame has more than 125 octets"); err != nil {
			return err
		}
	}
	if h.opcode == opClose && h.form == 1 {
		return c.breach("6455-5.5.1-3", StatusProtocolError, "close frame has half a status code")
	}
	return nil
}

func (c *Conn) checkMasked(h *header) error {
	if h.masked {
		return c.breach("6455-5.1-5", StatusProtocolError, "frame is masked")
	}
	return c.breach("6455-5.1-2", StatusProtocolError, "frame is not masked")
}

// checkLength checks a length of 16 or 64 bits.
func (c *Conn) checkLength(h *header) error {
	if h.length>>63 != 0 {
		if err := c.breach("6455-5.2-9", StatusProtocolError, "top bit of the 64-bit length is set"); err != nil {
			return err
		}
		h.length &^= 1 << 63
	}
	if h.length <= 125 || h.form == 127 && h.length <= 0xffff {
		return c.breach("6455-5.2-10", StatusProtocolError,
			fmt.Sprintf("length %d is not in its shortest form", h.length))
	}
	return nil
}

// checkLimit refuses a message that will be too large as soon as a header tells
// so. What is compressed counts after decompression, see inflated.
func (c *Conn) checkLimit(h *header) error {
	if h.opcode.control() {
		if h.length > maxOverlongControl {
			return &Violation{"6455-10.4-1", StatusMessageTooBig, "control frame is too large"}
		}
		return nil
	}
	size := uint64(0)
	compressed := h.rsv&bitRSV1 != 0 && c.deflate != nil
	if c.msg.open {
		size, compressed = uint64(c.msg.size), c.msg.compressed
	}
	if c.limit < 0 || compressed || h.length <= uint64(c.limit) && size+h.length <= uint64(c.limit) {
		return nil
	}
	return c.breachLimit()
}

func (c *Conn) breachLimit() error {
	return c.breach("6455-10.4-1", StatusMessageTooBig, fmt.Sprintf("message has more than %d octets", c.limit))
}

// maxOverlongControl bounds a control frame where 6455-5.5-2 is not enforced:
// it has to fit into the smallest read buffer.
const maxOverlongControl = smallBlock - maxHeader
