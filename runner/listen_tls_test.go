package runner

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"net/url"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"github.com/wsspec/wsspec/cases"
)

// Clients are tested over TLS as they are without, also while another one does not
// get on with its TLS handshake.
func TestClientsAreTestedOverTLS(t *testing.T) {
	a := newAuthority(t)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	config := &tls.Config{Certificates: []tls.Certificate{a.server(t, "h")}}
	s := startListenAt(t, tls.NewListener(l, config), listenSample(), ListenOptions{})
	silent, err := net.Dial("tcp", s.address)
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	io.WriteString(silent, "\x16\x03\x01")
	open := func(path string) {
		nc, err := tls.Dial("tcp", s.address, &tls.Config{RootCAs: a.pool})
		if err != nil {
			t.Fatal(err)
		}
		defer nc.Close()
		u := &url.URL{Scheme: "wss", Host: s.address}
		u.Path, u.RawQuery, _ = strings.Cut(path, "?")
		(&tiny{offers: "permessage-deflate"}).talk(nc, u, Call{})
	}
	for _, n := range []string{"1", "2", "3", "4", "5", "6"} {
		open("/runCase?agent=secure&case=" + n)
	}
	open("/updateReports?agent=secure")
	r := s.end(t)[0]
	if len(r.Results) != 6 || !r.Report.Conformant(true) || r.Report.Trouble != "" {
		t.Errorf("%q, trouble %q", outcomes(r.Report), r.Report.Trouble)
	}
	for i := range r.Results {
		if v := r.Results[i]; v.Verdict == cases.Pass && !v.Close.Opened {
			t.Error(r.Offers[i].Name)
		}
	}
}

// Who speaks HTTP in the clear to a port of TLS is told so.
func TestClearTextOnAPortOfTLSIsAnswered(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	config := &tls.Config{Certificates: []tls.Certificate{newAuthority(t).server(t, "h")}}
	s := startListenAt(t, tls.NewListener(l, config), listenSample(), ListenOptions{})
	d := &driver{address: s.address}
	if status := d.get(t, "/runCase?case=1&agent=a", "Upgrade: websocket\r\n"); status != 400 {
		t.Error(status)
	}
}

// A client that says nothing, nor reads what TLS says, has its time and no more.
func TestATLSHandshakeWithAClientIsBounded(t *testing.T) {
	config := &tls.Config{Certificates: []tls.Certificate{newAuthority(t).server(t, "h")}}
	for name, begin := range map[string]func(net.Conn){
		"silent":      func(net.Conn) {},
		"never reads": func(nc net.Conn) { tls.Client(writeOnly{nc}, &tls.Config{ServerName: "h"}).Handshake() },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ours, theirs := net.Pipe()
				began := time.Now()
				go begin(theirs)
				r := newReception(listenSample(), ListenOptions{}, func() {})
				r.receive(context.Background(), tls.Server(ours, config))
				if took := time.Since(began); took != headWithin {
					t.Errorf("it takes %v", took)
				}
				theirs.Close()
				ours.Close()
			})
		})
	}
}

// A writeOnly connection never has anything to read.
type writeOnly struct{ net.Conn }

func (writeOnly) Read([]byte) (int, error) { return 0, io.EOF }
