package runner

// obeyed reports whether the client offers what it was told to, if it was told
// anything. An answer is right for one offer and wrong for another, so that
// another one says nothing about the client, and ends the case.
func (p *player) obeyed() bool {
	if p.dictated == "" || p.reply != nil || p.asked.makes(p.dictated) {
		return true
	}
	values := p.asked.head.Values("Sec-WebSocket-Extensions")
	p.skip("the client was told to offer %s, and offers %s", quoteText(p.dictated), quoteValues(values))
	return false
}
