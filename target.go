package main

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/pflag"

	"github.com/wsspec/wsspec/runner"
)

// targetFlags are the flags that say how a server is reached.
type targetFlags struct {
	headers      []string
	origin       string
	subprotocols []string
	ca           string
	cert, key    string
	insecure     bool
	serverName   string
}

func (f *targetFlags) register(s *pflag.FlagSet) {
	s.StringArrayVarP(&f.headers, "header", "H", nil, "send this header `field` with every opening handshake, as 'Name: value' (repeatable)")
	s.StringVar(&f.origin, "origin", "", "send this `origin` with every opening handshake, as a browser does")
	s.StringArrayVar(&f.subprotocols, "subprotocol", nil, "offer the subprotocol of this `name` in every opening handshake (repeatable)")
	s.StringVar(&f.ca, "ca", "", "trust the certificates in this PEM `file` for wss")
	s.StringVar(&f.cert, "cert", "", "client certificate, a PEM `file`")
	s.StringVar(&f.key, "key", "", "key of the client certificate, a PEM `file`")
	s.BoolVar(&f.insecure, "insecure", false, "do not verify the server's certificate")
	s.StringVar(&f.serverName, "servername", "", "server `name` for TLS instead of the host of the URL")
}

// options are the flags as the runner takes them.
func (f *targetFlags) options() (runner.TargetOptions, error) {
	o := runner.TargetOptions{Origin: f.origin, Subprotocols: f.subprotocols}
	for _, h := range f.headers {
		name, value, ok := strings.Cut(h, ":")
		if name = strings.TrimSpace(name); !ok || name == "" || strings.ContainsAny(h, "\r\n") {
			return o, fmt.Errorf("--header %q is not of the form 'Name: value'", h)
		}
		o.Fields = append(o.Fields, runner.Field{Name: name, Value: strings.TrimSpace(value)})
	}
	var err error
	o.TLS, err = f.tls()
	return o, err
}

func (f *targetFlags) tls() (*tls.Config, error) {
	c := &tls.Config{InsecureSkipVerify: f.insecure, ServerName: f.serverName}
	if f.ca != "" {
		pem, err := os.ReadFile(f.ca)
		if err != nil {
			return nil, fmt.Errorf("--ca: %w", err)
		}
		c.RootCAs = x509.NewCertPool()
		if !c.RootCAs.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("--ca %s: there is no PEM certificate in it", f.ca)
		}
	}
	if (f.cert == "") != (f.key == "") {
		return nil, errors.New("--cert and --key go together")
	}
	if f.cert != "" {
		pair, err := tls.LoadX509KeyPair(f.cert, f.key)
		if err != nil {
			return nil, fmt.Errorf("--cert %s: %w", f.cert, err)
		}
		c.Certificates = []tls.Certificate{pair}
	}
	return c, nil
}
