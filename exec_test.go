package main

import (
	"context"
	"fmt"
	"io"
	"strings"

	"github.com/wsspec/wsspec/reference"
)

// visitorCommand is an echo client that is a program, on the reference: visitor
// --url=URL [--protocol=A,B] [--how=fails|leaves]. One that fails says so at
// once, and one that leaves takes the first message for the last.
func visitorCommand(args []string, out io.Writer) int {
	flags := map[string]string{}
	for _, arg := range args {
		name, value, _ := strings.Cut(arg, "=")
		flags[name] = value
	}
	if flags["--how"] == "fails" {
		fmt.Fprintln(out, "no cheese \x1b[5m today")
		return 3
	}
	o := &reference.DialOptions{Deflate: []reference.DeflateOptions{{}}}
	if p := flags["--protocol"]; p != "" {
		o.Subprotocols = strings.Split(p, ",")
	}
	ctx := context.Background()
	c, _, err := reference.Dial(ctx, flags["--url"], o)
	if err != nil {
		fmt.Fprintln(out, err)
		return 1
	}
	defer c.CloseNow()
	switch flags["--how"] {
	case "leaves":
		if typ, message, err := c.Read(ctx); err == nil {
			c.Write(ctx, typ, message)
		}
		fmt.Fprintln(out, "enough")
	default:
		reference.Echo(ctx, c)
	}
	return 0
}
