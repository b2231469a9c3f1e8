package main

import (
	"crypto/sha1"
	"encoding/base64"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"sync/atomic"

	"github.com/wsspec/wsspec/runner/wire"
)

// peers are servers that depart from the standard, by the name that scripts know
// them by. Each serves one connection.
func peers() map[string]func(net.Conn) {
	return map[string]func(net.Conn){
		"careless": func(nc net.Conn) { careless(nc, accepted) },
		"linefeed": func(nc net.Conn) { careless(nc, func(key string) string { return acceptedAs(acceptOf(key) + "\n") }) },
		"wrong": func(nc net.Conn) {
			careless(nc, func(string) string { return acceptedAs("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=") })
		},
		"hostile":           func(nc net.Conn) { hostile(nc, "") },
		"hostile-handshake": func(nc net.Conn) { hostile(nc, "Sec-WebSocket-Protocol: "+nasty+"\r\n") },
		"mute":              func(nc net.Conn) { io.Copy(io.Discard, nc) },
	}
}

func acceptOf(key string) string {
	sum := sha1.Sum([]byte(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
	return base64.StdEncoding.EncodeToString(sum[:])
}

func accepted(key string) string { return acceptedAs(acceptOf(key)) }

func acceptedAs(accept string) string {
	return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: " + accept + "\r\n\r\n"
}

// careless takes every request for an opening handshake and every frame for
// right, and echoes frames, not messages.
func careless(nc net.Conn, answer func(key string) string) {
	rd := wire.NewReader(nc)
	head, err := wire.ReadHead(rd, 0)
	if err != nil {
		return
	}
	io.WriteString(nc, answer(head.Get("Sec-WebSocket-Key")))
	for {
		f, err := rd.Next()
		if err != nil {
			return
		}
		h := wire.Header{FIN: f.FIN, Opcode: f.Opcode, Length: f.Length}
		switch f.Opcode {
		case wire.Ping:
			h.Opcode = wire.Pong
		case wire.Pong:
			continue
		}
		if _, err := nc.Write(wire.AppendFrame(nil, h, f.Payload)); err != nil || f.Opcode == wire.Close {
			return
		}
	}
}

// nasty is what a peer may try to get into a terminal or a report.
const nasty = "\x1b[31mred\x1b[0m \x07 ]]> <script>alert(1)</script> \u202egnp.exe \u2028 \ufffe"

// hostile puts into each place that a peer can write to what hurts who prints
// it: the reason phrase, header fields, texts, reasons of Close frames.
func hostile(nc net.Conn, field string) {
	careless(shouting{nc, field}, accepted)
}

// shouting adds nasty text to what is written.
type shouting struct {
	net.Conn
	field string // a header field
}

func (s shouting) Write(p []byte) (int, error) {
	var out []byte
	if head, ok := strings.CutSuffix(string(p), "\r\n\r\n"); ok && strings.HasPrefix(head, "HTTP/") {
		head = strings.Replace(head, "Switching Protocols", nasty, 1)
		out = []byte(head + "\r\nServer: " + nasty + "\x00\xff\r\n" + s.field + "\r\n")
	} else {
		reason := append([]byte{0x03, 0xea}, nasty...)
		out = wire.AppendFrame(nil, wire.Header{FIN: true, Opcode: wire.Text, Length: uint64(len(nasty))}, []byte(nasty))
		out = wire.AppendFrame(out, wire.Header{FIN: true, Opcode: wire.Close, Length: uint64(len(reason))}, reason)
	}
	if _, err := s.Conn.Write(out); err != nil {
		return 0, err
	}
	return len(p), nil
}

// A peerHost serves connections until it is stopped, or has served so many.
type peerHost struct {
	l       net.Listener
	serve   func(net.Conn)
	came    chan struct{} // gets a value for each connection, as long as there is room
	lives   int32         // connections before it dies; 0 for ever
	served  atomic.Int32
	mu      sync.Mutex
	conns   []net.Conn
	closed  bool
	running sync.WaitGroup
}

// run accepts until the listener is closed, and waits for the connections.
func (h *peerHost) run() {
	defer h.running.Wait()
	for {
		nc, err := h.l.Accept()
		if err != nil {
			return
		}
		if h.lives > 0 && h.served.Add(1) > h.lives {
			nc.Close()
			h.stop()
			return
		}
		select {
		case h.came <- struct{}{}:
		default:
		}
		if !h.keep(nc) {
			nc.Close()
			continue
		}
		h.running.Go(func() { defer nc.Close(); h.serve(nc) })
	}
}

func (h *peerHost) keep(nc net.Conn) bool {
	h.mu.Lock()
	defer h.mu.Unlock()
	if !h.closed {
		h.conns = append(h.conns, nc)
	}
	return !h.closed
}

// stop closes the listener and all connections.
func (h *peerHost) stop() {
	h.l.Close()
	h.mu.Lock()
	defer h.mu.Unlock()
	h.closed = true
	for _, nc := range h.conns {
		nc.Close()
	}
}

// peerCommand is the command "peer NAME ADDRESS [LIVES]": a server as a process
// of its own, which dies with a last word when it has served enough connections.
func peerCommand(args []string, stderr io.Writer) int {
	serve := peers()[args[0]]
	if serve == nil { // not to be taken for a server that is ready
		fmt.Fprintln(stderr, "peer:", args[0])
		return 4
	}
	l, err := net.Listen("tcp", args[1])
	if err != nil {
		fmt.Fprintln(stderr, "peer:", args[0], err)
		return 4
	}
	h := &peerHost{l: l, serve: serve}
	if len(args) > 2 {
		fmt.Sscan(args[2], &h.lives)
	}
	h.run()
	fmt.Fprintln(stderr, "panic: out of cheese \x1b[5m")
	return 7
}
