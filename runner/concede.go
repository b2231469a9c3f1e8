package runner

const (
	serverNoTakeover = "server_no_context_takeover"
	clientNoTakeover = "client_no_context_takeover"
)

// concede adds to an answer of permessage-deflate what the client's only offer
// wants of context takeover: the answer must repeat server_no_context_takeover (RFC
// 7692, section 7.1.1.1), and a client that gives notice of client_no_context_takeover
// may not be able to do without it (section 7.1.1.2). An offer that leaves this open,
// and an answer that says it, are left as they are.
func (r *request) concede(answer string) string {
	offers, err := parseExtensions(r.head.Values("Sec-WebSocket-Extensions"))
	if err != nil || len(offers) != 1 || !offers[0].has(serverNoTakeover) {
		return answer
	}
	ours, err := parseExtensions([]string{answer})
	if err != nil || len(ours) != 1 || ours[0].has(serverNoTakeover) {
		return answer
	}
	answer += "; " + serverNoTakeover
	if offers[0].has(clientNoTakeover) && !ours[0].has(clientNoTakeover) {
		answer += "; " + clientNoTakeover
	}
	return answer
}

func (x extension) has(param string) bool {
	_, ok := x.param(param)
	return ok
}
