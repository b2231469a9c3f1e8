package reports

import "github.com/wsspec/wsspec/runner"

type jsonFeatures struct {
	Handshake      bool             `json:"handshake"`
	HandshakeError string           `json:"handshakeError,omitempty"`
	Echo           bool             `json:"echo"`
	Pings          string           `json:"pings,omitempty"`  // answered: yes or no; left out when unknown
	Pushes         string           `json:"pushes,omitempty"` // it sends messages by itself
	Messages       *jsonSizes       `json:"messages,omitempty"`
	Deflate        string           `json:"deflate,omitempty"` // the answer to a plain offer
	Compression    *jsonCompression `json:"compression,omitempty"`
	Subprotocols   []string         `json:"subprotocols,omitempty"`
}

// jsonSizes are in octets.
type jsonSizes struct {
	Taken   int    `json:"taken,omitempty"`
	Refused int    `json:"refused,omitempty"`
	Code    uint16 `json:"code,omitempty"` // of the Close frame that refused it
}

type jsonCompression struct {
	ServerNoTakeover bool   `json:"serverNoContextTakeover"`
	ClientNoTakeover bool   `json:"clientNoContextTakeover"`
	ServerBits       int    `json:"serverMaxWindowBits,omitempty"` // the smallest that it agrees to
	ClientBits       int    `json:"clientMaxWindowBits,omitempty"` // that it asks for
	Compresses       string `json:"compresses,omitempty"`          // its own messages: yes or no
}

func jsonFeaturesOf(f runner.Features) jsonFeatures {
	j := jsonFeatures{
		Handshake: f.Handshake, HandshakeError: Visible(f.HandshakeError), Echo: f.Echo, Deflate: Visible(f.Deflate),
		Pings: finding(f.Pings, "yes", "no"), Pushes: finding(f.Pushes, "yes", "no"),
	}
	if m := f.Messages; m != (runner.MessageSize{}) {
		j.Messages = &jsonSizes{m.Taken, m.Refused, m.Code}
	}
	if c := f.Compression; c != nil {
		j.Compression = &jsonCompression{
			c.ServerNoTakeover, c.ClientNoTakeover, c.ServerBits, c.ClientBits, finding(c.Compresses, "yes", "no"),
		}
	}
	for _, s := range f.Subprotocols {
		j.Subprotocols = append(j.Subprotocols, Visible(s))
	}
	return j
}
