package reference

import (
	"bytes"
	"slices"
	"unicode/utf8"
)

// messageFaults are those of messages and their fragments.
func messageFaults() []departure {
	return slices.Concat(fragmentFaults(), echoFaults(), segmentFaults())
}

// halves are two fragments of a frame.
func halves(f wireFrame) (first, last wireFrame) {
	cut := len(f.payload) / 2
	first, last = f.with(f.payload[:cut]), f.with(f.payload[cut:])
	first.fin = false
	last.opcode, last.rsv = opContinuation, 0
	return first, last
}

func echoFaults() []departure {
	return slices.Concat(messagesSent(), messagesMixedUp(), messagesRead())
}

func messagesSent() []departure {
	const both = EitherSide
	return []departure{
		sending(both, "binary-as-text", "6455-6.1-6", "binary messages are sent as text", only(opBinary, func(f wireFrame) []wireFrame { return pass(f.as(opText)) })),
		sending(both, "text-as-binary", "6455-6.1-6", "text messages are sent as binary", only(opText, func(f wireFrame) []wireFrame { return pass(f.as(opBinary)) })),
		sending(both, "messages-never-sent", "6455-6.1-9", "messages are never sent", onData(lose)),
		sending(both, "empty-messages-never-sent", "6455-6.1-9", "empty messages are not sent", onData(func(f wireFrame) []wireFrame {
			if len(f.payload) == 0 {
				return nil
			}
			return pass(f)
		})),
		sending(both, "messages-sent-twice", "6455-6.1-9", "every message is sent twice", onData(func(f wireFrame) []wireFrame { return pass(f, f) })),
		sending(both, "message-cut-at-64-kib", "6455-6.1-4", "messages end after 65535 octets", onData(func(f wireFrame) []wireFrame {
			return pass(f.with(f.payload[:min(len(f.payload), 0xffff)]))
		})),
		sending(both, "message-cut-at-nul", "6455-5.6-3", "messages end before their first NUL", onData(func(f wireFrame) []wireFrame {
			payload, _, _ := bytes.Cut(f.payload, []byte{0})
			return pass(f.with(payload))
		})),
		sending(both, "last-octet-lost", "6455-6.1-4", "messages of more than one octet lose the last", onData(func(f wireFrame) []wireFrame {
			if len(f.payload) > 1 && f.payload[len(f.payload)-1] < utf8.RuneSelf {
				f.payload = f.payload[:len(f.payload)-1]
			}
			return pass(f)
		})),
		sending(both, "line-ends-translated", "6455-5.6-3", "line feeds in messages are sent as CR LF", onData(func(f wireFrame) []wireFrame {
			return pass(f.with(bytes.ReplaceAll(f.payload, []byte("\n"), []byte("\r\n"))))
		})),
	}
}

// messagesMixedUp are those of messages that are changed, or do not come in their order.
func messagesMixedUp() []departure {
	const both = EitherSide
	return []departure{
		sending(both, "octet-changed-in-long-messages", "6455-6.1-4", "one octet in 1000 is changed", onData(func(f wireFrame) []wireFrame {
			for i := 999; i < len(f.payload); i += 1000 {
				f.payload[i] ^= 1
			}
			return pass(f)
		})),
		sending(both, "messages-out-of-order", "6455-5.4-7", "every second message overtakes the one before", func(*tap) filter {
			var held []wireFrame
			return func(f wireFrame) []wireFrame {
				if !f.data() {
					return pass(f)
				}
				if held == nil {
					held = pass(f)
					return nil
				}
				frames := append(pass(f), held...)
				held = nil
				return frames
			}
		}),
		sending(both, "message-left-in-buffer", "6455-6.1-9", "a message is sent with the next frame alone", func(*tap) filter {
			var held []wireFrame
			return func(f wireFrame) []wireFrame {
				frames := held
				if held = nil; f.data() {
					held = pass(f)
					return frames
				}
				return append(frames, f)
			}
		}),
	}
}

func messagesRead() []departure {
	const both = EitherSide
	return []departure{
		receiving(both, "empty-messages-refused", "6455-5.2-11", "the endpoint refuses empty messages", refusing(func(f wireFrame) bool {
			return f.data() && f.fin && f.opcode != opContinuation && len(f.payload) == 0
		})),
		receiving(both, "binary-refused", "6455-5.6-1", "the endpoint refuses binary messages", refusing(func(f wireFrame) bool { return f.opcode == opBinary })),
		receiving(both, "binary-checked-as-text", "6455-5.6-3", "the endpoint refuses binary messages that are not UTF-8", refusing(func(f wireFrame) bool {
			return f.opcode == opBinary && f.fin && !utf8.Valid(f.payload)
		})),
		receiving(both, "large-messages-refused", "6455-5.2-8", "the endpoint refuses frames of more than 16 KiB", refusing(func(f wireFrame) bool { return len(f.payload) > 16<<10 })),
		receiving(both, "messages-counted", "6455-6.2-4", "the endpoint refuses more than fifty messages", func(*tap) filter {
			n := 0
			return func(f wireFrame) []wireFrame {
				if f.data() && f.fin {
					if n++; n > 50 {
						return refuseFrame(f)
					}
				}
				return pass(f)
			}
		}),
	}
}

// reading is the fault of an endpoint that misreads what its transport returns.
func reading(id, requirement, title string, change func() func([]byte) []byte) departure {
	return departure{Fault: Fault{id, requirement, title, EitherSide}, wire: func(t *tap) { t.octets = change() }}
}

func segmentFaults() []departure {
	return []departure{
		reading("one-frame-per-read", "6455-6.2-1", "the endpoint loses what follows a frame in the same read", func() func([]byte) []byte {
			inside := 0
			return func(b []byte) []byte {
				if inside > 0 {
					inside -= min(inside, len(b))
					return b
				}
				h, n, ok := parseHeader(b)
				if !ok || h.length > maxSifted {
					return b
				}
				size := n + int(h.length)
				inside = max(0, size-len(b))
				return b[:min(size, len(b))]
			}
		}),
		reading("one-read-per-frame", "6455-6.2-1", "the endpoint takes each read for a whole frame, and makes up what is missing", func() func([]byte) []byte {
			return func(b []byte) []byte {
				for at := 0; at < len(b); {
					h, n, ok := parseHeader(b[at:])
					if !ok {
						return append(b, make([]byte, max(2, 14-(len(b)-at)))...)
					}
					if h.length > 1<<20 {
						return b
					}
					at += n + int(h.length)
					if at > len(b) {
						b = append(b, make([]byte, at-len(b))...)
					}
				}
				return b
			}
		}),
	}
}
