package main

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"syscall"
)

// hintOn is what a user can do about a server that cannot be reached; empty when
// the error says it all.
func hintOn(err error) string {
	var (
		dns       *net.DNSError
		record    tls.RecordHeaderError
		authority x509.UnknownAuthorityError
		host      x509.HostnameError
		alert     tls.AlertError
	)
	switch {
	case errors.Is(err, syscall.ECONNREFUSED):
		return "nothing listens there; a command behind -- is started first"
	case errors.As(err, &dns):
		return "the host of the URL is unknown"
	case errors.As(err, &record):
		return "the server does not speak TLS there: is it a ws URL?"
	case errors.As(err, &authority):
		return "--ca FILE trusts the certificates in a file, --insecure any"
	case errors.As(err, &host):
		return "--servername NAME asks for the certificate of another name"
	case errors.As(err, &alert):
		return "the server breaks off the TLS handshake; --cert and --key send a certificate"
	}
	return ""
}
