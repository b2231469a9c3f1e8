package runner

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"io"
	"math/big"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

// An authority signs certificates for a test.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	pool *x509.CertPool
}

func newAuthority(t *testing.T) *authority {
	t.Helper()
	a := &authority{pool: x509.NewCertPool()}
	a.cert, a.key = a.issue(t, &x509.Certificate{
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign, Subject: pkix.Name{CommonName: "authority"},
	})
	a.pool.AddCert(a.cert)
	return a
}

// issue signs a certificate, the first one with its own key.
func (a *authority) issue(t *testing.T, template *x509.Certificate) (*x509.Certificate, *ecdsa.PrivateKey) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template.SerialNumber = big.NewInt(1)
	template.NotBefore, template.NotAfter = time.Now().Add(-time.Hour), time.Now().Add(time.Hour)
	parent, signer := a.cert, a.key
	if parent == nil {
		parent, signer = template, key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, &key.PublicKey, signer)
	if err != nil {
		t.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return cert, key
}

func (a *authority) pair(t *testing.T, template x509.Certificate) tls.Certificate {
	cert, key := a.issue(t, &template)
	return tls.Certificate{Certificate: [][]byte{cert.Raw}, PrivateKey: key}
}

// server is a certificate for the name and 127.0.0.1.
func (a *authority) server(t *testing.T, name string) tls.Certificate {
	return a.pair(t, x509.Certificate{
		DNSNames: []string{name}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1)}, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	})
}

// listenTLS is listen over TLS.
func listenTLS(t *testing.T, config *tls.Config, o TargetOptions, serve func(*tls.Conn)) Target {
	t.Helper()
	_, l := listen(t, func(nc net.Conn) {
		c := tls.Server(nc, config)
		defer c.Close()
		if c.Handshake() == nil {
			serve(c)
		}
	})
	target, err := URL("wss://"+l.Addr().String()+"/", o)
	if err != nil {
		t.Fatal(err)
	}
	return target
}

func echoTLS(c *tls.Conn) { echo(c) }

func TestTheServersCertificateIsVerified(t *testing.T) {
	known, foreign := newAuthority(t), newAuthority(t)
	byAddress, byName := known.server(t, "h"), known.pair(t, x509.Certificate{DNSNames: []string{"other.example"}})
	var unknown x509.UnknownAuthorityError
	var wrongName x509.HostnameError
	for _, test := range []struct {
		name   string
		cert   tls.Certificate
		config *tls.Config
		want   any // the error, nil when the connection is made
	}{
		{"a known authority", byAddress, &tls.Config{RootCAs: known.pool}, nil},
		{"an unknown authority", byAddress, &tls.Config{RootCAs: foreign.pool}, &unknown},
		{"the authorities of the system", byAddress, nil, &unknown},
		{"insecure", byAddress, &tls.Config{InsecureSkipVerify: true}, nil},
		{"a certificate for another name", byName, &tls.Config{RootCAs: known.pool}, &wrongName},
		{"that name, asked for", byName, &tls.Config{RootCAs: known.pool, ServerName: "other.example"}, nil},
	} {
		t.Run(test.name, func(t *testing.T) {
			target := listenTLS(t, &tls.Config{Certificates: []tls.Certificate{test.cert}}, TargetOptions{TLS: test.config}, echoTLS)
			r, err := Run(t.Context(), target, sample()[:1], Options{})
			switch {
			case test.want == nil && (err != nil || r.Results[0].Verdict != cases.Pass):
				t.Errorf("report %+v, error %v", r, err)
			case test.want != nil && (!errors.Is(err, ErrUnreachable) || !errors.As(err, test.want)):
				t.Errorf("error %v, want %T", err, test.want)
			}
			noGoroutineLeft(t)
		})
	}
}

func TestTheServerSeesWhatTLSWasAskedFor(t *testing.T) {
	a := newAuthority(t)
	client := a.pair(t, x509.Certificate{Subject: pkix.Name{CommonName: "client"}, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}})
	states := make(chan tls.ConnectionState, 1)
	target := listenTLS(t, &tls.Config{
		Certificates: []tls.Certificate{a.server(t, "named.example")}, NextProtos: []string{"h2", "http/1.1"},
		ClientAuth: tls.RequireAndVerifyClientCert, ClientCAs: a.pool,
	}, TargetOptions{TLS: &tls.Config{RootCAs: a.pool, ServerName: "named.example", Certificates: []tls.Certificate{client}}}, func(c *tls.Conn) {
		states <- c.ConnectionState()
		echo(c)
	})
	if r := mustPlay(t, target, cases.Alive(), cases.Close(1000)); r.Verdict != cases.Pass {
		t.Errorf("%v\n%s", r.Verdict, r.Block(""))
	}
	s := <-states
	if s.ServerName != "named.example" || s.NegotiatedProtocol != "http/1.1" || s.PeerCertificates[0].Subject.CommonName != "client" {
		t.Errorf("server name %q, protocol %q", s.ServerName, s.NegotiatedProtocol)
	}
}

func TestATLSConfigurationOfTheUserIsLeftAsItIs(t *testing.T) {
	given := &tls.Config{}
	if _, err := URL("wss://h/", TargetOptions{TLS: given}); err != nil || given.ServerName != "" || given.NextProtos != nil {
		t.Errorf("configuration %+v, error %v", given, err)
	}
}

// A server that accepts TCP and says nothing in TLS costs the budget.
func TestATLSHandshakeIsBounded(t *testing.T) {
	_, l := listen(t, func(nc net.Conn) { io.Copy(io.Discard, nc) })
	target, err := URL("wss://"+l.Addr().String()+"/", TargetOptions{})
	if err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	set, c := usual.settings(), script(cases.Alive())
	set.timeout = 100 * ms
	r, err := playServer(t.Context(), target, set, &c)
	if err == nil || r.Verdict != cases.Errored || time.Since(began) > time.Second {
		t.Errorf("%v, error %v after %v", r.Verdict, err, time.Since(began))
	}
	noGoroutineLeft(t)
}

func TestTheEndsOfTCPAreSeenThroughTLS(t *testing.T) {
	a := newAuthority(t)
	play := func(serve func(*tls.Conn, *wire.Reader), steps ...cases.Step) Result {
		t.Helper()
		target := listenTLS(t, &tls.Config{Certificates: []tls.Certificate{a.server(t, "h")}}, TargetOptions{TLS: &tls.Config{RootCAs: a.pool}},
			func(c *tls.Conn) { serve(c, accept(c, right)) })
		return mustPlay(t, target, steps...)
	}
	t.Run("FIN behind close_notify", func(t *testing.T) {
		r := play(func(c *tls.Conn, rd *wire.Reader) { c.Close() }, cases.Expect(cases.End()))
		if last := lastReceived(r); r.Verdict != cases.Pass || last.Meaning != "end of TCP (FIN)" {
			t.Errorf("%v, %q", r.Verdict, last.Meaning)
		}
	})
	t.Run("FIN alone", func(t *testing.T) {
		r := play(func(c *tls.Conn, rd *wire.Reader) { fin(c.NetConn()) }, cases.Expect(cases.End()))
		if last := lastReceived(r); r.Verdict != cases.Pass || last.Meaning != "end of TCP (FIN)" {
			t.Errorf("%v, %q", r.Verdict, last.Meaning)
		}
	})
	t.Run("RST", func(t *testing.T) {
		r := play(func(c *tls.Conn, rd *wire.Reader) { rst(c.NetConn()) }, cases.Expect(cases.End()))
		if last := lastReceived(r); r.Verdict != cases.Pass || last.Meaning != "end of TCP (RST)" || !r.Close.Reset {
			t.Errorf("%v, %q", r.Verdict, last.Meaning)
		}
	})
	t.Run("our FIN reaches TCP, and what comes behind it is read", func(t *testing.T) {
		saw := make(chan error, 2)
		r := play(func(c *tls.Conn, rd *wire.Reader) {
			_, err := rd.Next()
			saw <- err
			_, err = c.NetConn().Read(make([]byte, 1))
			saw <- err
			reply(c, wire.Close, "\x03\xe8")
		}, cases.Shut(), cases.Expect(cases.Closes(1000), cases.End()))
		if r.Verdict != cases.Pass {
			t.Errorf("%v\n%s", r.Verdict, r.Block(""))
		}
		if a, b := <-saw, <-saw; a != io.EOF || b != io.EOF {
			t.Errorf("the server saw %v in TLS and %v in TCP", a, b)
		}
	})
	t.Run("our RST", func(t *testing.T) {
		saw := make(chan error, 1)
		r := play(func(c *tls.Conn, rd *wire.Reader) {
			_, err := rd.Next()
			saw <- err
		}, cases.Reset())
		if err := <-saw; r.Verdict != cases.Pass || !isReset(err) || !strings.HasSuffix(told(r)[len(told(r))-1], "RST") {
			t.Errorf("%v, the server saw %v", r.Verdict, err)
		}
	})
}

// TLS wants to say goodbye, for which it gives a peer that does not read five
// seconds.
func TestTheEndOfTLSIsBounded(t *testing.T) {
	a := newAuthority(t)
	for name, steps := range map[string][]cases.Step{
		"at the end of a case": {},
		"half-closed":          {cases.Shut(), cases.Expect(cases.End())},
		"reset":                {cases.Reset()},
	} {
		t.Run(name, func(t *testing.T) {
			hold := make(chan struct{})
			defer close(hold)
			target := listenTLS(t, &tls.Config{Certificates: []tls.Certificate{a.server(t, "h")}}, TargetOptions{TLS: &tls.Config{RootCAs: a.pool}},
				func(c *tls.Conn) { accept(c, right); <-hold })
			set, c := usual.settings(), script(append([]cases.Step{cases.Send(cases.BinaryOf(cases.Fill("x", 16<<20)))}, steps...)...)
			set.timeout = 300 * ms
			began := time.Now()
			playServer(t.Context(), target, set, &c)
			if d := time.Since(began); d > 3*time.Second {
				t.Errorf("took %v", d)
			}
			noGoroutineLeft(t)
		})
	}
}
