package reports

import "github.com/wsspec/wsspec/runner"

type jsonFeatures struct {
	Dial           bool             `json:"dial,omitempty"` // a client opens what it is asked to
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
		Dial: f.Dial, Handshake: f.Handshake, HandshakeError: Visible(f.HandshakeError), Echo: f.Echo, Deflate: Visible(f.Deflate),
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

// features are those of the peer, but for whether it is a client.
func (j *jsonFeatures) features() runner.Features {
	f := runner.Features{
		Dial: j.Dial, Handshake: j.Handshake, HandshakeError: j.HandshakeError, Echo: j.Echo, Deflate: j.Deflate,
		Pings: findingOf(j.Pings), Pushes: findingOf(j.Pushes), Subprotocols: j.Subprotocols,
	}
	if m := j.Messages; m != nil {
		f.Messages = runner.MessageSize{Taken: m.Taken, Refused: m.Refused, Code: m.Code}
	}
	if c := j.Compression; c != nil {
		f.Compression = &runner.Compression{
			ServerNoTakeover: c.ServerNoTakeover, ClientNoTakeover: c.ClientNoTakeover,
			ServerBits: c.ServerBits, ClientBits: c.ClientBits, Compresses: findingOf(c.Compresses),
		}
	}
	return f
}

func findingOf(word string) runner.Finding {
	switch word {
	case "yes":
		return runner.Yes
	case "no":
		return runner.No
	}
	return runner.Unknown
}
