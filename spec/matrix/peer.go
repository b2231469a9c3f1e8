package matrix

import (
	"context"
	"fmt"
	"net"
	"slices"
	"sync"
	"time"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/reference"
	"github.com/wsspec/wsspec/runner"
)

// playAll plays cases against a reference with faults, or against an honest one.
func playAll(ctx context.Context, side cases.Subject, faults []string, list []cases.Case, timeout time.Duration) ([]runner.Result, error) {
	options := runner.Options{Timeout: timeout, Echoes: true}
	if side == cases.Client {
		report, err := runner.RunClient(ctx, client{faults}, list, options)
		return resultsOf(report, err)
	}
	target, stop, err := serve(ctx, faults)
	if err != nil {
		return nil, err
	}
	defer stop()
	report, err := runner.Run(ctx, target, list, options)
	return resultsOf(report, err)
}

func resultsOf(report *runner.Report, err error) ([]runner.Result, error) {
	if err != nil {
		return nil, err
	}
	if report.Trouble != "" {
		return nil, fmt.Errorf("the run was cut short: %s", report.Trouble)
	}
	return report.Results, nil
}

// serve starts a server with faults on a loopback port of its own.
func serve(ctx context.Context, faults []string) (t runner.Target, stop func(), err error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, nil, fmt.Errorf("start a server: %w", err)
	}
	options := reference.Options{Subprotocols: []string{"chat", "superchat"}, Deflate: &reference.DeflateOptions{}, Faults: faults}
	options.CloseTimeout = time.Second
	server := &reference.Server{Handler: &reference.Handler{Options: options}, Faults: faults}
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	var serving sync.WaitGroup
	serving.Go(func() { server.Serve(ctx, l) })
	return runner.Listener(l, runner.TargetOptions{}), func() {
		over, now := context.WithCancel(context.Background())
		now()
		server.Shutdown(over)
		cancel()
		serving.Wait()
	}, nil
}

// A client is the reference as a client with faults.
type client struct{ faults []string }

// Client is the reference as a client that is tested, with these faults.
func Client(faults ...string) runner.Client { return client{faults} }

func (c client) String() string { return "the reference client" }

// Connect opens the URL and echoes.
func (c client) Connect(ctx context.Context, call runner.Call) error {
	options := reference.DialOptions{Subprotocols: call.Subprotocols, Faults: c.faults}
	if len(c.faults) > 0 {
		options.CloseTimeout = time.Second // the run may be right to wait for nothing
	}
	if call.Extensions != "" {
		offers, err := offersOf(call.Extensions)
		switch {
		case err == nil:
			options.Deflate = offers
		case slices.Contains(c.faults, "options-not-checked"): // nor what else an option may bring into the request
			options.Subprotocols = append(slices.Clone(options.Subprotocols), "any\r\nSec-WebSocket-Extensions: "+call.Extensions)
		default:
			return err
		}
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
		return nil, fmt.Errorf("read the offer: %w", err)
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
