package reference

import (
	"bytes"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/klauspost/compress/flate"
)

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

// compressionFaults are those of compressed messages that are sent.
func compressionFaults() []departure {
	const both, s, c = EitherSide, ServerSide, ClientSide
	deflated := func(id, requirement, title string, change filter) departure {
		return sending(both, id, requirement, title, func(t *tap) filter {
			return func(f wireFrame) []wireFrame {
				if t.deflated && f.data() {
					return change(f)
				}
				return pass(f)
			}
		})
	}
	// The honest code does not compress short messages; these do, so that there is
	// something to be wrong.
	packed := func(id, requirement, title string, change filter) departure {
		return deflated(id, requirement, title, func(f wireFrame) []wireFrame { return change(packedFrame(f)) })
	}
	return []departure{
		believing(s, "window-exceeded", "7692-7.2.1-15", "the server compresses with a larger window than agreed", func(p *DeflateParams) { p.ServerMaxWindowBits = 15 }),
		believing(c, "client-window-exceeded", "7692-7.2.1-13", "the client compresses with a larger window than agreed", func(p *DeflateParams) { p.ClientMaxWindowBits = 15 }),
		believing(s, "context-taken-over", "7692-7.2.1-11", "the server refers to earlier messages though it agreed not to", func(p *DeflateParams) { p.ServerNoContextTakeover = false }),
		believing(s, "context-taken-over-after-all", "7692-7.1.1.1-3", "the server does not reset its window though it agreed to", func(p *DeflateParams) { p.ServerNoContextTakeover = false }),
		believing(c, "client-context-taken-over", "7692-7.2.1-8", "the client refers to earlier messages though it agreed not to", func(p *DeflateParams) { p.ClientNoContextTakeover = false }),
		believing(c, "client-context-not-reset", "7692-7.1.1.2-3", "the client does not do without context takeover when it is told to", func(p *DeflateParams) { p.ClientNoContextTakeover = false }),
		packed("tail-not-removed", "7692-7.2.1-1", "compressed messages end in the octets 00 00 FF FF", func(f wireFrame) []wireFrame {
			f.payload = append(f.payload, tail...)
			return pass(f)
		}),
		packed("tail-removed-too-far", "7692-7.2.1-1", "an octet too much is removed from compressed messages", func(f wireFrame) []wireFrame {
			if len(f.payload) > 1 {
				f.payload = f.payload[:len(f.payload)-1]
			}
			return pass(f)
		}),
		packed("rsv1-on-every-fragment", "7692-6.1-3", "compressed messages have RSV1 on each of their fragments", func(f wireFrame) []wireFrame {
			first, last := halves(f)
			last.rsv = bitRSV1
			return pass(first, last)
		}),
		packed("rsv1-on-last-fragment", "7692-6.1-1", "compressed messages have RSV1 on their last fragment alone", func(f wireFrame) []wireFrame {
			first, last := halves(f)
			first.rsv, last.rsv = 0, bitRSV1
			return pass(first, last)
		}),
		packed("rsv1-missing", "7692-6.1-1", "compressed messages have no RSV1", func(f wireFrame) []wireFrame {
			f.rsv = 0
			return pass(f)
		}),
		deflated("rsv1-on-uncompressed", "7692-6.1-2", "messages that are not compressed have RSV1", func(f wireFrame) []wireFrame {
			f.rsv = bitRSV1
			return pass(f)
		}),
		sending(both, "rsv1-on-control-frames", "7692-6.1-3", "control frames have RSV1 when compression is agreed on", func(t *tap) filter {
			return func(f wireFrame) []wireFrame {
				if t.deflated && !f.data() {
					f.rsv = bitRSV1
				}
				return pass(f)
			}
		}),
		packed("opcode-of-compressed-messages-lost", "7692-6.1-5", "compressed messages are sent as binary", func(f wireFrame) []wireFrame {
			f.opcode = opBinary
			return pass(f)
		}),
		packed("compressed-with-zlib-header", "7692-7.2.1-1", "compressed messages begin with the header of zlib", func(f wireFrame) []wireFrame {
			f.payload = append([]byte{0x78, 0x9c}, f.payload...)
			return pass(f)
		}),
		deflated("tail-removed-from-fragments", "7692-7.2.1-6", "the octets 00 00 FF FF are removed from each fragment", func(f wireFrame) []wireFrame {
			if f.rsv != 0 || len(f.payload) < 2 || !f.fin || f.opcode == opContinuation {
				return pass(f)
			}
			first, last := halves(f)
			first.rsv = bitRSV1
			first.payload, last.payload = deflatedHalves(first.payload, last.payload)
			return pass(first, last)
		}),
		deflated("padding-of-last-block-not-zero", "7692-7.2.1-5", "compressed messages end in a last block with bits set behind it", func(f wireFrame) []wireFrame {
			if f.rsv != 0 || f.opcode == opContinuation || !f.fin {
				return pass(f)
			}
			f.rsv = bitRSV1
			return pass(f.with(lastBlock(f.payload)))
		}),
	}
}

// packedFrame is the frame of a message compressed, if it is not.
func packedFrame(f wireFrame) wireFrame {
	if f.rsv != 0 || !f.fin || f.opcode == opContinuation {
		return f
	}
	f.rsv = bitRSV1
	f.payload, _ = deflatedHalves(f.payload, nil)
	return f
}

// deflatedHalves compresses two fragments, and cuts off the end of both.
func deflatedHalves(a, b []byte) (first, last []byte) {
	var out bytes.Buffer
	w, _ := flate.NewWriter(&out, flate.BestSpeed)
	w.Write(a)
	w.Flush()
	first = bytes.TrimSuffix(bytes.Clone(out.Bytes()), []byte(tail))
	out.Reset()
	w.Write(b)
	w.Flush()
	return first, bytes.TrimSuffix(out.Bytes(), []byte(tail))
}

// lastBlock is a message as a last block of fixed codes, without a match, with
// its padding set.
func lastBlock(p []byte) []byte {
	var b []byte
	n := uint(0)
	bit := func(v uint) {
		if n&7 == 0 {
			b = append(b, 0)
		}
		b[n>>3] |= byte(v << (n & 7))
		n++
	}
	code := func(v, length uint) {
		for i := length; i > 0; i-- {
			bit(v >> (i - 1) & 1)
		}
	}
	for _, v := range []uint{1, 1, 0} {
		bit(v)
	}
	for _, c := range p {
		if c < 144 {
			code(0x30+uint(c), 8)
		} else {
			code(0x190+uint(c)-144, 9)
		}
	}
	code(0, 7)
	for n&7 != 0 {
		bit(1)
	}
	return append(b, 0)
}

// negotiationFaults are those of the agreement on permessage-deflate.
func negotiationFaults() []departure {
	return slices.Concat(offersMisread(), agreementsChanged(), agreementsAccepted())
}

func offersMisread() []departure {
	const s = ServerSide
	return []departure{
		forgiving(s, "bad-offers-accepted", "7692-7-2", "the server accepts offers of permessage-deflate that are wrong"),
		misreadOffers("first-offer-alone-read", "7692-7-3", "the server reads the first offer alone", func(list []Extension) []Extension { return list[:1] }),
		misreadOffers("extension-compared-without-case", "7692-9.1-1", "the server compares the names of extensions without regard to case", func(list []Extension) []Extension {
			for i := range list {
				list[i].Name = strings.ToLower(list[i].Name)
			}
			return list
		}),
	}
}

// misreadOffers is the fault of a server that takes a list of offers for another.
func misreadOffers(id, requirement, title string, change func([]Extension) []Extension) departure {
	return misreading(id, requirement, title, func(r *http.Request) {
		value := strings.Join(r.Header["Sec-Websocket-Extensions"], ",")
		if change == nil {
			if strings.Contains(value, `"`) {
				r.Header.Del(fieldExtensions)
			}
			return
		}
		if list, err := ParseExtensions(value); err == nil {
			r.Header.Set(fieldExtensions, string(AppendExtensions(nil, change(list))))
		}
	})
}

// agreementsChanged are the faults of the answer to an offer.
func agreementsChanged() []departure {
	answer := func(id, requirement, title string, change func(offer, answer string) string) departure {
		return replying(id, requirement, title, func(h *head) {
			offer := strings.Join(h.request.Header["Sec-Websocket-Extensions"], ", ")
			h.edit(fieldExtensions, func(v string) string { return change(offer, v) })
		})
	}
	add := func(param string) func(_, v string) string {
		return func(_, v string) string { return v + "; " + param }
	}
	return []departure{
		answer("server-takeover-not-answered", "7692-7.1.1.1-2", "the answer leaves out server_no_context_takeover, which was asked for", func(_, v string) string {
			return offerWithout(v, "server_no_context_takeover")
		}),
		answer("client-takeover-not-answered", "7692-7.2.2-6", "the server has the client begin anew with each message, and does not say so", func(_, v string) string {
			return offerWithout(v, "client_no_context_takeover")
		}),
		answer("server-bits-not-answered", "7692-7.1.2.1-4", "the answer leaves out server_max_window_bits, which was asked for", func(_, v string) string {
			return offerWithout(v, "server_max_window_bits")
		}),
		answer("server-bits-greater", "7692-7.1.2.1-4", "the answer has a larger window than was asked for", func(_, v string) string {
			if strings.Contains(v, "server_max_window_bits=") {
				return offerWith(v, "server_max_window_bits", "server_max_window_bits=15")
			}
			return v
		}),
		answer("server-bits-16", "7692-7.1.2.1-5", "the answer has a window of 16 bits", func(_, v string) string {
			return offerWith(v, "server_max_window_bits", "server_max_window_bits=16")
		}),
		answer("server-bits-07", "7692-7.1.2.1-5", "the answer has a number of window bits with a leading zero", func(_, v string) string {
			return offerWith(v, "server_max_window_bits", "server_max_window_bits=015")
		}),
		answer("client-bits-unasked", "7692-7.1.2.2-5", "the answer has client_max_window_bits, which was not offered", func(offer, v string) string {
			if strings.Contains(offer, "client_max_window_bits") {
				return v
			}
			return v + "; client_max_window_bits=15"
		}),
		answer("client-bits-without-value", "7692-7.1.2.2-4", "the answer has client_max_window_bits without a value", func(_, v string) string {
			return offerWith(v, "client_max_window_bits", "client_max_window_bits")
		}),
		answer("client-bits-of-7", "7692-7.1.2.2-4", "the answer limits the client to a window of 7 bits", func(_, v string) string {
			return offerWith(v, "client_max_window_bits", "client_max_window_bits="+strconv.Itoa(7))
		}),
		answer("takeover-with-value", "7692-7.1.1.1-2", "the answer gives server_no_context_takeover a value", func(_, v string) string {
			return strings.Replace(v, "server_no_context_takeover", "server_no_context_takeover=1", 1)
		}),
		answer("parameter-twice", "7692-7-1", "a parameter of the answer stands there twice", add("client_no_context_takeover; client_no_context_takeover")),
		answer("offer-repeated", "7692-5-8", "the answer repeats the offer as it is", func(offer, _ string) string { return offer }),
		answer("bzip2-accepted-as-well", "7692-5-9", "the server accepts another compression next to permessage-deflate", func(offer, v string) string {
			return v + ", permessage-bzip2"
		}),
		answer("every-offer-accepted", "7692-5-9", "the server accepts everything that is offered", func(offer, _ string) string { return offer }),
		answer("deflate-frame-accepted", "7692-5-11", "the server accepts each extension that is offered next to permessage-deflate", func(offer, v string) string {
			list, _ := ParseExtensions(offer)
			for _, e := range list {
				if e.Name != deflateName {
					v += ", " + e.Name
				}
			}
			return v
		}),
		replying("declined-offer-named", "7692-7-2", "the server names permessage-deflate also when it declines it", func(h *head) {
			offer := strings.Join(h.request.Header["Sec-Websocket-Extensions"], ", ")
			if h.get(fieldExtensions) == "" && strings.Contains(offer, deflateName) {
				h.add(fieldExtensions, deflateName)
			}
		}),
		answer("agreement-misnamed", "7692-5-6", "the server accepts permessage-deflate under another name", func(_, v string) string {
			return strings.Replace(v, deflateName, "deflate", 1)
		}),
		replying("bzip2-accepted", "7692-5-13", "the server accepts permessage-bzip2, which nobody has", func(h *head) {
			if offer := strings.Join(h.request.Header["Sec-Websocket-Extensions"], ", "); h.get(fieldExtensions) == "" && strings.Contains(offer, "permessage-bzip2") {
				h.add(fieldExtensions, "permessage-bzip2")
			}
		}),
		replying("agreement-not-told", "7692-5-6", "the server compresses, but does not say so in its answer", dropping(fieldExtensions)),
	}
}

// agreementsAccepted are the faults of a client that accepts any answer.
func agreementsAccepted() []departure {
	const c = ClientSide
	return []departure{
		forgiving(c, "bad-agreement-accepted", "7692-7-4", "the client takes an answer with parameters that are wrong"),
		forgiving(c, "extension-twice-accepted", "7692-5-10", "the client takes an answer that accepts permessage-deflate twice"),
		forgiving(c, "rivals-accepted", "7692-5-12", "the client takes any extension next to permessage-deflate", "6455-4.1-47", "7692-5-10"),
		forgiving(c, "unoffered-agreement-accepted", "7692-5-15", "the client takes an answer that does not fit its offer",
			"7692-7.1.1.1-2", "7692-7.1.2.1-4", "7692-7.1.2.2-5"),
		forgiving(c, "takeover-not-insisted-on", "7692-7.1.1.1-2", "the client does not mind that server_no_context_takeover is missing"),
		forgiving(c, "bits-not-insisted-on", "7692-7.1.2.1-4", "the client does not mind a larger window than it asked for"),
		forgiving(c, "client-bits-unasked-accepted", "7692-7.1.2.2-5", "the client takes client_max_window_bits, which it did not offer"),
		believing(c, "hint-kept-to", "7692-7.2.2-11", "the client goes by its own hint and not by what was agreed", func(p *DeflateParams) {
			p.ServerNoContextTakeover = true
		}),
		strictOnIf("unasked-takeover-refused", "7692-errata-1", "the client refuses server_no_context_takeover that it did not ask for", func(r *Response) bool {
			return strings.Contains(r.Header.Get(fieldExtensions), "server_no_context_takeover")
		}),
	}
}
