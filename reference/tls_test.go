package reference

import (
	"bytes"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"math/big"
	"net"
	"strings"
	"testing"
	"time"
)

// selfSigned makes a certificate for example.com and 127.0.0.1 and the pool
// that trusts it.
func selfSigned(t testing.TB) (tls.Certificate, *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), NotAfter: time.Now().Add(time.Hour), IsCA: true, BasicConstraintsValid: true,
		DNSNames: []string{"example.com"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(leaf)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
}

// tlsDoor starts a Server behind TLS and returns its port.
func tlsDoor(t testing.TB, config *tls.Config) (port string) {
	t.Helper()
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	serveUntilEnd(t, &Server{Handler: testMux(Options{})}, tls.NewListener(ln, config))
	_, port, _ = net.SplitHostPort(ln.Addr().String())
	return port
}

func TestSecureConnection(t *testing.T) {
	cert, pool := selfSigned(t)
	names := make(chan string, 8)
	port := tlsDoor(t, &tls.Config{NextProtos: []string{"http/1.1"},
		GetCertificate: func(h *tls.ClientHelloInfo) (*tls.Certificate, error) {
			names <- h.ServerName + " " + strings.Join(h.SupportedProtos, ",")
			return &cert, nil
		}})
	opts := &DialOptions{TLS: &tls.Config{RootCAs: pool}, NetDial: func(ctx context.Context, network, address string) (net.Conn, error) {
		return new(net.Dialer).DialContext(ctx, network, "127.0.0.1:"+port)
	}}
	for host, name := range map[string]string{"example.com": "example.com http/1.1", "127.0.0.1": " http/1.1"} {
		c, _, err := Dial(t.Context(), "wss://"+host+":"+port+"/echo", opts)
		if err != nil {
			t.Fatal(err)
		}
		if got := <-names; got != name {
			t.Errorf("%s: server name and protocols %q", host, got)
		}
		if err := c.Write(t.Context(), Text, []byte("hi")); err != nil {
			t.Error(err)
		}
		if _, p, err := c.Read(t.Context()); err != nil || string(p) != "hi" {
			t.Errorf("%q, %v", p, err)
		}
		c.CloseNow()
	}
	if opts.TLS.ServerName != "" || opts.TLS.NextProtos != nil {
		t.Error("Dial has changed the caller's configuration")
	}
	for name, config := range map[string]*tls.Config{
		"untrusted":  {},
		"wrong name": {RootCAs: pool, ServerName: "other.test"},
		"HTTP/2":     {RootCAs: pool, NextProtos: []string{"h2"}},
	} {
		opts.TLS = config
		if _, resp, err := Dial(t.Context(), "wss://example.com:"+port+"/echo", opts); err == nil || resp != nil {
			t.Errorf("%s: %v, %v", name, resp, err)
		}
	}
}

func TestSocketThatBelongsToHTTP2IsNotUsed(t *testing.T) {
	cert, pool := selfSigned(t)
	port := tlsDoor(t, &tls.Config{NextProtos: []string{"h2", "http/1.1"}, Certificates: []tls.Certificate{cert}})
	_, _, err := Dial(t.Context(), "wss://127.0.0.1:"+port+"/echo", &DialOptions{TLS: &tls.Config{RootCAs: pool, NextProtos: []string{"h2"}}})
	if err == nil || !strings.Contains(err.Error(), `"h2"`) {
		t.Errorf("%v", err)
	}
}

func TestClearTextAndTLSDoNotMix(t *testing.T) {
	cert, pool := selfSigned(t)
	port := tlsDoor(t, &tls.Config{Certificates: []tls.Certificate{cert}})
	if resp := call(t, "127.0.0.1:"+port).send(baseline()).answer("GET"); resp.StatusCode != 400 {
		t.Errorf("clear text on a TLS port gets %d", resp.StatusCode)
	}
	if _, _, err := Dial(t.Context(), "ws://127.0.0.1:"+port+"/echo", nil); err == nil {
		t.Error("ws to a TLS port opens")
	}
	addr := strictDoor(t, testMux(Options{}))
	_, _, err := Dial(t.Context(), "wss://"+addr+"/echo", &DialOptions{TLS: &tls.Config{RootCAs: pool}})
	if _, ok := errors.AsType[tls.RecordHeaderError](err); !ok {
		t.Errorf("wss to a clear port: %v", err)
	}
}

// A TLS record for every octet makes for as many reads.
func TestHandshakeInRecordsOfOneOctet(t *testing.T) {
	cert, pool := selfSigned(t)
	port := tlsDoor(t, &tls.Config{Certificates: []tls.Certificate{cert}})
	nc, err := tls.Dial("tcp", "127.0.0.1:"+port, &tls.Config{RootCAs: pool})
	if err != nil {
		t.Fatal(err)
	}
	defer nc.Close()
	for c := range bytes.SplitSeq([]byte(baseline()+hello), nil) {
		nc.Write(c)
	}
	c := &caller{nc, newReader(nc), t}
	if resp := c.answer("GET"); resp.StatusCode != 101 {
		t.Fatalf("%d", resp.StatusCode)
	}
	c.expect(olleh)
	c.leave()
}
