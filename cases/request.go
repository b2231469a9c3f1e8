package cases

// A Request is an opening handshake that is changed from the baseline, sent as
// the client. The baseline is
//
//	GET {target} HTTP/1.1
//	Host: {host}
//	Upgrade: websocket
//	Connection: Upgrade
//	Sec-WebSocket-Key: {key}
//	Sec-WebSocket-Version: 13
//
// with the header fields, origin and subprotocol that the run gives to every
// request. An Expectation of an answer or a refusal follows it. When that ends
// in a refusal the case is over, unless another Request follows, which goes out
// on the same connection if the server left it open.
type Request struct {
	Edits []Edit
	// Tail are frames or raw octets that follow the header in the same write.
	Tail []Frame
	// Chop is the size of the pieces that the request is written in; 0: whole.
	Chop int
	// Cuts are offsets at which a write ends; a negative one counts from the end
	// of the header.
	Cuts []int
}

// An Edit changes the baseline request or response. Name and Value may hold placeholders:
// {host} for the host and port of the target, {hostname} and {port} for its
// parts, {port+65536} for a number that is the port in 16 bits, {target} for its path and query, {key} for the fresh key, {chat},
// {CHAT} and {superchat} for the subprotocols that the run knows, {scheme} for
// http or https. In a response {accept} is the right accept value. For pages {origin}
// is their origin, and {page} the host and port of that.
type Edit struct {
	Op    EditOp
	Name  string
	Value Payload
}

// EditOp is the kind of an Edit.
type EditOp byte

// The edits.
const (
	SetMethod  EditOp = iota // Value replaces GET
	SetTarget                // Value replaces the request-target
	SetProto                 // Value replaces HTTP/1.1
	SetField                 // Value replaces that of the field Name, or adds it
	AddField                 // a further field Name with Value
	DropField                // every field Name goes
	AddOctets                // Value is put, as it is, behind the last header field
	SetLineEnd               // Value ends every line instead of CR LF
	Reverse                  // the header fields in reversed order
	SetStatus                // Value replaces 101 Switching Protocols, in a Response
	SetAll                   // Value is the whole request or response
)

// Baseline is the request with these edits.
func Baseline(edits ...Edit) Request { return Request{Edits: edits} }

// RawRequest sends these octets instead of a request; placeholders are replaced.
func RawRequest(octets string) Request {
	return Baseline(Edit{Op: SetAll, Value: Lit(octets)})
}

// Method replaces the method.
func Method(m string) Edit { return Edit{Op: SetMethod, Value: Lit(m)} }

// Target replaces the request-target.
func Target(t string) Edit { return Edit{Op: SetTarget, Value: Lit(t)} }

// Proto replaces the HTTP version.
func Proto(p string) Edit { return Edit{Op: SetProto, Value: Lit(p)} }

// Set replaces the value of a header field, or adds the field. The value is
// written behind the colon and one space.
func Set(name, value string) Edit { return Edit{SetField, name, Lit(value)} }

// SetOf is Set with a described value.
func SetOf(name string, value Payload) Edit { return Edit{SetField, name, value} }

// Add adds a header field at the end.
func Add(name, value string) Edit { return Edit{AddField, name, Lit(value)} }

// AddOf is Add with a described value.
func AddOf(name string, value Payload) Edit { return Edit{AddField, name, value} }

// Drop removes a header field.
func Drop(name string) Edit { return Edit{Op: DropField, Name: name} }

// Octets puts octets, as they are, behind the last header field; whole lines
// bring their own line ends.
func Octets(s string) Edit { return OctetsOf(Lit(s)) }

// OctetsOf is Octets with a description.
func OctetsOf(p Payload) Edit { return Edit{Op: AddOctets, Value: p} }

// LineEnd replaces CR LF at the end of every line.
func LineEnd(s string) Edit { return Edit{Op: SetLineEnd, Value: Lit(s)} }

// Reversed sends the header fields in reversed order.
func Reversed() Edit { return Edit{Op: Reverse} }

// Followed sends frames or raw octets behind the header in the same write.
func (r Request) Followed(frames ...Frame) Request { r.Tail = frames; return r }

// Chopped writes the request in pieces of n octets.
func (r Request) Chopped(n int) Request { r.Chop = n; return r }

// Cut ends a write at each of the offsets.
func (r Request) Cut(offsets ...int) Request { r.Cuts = offsets; return r }
