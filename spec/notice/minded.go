package notice

import "maps"

// A mind is by which requirement the reference client minds a fault, and whether
// every client has to.
type mind struct {
	requirement string
	must        bool
	talk        string // the conversation in which it does
}

// must says that the requirement tells a client to fail the connection, or that it
// cannot go on. With may it binds the server alone, the standard leaves the client
// to choose how strictly it reads, or nothing tells whether the client reads it.
const must, may = true, false

// repeated are the faults that repeat the client's offer, which breaks a rule where
// the offer has a parameter that no answer may have like that.
var repeated = []string{"extensions-repeated", "extensions-repeated-unread", "offer-repeated", "every-offer-accepted"}

// minded are the faults that the reference client notices.
func minded() map[string]mind {
	all := mindedAnswers()
	maps.Copy(all, mindedFrames())
	maps.Copy(all, mindedCompression())
	return all
}

// mindedAnswers are those of the opening handshake.
func mindedAnswers() map[string]mind {
	return map[string]mind{
		"key-length-alone-checked":          {"6455-4.1-46", must, "plain"},
		"accept-trailing-newline":           {"9112-2.2-1", may, "plain"},
		"accept-missing":                    {"6455-4.1-46", must, "plain"},
		"accept-constant":                   {"6455-4.1-46", must, "plain"},
		"accept-repeats-key":                {"6455-4.1-46", must, "plain"},
		"accept-of-decoded-key":             {"6455-4.1-46", must, "plain"},
		"accept-in-lower-case":              {"6455-4.1-46", must, "plain"},
		"accept-in-url-alphabet":            {"6455-4.1-46", must, "plain"},
		"accept-twice":                      {"6455-11.3.3-1", may, "plain"},
		"accept-quoted":                     {"6455-4.1-46", must, "plain"},
		"answer-200":                        {"6455-4.1-43", must, "plain"},
		"answer-http-1.0":                   {"6455-4.1-49", may, "plain"},
		"status-line-cut":                   {"6455-4.1-49", may, "plain"},
		"upgrade-field-missing":             {"6455-4.1-44", must, "plain"},
		"upgrade-field-of-another-protocol": {"6455-4.1-44", must, "plain"},
		"upgrade-field-with-version":        {"6455-4.1-44", must, "plain"},
		"connection-field-missing":          {"6455-4.1-45", must, "plain"},
		"connection-field-keep-alive":       {"6455-4.1-45", must, "plain"},
		"answer-with-body":                  {"6455-4.1-49", may, "plain"},
		"answer-with-chunks":                {"6455-4.1-49", may, "plain"},
		"answer-with-line-feeds":            {"9112-2.2-1", may, "plain"},
		"answer-with-space-before-colon":    {"9112-5.1-1", may, "plain"},
		"answer-with-nul":                   {"6455-4.1-49", may, "plain"},
		"answer-without-end":                {"9112-2.2-2", may, "plain"},
		"answer-twice":                      {"6455-5.2-4", must, "plain"},
		"line-end-behind-answer":            {"6455-5.2-5", must, "plain"},
		"subprotocol-not-offered":           {"6455-4.1-48", must, "plain"},
		"subprotocol-list-repeated":         {"6455-4.1-48", must, "subprotocol"},
		"subprotocol-empty":                 {"6455-4.1-48", may, "plain"},
		"subprotocol-in-lower-case":         {"6455-4.1-48", must, "subprotocol"},
		"subprotocol-twice":                 {"6455-11.3.4-2", may, "subprotocol"},
		"extension-not-offered":             {"6455-4.1-47", must, "plain"},
		"extension-unasked-deflate":         {"6455-4.1-47", must, "led"},
		"extensions-repeated":               {"7692-7-4", must, "plain"},
		"extensions-repeated-unread":        {"7692-7-4", must, "plain"},
		"subprotocols-repeated-unread":      {"6455-4.1-48", must, "subprotocol"},
		"extension-value-empty":             {"6455-9.1-1", may, "plain"},
		"extension-value-malformed":         {"6455-9.1-1", must, "compressed"},
		"extension-value-no-token":          {"6455-4.3-1", may, "compressed"},
		"extension-parameter-unknown":       {"7692-7-4", must, "compressed"},
		"extension-name-in-other-case":      {"6455-4.1-47", must, "compressed"},
	}
}

// mindedFrames are those of frames and messages, of control frames and Close frames.
func mindedFrames() map[string]mind {
	return map[string]mind{
		"frames-masked":                {"6455-5.1-5", must, "plain"},
		"reserved-bit-set":             {"6455-5.2-4", must, "plain"},
		"rsv1-set":                     {"6455-5.2-4", must, "plain"},
		"compressed-without-agreement": {"6455-5.2-4", must, "plain"},
		"rsv3-on-control-frames":       {"6455-5.2-4", must, "plain"},
		"reserved-data-opcode":         {"6455-5.2-5", must, "plain"},
		"reserved-control-opcode":      {"6455-5.2-5", must, "led"},
		"frame-header-cut":             {"6455-8.1-1", must, "plain"},
		"frames-turned-round":          {"6455-5.2-4", must, "plain"},
		"length-in-16-bits-always":     {"6455-5.2-10", may, "plain"},
		"length-in-64-bits-always":     {"6455-5.2-10", may, "plain"},
		"length-forms-off-by-one":      {"6455-5.2-10", may, "plain"},
		"length-in-little-endian":      {"6455-8.1-1", must, "plain"},
		"length-top-bit-set":           {"6455-5.2-9", may, "plain"},
		"length-off-by-one":            {"6455-5.2-4", must, "plain"},
		"length-with-header":           {"6455-8.1-1", must, "plain"},
		"length-of-126-in-7-bits":      {"6455-5.2-4", must, "plain"},
		"length-of-16-bits-overflows":  {"6455-5.2-10", may, "plain"},
		"continuation-without-message": {"6455-5.4-1", must, "plain"},
		"last-fragment-never-sent":     {"6455-5.4-3", must, "plain"},
		"fragments-with-opcode":        {"6455-5.4-3", must, "plain"},
		"fragment-types-differ":        {"6455-5.4-3", must, "plain"},
		"fragments-in-reverse":         {"6455-8.1-1", must, "plain"},
		"fragments-all-final":          {"6455-5.4-1", must, "plain"},
		"message-in-two":               {"6455-8.1-1", must, "plain"},
		"binary-as-text":               {"6455-8.1-1", must, "plain"},
		"messages-sent-twice":          {"6455-5.4-3", must, "plain"},
		"message-cut-at-nul":           {"7692-7.2.2-1", must, "compressed"},
		"last-octet-lost":              {"7692-7.2.2-1", must, "compressed"},
		"messages-out-of-order":        {"6455-5.4-1", must, "plain"},
		"text-in-latin-1":              {"6455-8.1-1", must, "plain"},
		"text-ends-inside-a-character": {"6455-8.1-1", must, "plain"},
		"pong-in-fragments":            {"6455-5.5-3", must, "led"},
		"pong-without-fin":             {"6455-5.5-3", must, "led"},
		"pong-of-126-octets":           {"6455-5.5-2", must, "led"},
		"close-1005-sent":              {"6455-7.4.1-7", may, "little memory"},
		"close-code-in-little-endian":  {"6455-7.4.2-5", may, "plain"},
		"close-code-cut":               {"6455-5.5.1-3", may, "plain"},
		"close-code-as-text":           {"6455-7.4.2-5", may, "plain"},
		"close-reason-not-utf8":        {"6455-8.1-1", may, "plain"},
		"close-reason-too-long":        {"6455-5.5-2", must, "plain"},
		"close-in-fragments":           {"6455-5.5-3", must, "plain"},
	}
}

// mindedCompression are those of permessage-deflate.
func mindedCompression() map[string]mind {
	return map[string]mind{
		"server-bits-16":                     {"7692-7-4", must, "compressed"},
		"server-bits-07":                     {"7692-7-4", must, "compressed"},
		"client-bits-without-value":          {"7692-7-4", must, "compressed"},
		"client-bits-of-7":                   {"7692-7-4", must, "compressed"},
		"takeover-with-value":                {"7692-7-4", must, "little memory"},
		"parameter-twice":                    {"7692-7-4", must, "compressed"},
		"offer-repeated":                     {"7692-7-4", must, "compressed"},
		"bzip2-accepted-as-well":             {"6455-4.1-47", must, "compressed"},
		"every-offer-accepted":               {"7692-7-4", must, "compressed"},
		"agreement-misnamed":                 {"6455-4.1-47", must, "compressed"},
		"agreement-not-told":                 {"6455-5.2-4", must, "compressed"},
		"window-exceeded":                    {"7692-7.2.1-15", may, "little memory"},
		"context-taken-over":                 {"1951-3.2.3-1", may, "little memory"},
		"context-taken-over-after-all":       {"1951-3.2.3-1", may, "little memory"},
		"tail-not-removed":                   {"7692-7.2.2-1", must, "compressed"},
		"tail-removed-too-far":               {"7692-7.2.2-1", must, "compressed"},
		"rsv1-on-every-fragment":             {"7692-6.1-4", must, "compressed"},
		"rsv1-on-last-fragment":              {"6455-8.1-1", must, "compressed"},
		"rsv1-missing":                       {"6455-8.1-1", must, "compressed"},
		"rsv1-on-uncompressed":               {"7692-7.2.2-1", must, "compressed"},
		"rsv1-on-control-frames":             {"7692-6.1-4", must, "compressed"},
		"opcode-of-compressed-messages-lost": {"6455-5.4-3", must, "compressed"},
		"compressed-with-zlib-header":        {"7692-7.2.2-1", must, "compressed"},
		"tail-removed-from-fragments":        {"7692-7.2.2-1", must, "compressed"},
		"padding-of-last-block-not-zero":     {"7692-7.2.1-5", may, "compressed"},
	}
}
