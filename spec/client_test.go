package spec

import (
	"context"
	"fmt"

	"github.com/wsspec/wsspec/reference"
	"github.com/wsspec/wsspec/runner"
)

// referenceClient is the reference as a client that is tested.
type referenceClient struct{}

func (referenceClient) String() string { return "the reference client" }

// Connect opens the URL and echoes.
func (referenceClient) Connect(ctx context.Context, call runner.Call) error {
	options := reference.DialOptions{Subprotocols: call.Subprotocols}
	if call.Extensions != "" {
		offers, err := offersOf(call.Extensions)
		if err != nil {
			return err
		}
		options.Deflate = offers
	}
	conn, _, err := reference.Dial(ctx, call.URL, &options)
	if err != nil {
		return err
	}
	defer conn.CloseNow()
	reference.Echo(ctx, conn)
	// What Close has to say no longer matters, but it leaves the end of TCP to the
	// server (RFC 6455, section 7.1.1).
	_ = conn.Close(reference.StatusNormalClosure, "")
	return nil
}

// offersOf are the options that make these offers.
func offersOf(value string) (offers []reference.DeflateOptions, err error) {
	list, err := reference.ParseExtensions(value)
	if err != nil {
		return nil, err
	}
	for _, e := range list {
		if e.Name != "permessage-deflate" {
			return nil, fmt.Errorf("%w: the extension %s", runner.ErrUnable, e.Name)
		}
		o := reference.DeflateOptions{ClientMaxWindowBits: -1}
		for _, p := range e.Params {
			switch p.Name {
			case "server_no_context_takeover":
				o.ServerNoContextTakeover = true
			case "client_no_context_takeover":
				o.ClientNoContextTakeover = true
			case "server_max_window_bits":
				if !p.HasValue { // no call of the reference's says that
					return nil, fmt.Errorf("an offer of %s without a value", p.Name)
				}
				_, err = fmt.Sscan(p.Value, &o.ServerMaxWindowBits)
			case "client_max_window_bits":
				if o.ClientMaxWindowBits = 0; p.HasValue {
					_, err = fmt.Sscan(p.Value, &o.ClientMaxWindowBits)
				}
			default:
				return nil, fmt.Errorf("%w: the parameter %s", runner.ErrUnable, p.Name)
			}
			if err != nil {
				return nil, fmt.Errorf("the value of %s: %w", p.Name, err)
			}
		}
		offers = append(offers, o)
	}
	return offers, nil
}
