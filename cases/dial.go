package cases

// A DialStep asks the client that is tested to open a URL. It is the first step
// of a case, which needs the feature Dial; what the client then asks of the
// server is expected with Requested or Declined.
type DialStep struct {
	// URL is what the client is given; empty: the run's own. It may hold the
	// placeholders {host}, {hostname} and {port}.
	URL string
	// Protocols are the subprotocols to offer, with commas between them.
	Protocols string
	// Offer is the value of Sec-WebSocket-Extensions to offer; empty: as the
	// client likes.
	Offer string
}

// Dial asks the client to open a URL.
func Dial(url string) DialStep { return DialStep{URL: url} }

// Subprotocols asks the client to offer these, with commas between them.
func (d DialStep) Subprotocols(list string) DialStep { d.Protocols = list; return d }

// Extensions asks the client to offer these.
func (d DialStep) Extensions(offer string) DialStep { d.Offer = offer; return d }

// RequestEvent is the opening handshake of the client, right in every respect
// that RFC 6455, section 4.1, names.
type RequestEvent struct {
	Target string       // the request-target; empty: any
	Checks []FieldCheck // what its header fields must hold besides
}

// Requested expects an opening handshake with this request-target; an empty one
// stands for any.
func Requested(target string) RequestEvent { return RequestEvent{Target: target} }

// With demands that the comma-separated list in the field holds this element,
// compared without regard to ASCII case.
func (r RequestEvent) With(name, element string) RequestEvent {
	return r.check(FieldCheck{Holds, name, element})
}

// Equal demands that the field has exactly this value.
func (r RequestEvent) Equal(name, value string) RequestEvent {
	return r.check(FieldCheck{Equals, name, value})
}

// Without demands that there is no such field.
func (r RequestEvent) Without(name string) RequestEvent {
	return r.check(FieldCheck{Absent, name, ""})
}

// Has demands that there is such a field.
func (r RequestEvent) Has(name string) RequestEvent {
	return r.check(FieldCheck{Present, name, ""})
}

func (r RequestEvent) check(c FieldCheck) RequestEvent {
	r.Checks = append(r.Checks[:len(r.Checks):len(r.Checks)], c)
	return r
}

// DeclinedEvent is the client refusing what it was asked to open: it opens no
// connection, or sends nothing on it.
type DeclinedEvent struct{}

// Declined expects the client to refuse the URL or the offer.
func Declined() DeclinedEvent { return DeclinedEvent{} }
