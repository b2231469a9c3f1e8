package main

import (
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/netip"
	"net/url"
	"strings"

	"github.com/spf13/cobra"
)

// defaultURL is where wstest's servers listen, and its clients connect to.
const defaultURL = "ws://127.0.0.1:9001"

// A place is where a server of wstest listens.
type place struct {
	address string
	secure  bool
	note    error // what may surprise, or nil
}

// place is where to listen for a URL. Its host decides as far as that is safe;
// --listen decides over it.
func (f *autobahnFlags) place(node *specNode) (p place, err error) {
	u, err := url.Parse(node.value)
	switch {
	case err != nil:
		return p, node.errorf("%w", errors.Unwrap(err))
	case u.Scheme != "ws" && u.Scheme != "wss" || u.Hostname() == "":
		return p, node.errorf("%q is no URL of the form ws://HOST:PORT or wss://HOST:PORT", node.value)
	}
	p.secure = u.Scheme == "wss"
	host, port := u.Hostname(), u.Port()
	if port == "" {
		port = map[bool]string{false: "80", true: "443"}[p.secure]
	}
	if f.listen != "" {
		if p.address = f.listen; !hasPort(f.listen) {
			p.address = net.JoinHostPort(strings.Trim(f.listen, "[]"), port)
		}
		return p, nil
	}
	ip, err := netip.ParseAddr(host)
	switch {
	case err == nil && ip.IsUnspecified():
		p.note = node.errorf("%s means that other machines can connect", host)
	case err != nil && !strings.EqualFold(host, "localhost"):
		p.note = node.errorf("listening on loopback, and not as %q: --listen 0.0.0.0 listens on all interfaces", host)
		host = "127.0.0.1"
	}
	p.address = net.JoinHostPort(host, port)
	return p, nil
}

// hasPort tells an address with a port from a host, which may be IPv6.
func hasPort(address string) bool {
	_, err := netip.ParseAddr(address)
	_, _, split := net.SplitHostPort(address)
	return err != nil && split == nil
}

// open listens at the URL, with the certificate when that is wss.
func (f *autobahnFlags) open(cmd *cobra.Command, node *specNode, files pemFiles) (l net.Listener, at string, err error) {
	p, err := f.place(node)
	if err != nil {
		return nil, "", &exitError{exitUsage, err}
	}
	var secure *tls.Config
	if p.secure {
		if secure, err = files.config(); err == nil && secure == nil {
			err = node.errorf("a wss URL needs %s and %s", files.keyName, files.certName)
		}
		if err != nil {
			return nil, "", &exitError{exitUsage, err}
		}
	} else if files.cert != "" || files.key != "" {
		complain(cmd.ErrOrStderr(), node.errorf("the URL is not wss: %s and %s are ignored", files.keyName, files.certName))
	}
	complain(cmd.ErrOrStderr(), p.note)
	if l, at, err = listenSecured(p.address, secure); err != nil {
		return nil, "", &exitError{exitTrouble, err}
	}
	return l, at, nil
}

// uri is the URL of modes without a spec file. A certificate alone asks for wss.
func (f *autobahnFlags) uri() *specNode {
	switch {
	case f.wsuri != "":
		return &specNode{file: "--wsuri", value: f.wsuri}
	case f.files.cert != "" || f.files.key != "":
		return &specNode{file: "--wsuri", value: "wss" + strings.TrimPrefix(defaultURL, "ws")}
	}
	return &specNode{file: "--wsuri", value: defaultURL}
}

// says prints where a server is.
func says(cmd *cobra.Command, format string, args ...any) {
	fmt.Fprintf(cmd.OutOrStdout(), format+"\n", args...)
}
