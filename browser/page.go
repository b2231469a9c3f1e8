package browser

import (
	"context"
	"encoding/json"
	"fmt"
	"sync/atomic"
	"time"
)

// leaveWithin is how long a page may take to tell what it saw so far.
const leaveWithin = time.Second

// A page opens connections, any number at a time.
type page struct {
	ctx  context.Context // of the browser
	last atomic.Int64    // number of a connection
	busy atomic.Int64    // connections under way

	// evaluate has the page evaluate an expression, and waits for what it promises.
	evaluate func(ctx context.Context, expression string, into any) error
	// shown hands over what developer tools showed of a connection to the URL.
	shown func(url string) DevTools
}

// connect opens a connection and waits for its end, or that of the context.
// Protocols that are nil are not given to the constructor.
func (p *page) connect(ctx context.Context, url string, protocols []string) (seen Seen, err error) {
	err = p.call(ctx, "connect", &seen, url, protocols)
	p.tell(&seen)
	return seen, err
}

// use does so to see whether a page can use the server.
func (p *page) use(ctx context.Context, url string, protocols []string, patience time.Duration) (u Use, err error) {
	err = p.call(ctx, "use", &u, url, protocols, patience.Milliseconds())
	p.tell(&u.Seen)
	return u, err
}

// tell adds what developer tools showed of a connection that is over.
func (p *page) tell(seen *Seen) {
	if seen.URL == "" {
		return
	}
	seen.DevTools = p.shown(seen.URL)
}

// call calls a function of the page with the number of a connection and arguments,
// and waits for what it promises, or for the end of the context. The function is
// then told to promise what it has.
func (p *page) call(ctx context.Context, function string, into any, arguments ...any) error {
	p.busy.Add(1)
	defer p.busy.Add(-1)
	number := p.last.Add(1)
	list, err := json.Marshal(append([]any{number}, arguments...))
	if err != nil {
		return err
	}
	waiting, cancel := context.WithCancel(p.ctx)
	defer cancel()
	stop := context.AfterFunc(ctx, func() {
		giveUp := time.AfterFunc(leaveWithin, cancel)
		context.AfterFunc(waiting, func() { giveUp.Stop() })
		p.evaluate(waiting, fmt.Sprintf("wsspec.leave(%d)", number), nil)
	})
	defer stop()
	return p.evaluate(waiting, fmt.Sprintf("wsspec.%s(...%s)", function, list), into)
}
