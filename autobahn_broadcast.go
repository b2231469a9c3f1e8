package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/wsspec/wsspec/reference"
	"github.com/wsspec/wsspec/reports"
)

// broadcastServer sends every message that it receives to all clients, and a tick
// each second.
func (f *autobahnFlags) broadcastServer(cmd *cobra.Command) error {
	h := newHub()
	ticker := time.NewTicker(time.Second)
	defer ticker.Stop()
	ctx, cancel := context.WithCancel(cmd.Context())
	ticking := make(chan struct{})
	go func() { defer close(ticking); h.tick(ctx, ticker.C) }()
	defer func() { cancel(); <-ticking }()
	options := reference.Options{Deflate: &reference.DeflateOptions{}}
	options.ReadLimit, options.CloseTimeout = mostBroadcast, time.Second
	return f.serve(cmd, &reference.Handler{Options: options, Serve: h.serve})
}

// broadcastClient says hello every two seconds, and prints what it receives.
func (f *autobahnFlags) broadcastClient(cmd *cobra.Command) error {
	return f.visit(cmd, func(ctx context.Context, c *reference.Conn) error {
		ticker := time.NewTicker(2 * time.Second)
		defer ticker.Stop()
		ctx, cancel := context.WithCancel(ctx)
		greeting := make(chan struct{})
		go func() { defer close(greeting); greet(ctx, c, ticker.C) }()
		defer func() { cancel(); <-greeting }()
		for {
			typ, p, err := c.Read(ctx)
			if err != nil {
				return err
			}
			says(cmd, "%s", shown(typ, p))
		}
	})
}

// greet says hello, now and with each tick.
func greet(ctx context.Context, c *reference.Conn, ticks <-chan time.Time) {
	for n := 1; ; n++ {
		if c.Write(ctx, reference.Text, fmt.Appendf(nil, "hello %d from wsspec", n)) != nil {
			return
		}
		select {
		case <-ticks:
		case <-ctx.Done():
			return
		}
	}
}

// shown is a message as one line for a terminal.
func shown(typ reference.MessageType, p []byte) string {
	const most = 1000
	if typ == reference.Binary {
		return fmt.Sprintf("binary, %d octets", len(p))
	}
	cut := ""
	if len(p) > most {
		cut = fmt.Sprintf(" ... %d octets", len(p))
		p = p[:most]
	}
	return strings.ReplaceAll(reports.Visible(string(p)), "\n", `\n`) + cut
}
