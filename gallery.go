package main

import (
	"context"

	"github.com/wsspec/wsspec/reports/html"
)

// A gallery collects those who are tested by several commands, for pages that show
// all of them side by side. The commands write no pages of their own then.
type gallery struct {
	agents  []html.Agent
	trouble error // the last that a command met
}

type galleryKey struct{}

// with is a context whose commands hand over whom they test.
func (g *gallery) with(ctx context.Context) context.Context {
	return context.WithValue(ctx, galleryKey{}, g)
}

// galleryOf is the gallery of a context; nil without one.
func galleryOf(ctx context.Context) *gallery {
	g, _ := ctx.Value(galleryKey{}).(*gallery)
	return g
}

// met keeps trouble that a command has told already.
func (g *gallery) met(err error) {
	if g != nil && err != nil {
		g.trouble = err
	}
}
