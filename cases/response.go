package cases

// A Response is the answer of the server to an opening handshake, for cases that
// test a client. It is changed from the baseline
//
//	HTTP/1.1 101 Switching Protocols
//	Upgrade: websocket
//	Connection: Upgrade
//	Sec-WebSocket-Accept: {accept}
//
// which agrees to no extension and no subprotocol. The first Response of a case
// waits for the client's request. Further ones follow it, so that an interim
// response can come before the final one.
type Response Request

// Respond is the baseline response with these edits.
func Respond(edits ...Edit) Response { return Response{Edits: edits} }

// RawResponse sends these octets instead of a response; placeholders are replaced.
func RawResponse(octets string) Response {
	return Respond(Edit{Op: SetAll, Value: Lit(octets)})
}

// Status replaces the status code and reason phrase of a response.
func Status(s string) Edit { return Edit{Op: SetStatus, Value: Lit(s)} }

// Followed sends frames or raw octets behind the header in the same write.
func (r Response) Followed(frames ...Frame) Response { r.Tail = frames; return r }

// Chopped writes the response in pieces of n octets.
func (r Response) Chopped(n int) Response { r.Chop = n; return r }

// Cut ends a write at each of the offsets.
func (r Response) Cut(offsets ...int) Response { r.Cuts = offsets; return r }
