package reference

import (
	"cmp"
	"slices"
	"strings"
)

// checkAnswer validates a 101 answer against what was asked for and returns what
// was agreed (RFC 6455, section 4.1). Every deviation fails the connection: a
// client that shrugs at one lets servers believe that they are right.
func checkAnswer(r rules, resp *Response, key string, opts *DialOptions) (connConfig, error) {
	h := resp.Header
	err := cmp.Or(
		r.require(resp.Proto != "HTTP/1.0", "6455-4.1-49", "HTTP/1.0 has no status 101"),
		r.require(len(h["Upgrade"]) == 1 && equalFold(h.Get("Upgrade"), "websocket"), "6455-4.1-44",
			"the Upgrade field is not websocket: %.64q", strings.Join(h["Upgrade"], ", ")),
		r.require(hasToken(h["Connection"], "upgrade"), "6455-4.1-45",
			"the Connection field does not have the Upgrade option: %.64q", strings.Join(h["Connection"], ", ")),
		checkAccept(r, h["Sec-Websocket-Accept"], key),
		r.require(len(h["Content-Length"]) == 0 && len(h["Transfer-Encoding"]) == 0, "6455-4.1-49",
			"the answer announces a body, which a 101 cannot have"),
	)
	if err != nil {
		return connConfig{}, err
	}
	cfg := connConfig{client: true, opts: opts.ConnOptions, enforced: r.enforced}
	if cfg.subprotocol, err = checkSelected(r, h["Sec-Websocket-Protocol"], opts.Subprotocols); err != nil {
		return cfg, err
	}
	cfg.deflate, err = checkAgreed(r, h["Sec-Websocket-Extensions"], opts.Deflate)
	return cfg, err
}

func checkAccept(r rules, values []string, key string) error {
	return cmp.Or(
		r.require(len(values) > 0, "6455-4.1-46", "the Sec-WebSocket-Accept field is missing"),
		r.require(len(values) < 2, "6455-11.3.3-1", "the Sec-WebSocket-Accept field appears %d times", len(values)),
		r.require(first(values) == acceptValue(key), "6455-4.1-46",
			"the Sec-WebSocket-Accept is %.64q instead of %q", first(values), acceptValue(key)),
	)
}

// checkSelected takes the subprotocol that the server has selected: one of the
// offered ones to the octet, or none.
func checkSelected(r rules, values, offered []string) (string, error) {
	if len(values) == 0 {
		return "", nil
	}
	return strings.Clone(values[0]), cmp.Or(
		r.require(len(values) == 1, "6455-11.3.4-2", "the Sec-WebSocket-Protocol field appears %d times", len(values)),
		r.require(slices.Contains(offered, values[0]), "6455-4.1-48",
			"the server has selected the subprotocol %.64q, which was not offered", values[0]),
	)
}

// checkAgreed takes the extensions that the server has accepted. They may be
// spread over several fields (erratum 3433), but permessage-deflate, the only
// one there is here, can be in use once.
func checkAgreed(r rules, lines []string, offers []DeflateOptions) (*DeflateParams, error) {
	if len(lines) == 0 {
		return nil, nil
	}
	list, err := ParseExtensions(strings.Join(lines, ","))
	if err != nil {
		return nil, r.breach("6455-9.1-1", "the Sec-WebSocket-Extensions field is malformed: %v", err)
	}
	var agreed *DeflateParams
	for _, e := range list {
		err := cmp.Or(
			r.require(e.Name == deflateName && len(offers) > 0, "6455-4.1-47",
				"the server has accepted the extension %.64q, which was not offered", e.Name),
			r.require(agreed == nil || e.Name != deflateName, "7692-5-10", "the server has accepted %s twice", deflateName),
			checkValues(r, e),
		)
		if err != nil {
			return nil, err
		}
		if e.Name == deflateName {
			if agreed, err = settle(r, offers, e); err != nil {
				return nil, err
			}
		}
	}
	return agreed, nil
}
