package main

import (
	"context"
	"errors"
	"fmt"

	"github.com/spf13/pflag"

	"github.com/wsspec/wsspec/browser"
)

// browserChoice says which browser a command starts.
type browserChoice struct {
	kind            string // chrome or firefox; empty: neither was asked for
	chrome, firefox string // programs
}

func (b *browserChoice) register(s *pflag.FlagSet) {
	s.StringVar(&b.kind, "browser", "", "the `kind` of browser: chrome or firefox")
	s.StringVar(&b.chrome, "chrome", "", "the `program` of Chrome; the first of chromium, google-chrome, ... without")
	s.StringVar(&b.firefox, "firefox", "", "the `program` of Firefox; firefox or firefox-esr without")
}

// chosen reports whether a browser was asked for.
func (b *browserChoice) chosen() bool { return *b != browserChoice{} }

// check finds the contradictions.
func (b *browserChoice) check() error {
	switch {
	case b.kind != "" && b.kind != "chrome" && b.kind != "firefox":
		return usage("--browser is chrome or firefox, not %q", b.kind)
	case b.chrome != "" && (b.firefox != "" || b.kind == "firefox"), b.firefox != "" && b.kind == "chrome":
		return usage("one browser at a time: --chrome or --firefox")
	}
	return nil
}

// isFirefox reports whether it is Firefox; otherwise it is Chrome.
func (b *browserChoice) isFirefox() bool { return b.kind == "firefox" || b.firefox != "" }

// words are those of the command line that name the browser.
func (b *browserChoice) words() string {
	switch {
	case b.firefox != "":
		return " --firefox " + shellQuote(b.firefox)
	case b.chrome != "":
		return " --chrome " + shellQuote(b.chrome)
	case b.isFirefox():
		return " --browser firefox"
	}
	return ""
}

// start starts the browser. The error has the exit code.
func (b *browserChoice) start(ctx context.Context, o browser.Options) (started browser.Browser, err error) {
	name := "chrome"
	if b.isFirefox() {
		name, o.Path = "firefox", b.firefox
		started, err = browser.StartFirefox(ctx, o)
	} else {
		o.Path = b.chrome
		started, err = browser.StartChrome(ctx, o)
	}
	switch {
	case errors.Is(err, browser.ErrNoChrome), errors.Is(err, browser.ErrNoFirefox):
		return nil, &exitError{exitTrouble, fmt.Errorf("%w, or --%s names it", err, name)}
	case err != nil:
		return nil, &exitError{exitTrouble, err}
	}
	return started, nil
}
