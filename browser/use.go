package browser

import (
	"context"
	"slices"
	"time"
)

// Use is what a page saw that tried to use a server: it opened a connection, sent a
// message of each kind, each when the one before had come back, and closed.
type Use struct {
	Seen   Seen   `json:"seen"`
	Echoes []Echo `json:"echoes"`
}

// An Echo is what became of a message of the page's.
type Echo struct {
	Kind string `json:"kind"` // "text of 1 MiB"
	Came bool   `json:"came"` // some message came in time
	Same bool   `json:"same"` // with the same type and octets
}

// Opened reports whether the connection was opened.
func (u *Use) Opened() bool { return u.Seen.Has("open") }

// Failed reports whether the browser failed the connection, or something else than
// the page ended it.
func (u *Use) Failed() bool {
	end := u.Seen.Last("close")
	return !u.Opened() || u.Seen.Has("error") || end == nil || !end.WasClean
}

// Echoing reports whether every message came back.
func (u *Use) Echoing() bool {
	return len(u.Echoes) > 0 && !slices.ContainsFunc(u.Echoes, func(e Echo) bool { return !e.Same })
}

// Use has a page use the server at the URL. Each step of it has so much time.
func (c *Chrome) Use(ctx context.Context, url string, subprotocols []string, patience time.Duration) (Use, error) {
	u, err := c.tabs[0].use(ctx, url, subprotocols, patience)
	return u, c.fate(err)
}
