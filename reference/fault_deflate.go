package reference

// believing is the fault of an endpoint that takes something else for agreed.
func believing(side Side, id, requirement, title string, change func(*DeflateParams)) departure {
	return departure{Fault: Fault{id, requirement, title, side}, deflate: change}
}

// deflateFaults are those of compressed messages that are received.
func deflateFaults() []departure {
	const both, s, c = EitherSide, ServerSide, ClientSide
	kind := func(id, requirement, title string, n byte) departure {
		return receiving(both, id, requirement, title, compressed(func(f wireFrame) bool { return len(f.payload) > 1 && f.payload[0]>>1&3 == n }))
	}
	return []departure{
		forgiving(both, "rsv1-inside-message-accepted", "7692-6.1-4", "the endpoint ignores RSV1 on control frames and later fragments"),
		forgiving(both, "bad-compression-accepted", "7692-7.2.2-1", "the endpoint takes compressed messages that cannot be decompressed", "1951-3.2.3-1", "7692-7.2.3-2"),
		forgiving(both, "block-type-3-accepted", "1951-3.2.3-1", "the endpoint takes blocks of type 3, and distances before the start"),
		believing(s, "client-window-forgotten", "7692-7.2.2-5", "the server forgets its window of the client's messages", func(p *DeflateParams) { p.ClientNoContextTakeover = true }),
		believing(c, "server-window-forgotten", "7692-7.2.2-3", "the client forgets its window of the server's messages", func(p *DeflateParams) { p.ServerNoContextTakeover = true }),
		believing(s, "agreement-not-kept", "7692-5-7", "the server agrees to what it cannot do, and holds neither window nor context", func(p *DeflateParams) {
			p.ClientMaxWindowBits, p.ClientNoContextTakeover = 8, true
		}),
		believing(s, "client-window-too-small", "7692-7.2.2-10", "the server holds a window of 8 bits for the client's messages", func(p *DeflateParams) { p.ClientMaxWindowBits = 8 }),
		believing(c, "server-window-too-small", "7692-7.2.2-8", "the client holds a window of 8 bits for the server's messages", func(p *DeflateParams) { p.ServerMaxWindowBits = 8 }),
		kind("stored-blocks-refused", "7692-7.2.3-1", "the endpoint refuses compressed messages with stored blocks", 0),
		kind("fixed-codes-refused", "7692-6.2-1", "the endpoint refuses compressed messages with fixed codes", 1),
		kind("dynamic-codes-refused", "7692-6.2-1", "the endpoint refuses compressed messages with codes of their own", 2),
		receiving(both, "last-blocks-refused", "7692-7.2.3-1", "the endpoint refuses compressed messages with a last block", compressed(func(f wireFrame) bool {
			return len(f.payload) > 0 && f.payload[0]&1 != 0
		})),
		receiving(both, "one-octet-refused", "7692-7.2.3-2", "the endpoint refuses a compressed message of one octet", compressed(func(f wireFrame) bool { return f.fin && len(f.payload) == 1 })),
		receiving(both, "compressed-fragments-refused", "7692-6-3", "the endpoint refuses compressed messages in fragments", compressed(func(f wireFrame) bool { return !f.fin })),
		receiving(both, "uncompressed-refused", "7692-6.2-2", "the endpoint refuses messages that are not compressed", func(t *tap) filter {
			return func(f wireFrame) []wireFrame {
				if t.deflated && f.opcode != opContinuation && f.data() && f.rsv == 0 {
					return refuseFrame(f)
				}
				return pass(f)
			}
		}),
		receiving(both, "rsv1-ignored", "7692-5-16", "the endpoint does not decompress messages", func(t *tap) filter {
			return func(f wireFrame) []wireFrame {
				if t.deflated && f.opcode != opContinuation && f.data() {
					f.rsv &^= bitRSV1
				}
				return pass(f)
			}
		}),
		receiving(both, "compressed-messages-cut", "7692-7.2.2-1", "the endpoint loses the last octet of compressed messages", func(t *tap) filter {
			return func(f wireFrame) []wireFrame {
				if t.deflated && f.rsv == bitRSV1 && f.fin && f.data() && len(f.payload) > 1 {
					f.payload = f.payload[:len(f.payload)-1]
				}
				return pass(f)
			}
		}),
	}
}

// compressed refuses the first frames of compressed messages that a condition
// picks.
func compressed(wrong func(f wireFrame) bool) func(*tap) filter {
	return func(t *tap) filter {
		return func(f wireFrame) []wireFrame {
			if t.deflated && f.rsv == bitRSV1 && (f.opcode == opText || f.opcode == opBinary) && wrong(f) {
				return refuseFrame(f)
			}
			return pass(f)
		}
	}
}
