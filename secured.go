package main

import (
	"crypto/tls"
	"fmt"
	"net"

	"github.com/spf13/pflag"
)

// pemFiles name the certificate of a server and its key; without them there is ws
// alone.
type pemFiles struct {
	cert, key         string
	certName, keyName string // where they come from, for errors
}

func (c *pemFiles) register(s *pflag.FlagSet) {
	c.certName, c.keyName = "--tls-cert", "--tls-key"
	s.StringVar(&c.cert, "tls-cert", "", "certificate for wss, a PEM `file`")
	s.StringVar(&c.key, "tls-key", "", "key of the certificate, a PEM `file`")
}

// config is nil without a certificate.
func (c *pemFiles) config() (*tls.Config, error) {
	switch {
	case c.cert == "" && c.key == "":
		return nil, nil
	case c.cert == "" || c.key == "":
		return nil, fmt.Errorf("%s and %s go together", c.certName, c.keyName)
	}
	pair, err := tls.LoadX509KeyPair(c.cert, c.key)
	if err != nil {
		return nil, fmt.Errorf("%s %s: %w", c.certName, c.cert, err)
	}
	return &tls.Config{Certificates: []tls.Certificate{pair}, NextProtos: []string{"http/1.1"}}, nil
}

// listenSecured listens at an address, over TLS if there is a configuration. The
// URL is where.
func listenSecured(address string, secure *tls.Config) (l net.Listener, url string, err error) {
	if l, err = listen(address); err != nil {
		return nil, "", err
	}
	if secure == nil {
		return l, "ws://" + l.Addr().String() + "/", nil
	}
	return tls.NewListener(l, secure), "wss://" + l.Addr().String() + "/", nil
}
