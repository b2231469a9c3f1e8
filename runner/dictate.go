package runner

import (
	"maps"
	"slices"
)

// obeyed reports whether the client offers what it was told to, if it was told
// anything. An answer is right for one offer and wrong for another, so that
// another one says nothing about the client, and ends the case.
func (p *player) obeyed() bool {
	if p.dictated == "" || p.reply != nil {
		return true
	}
	values := p.asked.head.Values("Sec-WebSocket-Extensions")
	told, err := parseExtensions([]string{p.dictated})
	offered, _ := parseExtensions(values)
	if err != nil || slices.EqualFunc(told, offered, sameExtension) {
		return true
	}
	p.skip("the client was told to offer %s, and offers %s", quoteText(p.dictated), quoteValues(values))
	return false
}

// sameExtension reports whether two elements mean the same: the order of
// parameters with different names says nothing.
func sameExtension(a, b extension) bool {
	return a.name == b.name && len(a.params) == len(b.params) && maps.Equal(paramsOf(a), paramsOf(b))
}

func paramsOf(x extension) map[string]param {
	m := make(map[string]param, len(x.params))
	for _, p := range x.params {
		m[p.name] = p
	}
	return m
}
