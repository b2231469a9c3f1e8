package runner

import (
	"crypto/sha1"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strings"

	"github.com/wsspec/wsspec/runner/wire"
)

const acceptGUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11" // RFC 6455, section 1.3

// acceptValue is the value of Sec-WebSocket-Accept for a key (RFC 6455, section
// 4.2.2).
func acceptValue(key string) string {
	sum := sha1.Sum([]byte(key + acceptGUID))
	return base64.StdEncoding.EncodeToString(sum[:])
}

// adviseOn explains octets of a response that have a known cause.
func adviseOn(head *wire.Head) []string {
	odd, ok := head.Odd(wire.EarlyEnd)
	if !ok {
		return nil
	}
	line := lineBefore(head.Raw, odd.Offset)
	field, _, _ := strings.Cut(line, ":")
	return []string{
		fmt.Sprintf("The %s line ends in a bare line feed (0a) and the carriage return and line feed (0d 0a) of the line follow it. "+
			"A receiver reads the first as the end of the line, and the second as the empty line that ends the header.", quoteOctets([]byte(field))),
		"What follows, the rest of the header or its end, is then read as WebSocket frames: 0d 0a, for example, as FIN 0, " +
			"the reserved opcode 13, and a payload length of 10. Chrome opens the connection and at once fails it, with " +
			"\"Invalid frame header\" or with words on reserved bits; no message ever reaches the page or its developer tools.",
		"The usual cause is a base64 function that appends a line feed to what it encodes " +
			"(base64.encodestring in Python, encode_base64 in Perl, Base64.encode64 in Ruby, base64 in a shell). Strip the value before it goes into the header.",
	}
}

// lineBefore is the line of the header that ends before the offset.
func lineBefore(raw []byte, offset int) string {
	lines := strings.Split(strings.TrimRight(string(raw[:min(max(offset, 0), len(raw))]), "\r\n"), "\n")
	return strings.TrimRight(lines[len(lines)-1], "\r")
}

// adviseOnAccept recognises accept values that come from a known mistake.
func adviseOnAccept(got, key string) []string {
	for mistake, value := range wrongAccepts(key) {
		if got == value {
			return []string{"The accept value is " + mistake + ". It must be the base64 form of the SHA-1 of the key text, as it stands in the request, followed by " + acceptGUID + "."}
		}
	}
	return nil
}

// wrongAccepts are accept values that mistakes lead to, by the mistake.
func wrongAccepts(key string) map[string]string {
	encode := func(b []byte) string { return base64.StdEncoding.EncodeToString(b) }
	decoded, _ := base64.StdEncoding.DecodeString(key)
	right := sha1.Sum([]byte(key + acceptGUID))
	overDecoded := sha1.Sum(append(decoded, acceptGUID...))
	withoutGUID := sha1.Sum([]byte(key))
	lowerGUID := sha1.Sum([]byte(key + strings.ToLower(acceptGUID)))
	return map[string]string{
		"the key itself":                                         key,
		"computed over the decoded key":                          encode(overDecoded[:]),
		"computed without the GUID":                              encode(withoutGUID[:]),
		"computed with the GUID in lower case":                   encode(lowerGUID[:]),
		"the hexadecimal form of the hash":                       hex.EncodeToString(right[:]),
		"the base64 form of the hexadecimal form of the hash":    encode([]byte(hex.EncodeToString(right[:]))),
		"the hash in base64 without its padding":                 base64.RawStdEncoding.EncodeToString(right[:]),
		"the hash in the URL form of base64":                     base64.URLEncoding.EncodeToString(right[:]),
		"that of the sample key of RFC 6455, whatever was asked": acceptValue("dGhlIHNhbXBsZSBub25jZQ=="),
	}
}
