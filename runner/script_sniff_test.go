package runner

import (
	"context"
	"net"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

func TestThePathOfARequestIsFoundInItsBeginning(t *testing.T) {
	for request, want := range map[string]string{
		"GET /a HTTP/1.1\r\n": "/a", "GET /a?b=c HTTP/1.1": "/a", "GET /a%62 ": "/ab", "GET http://h/a ": "/a", "GET / ": "/",
		"POST / ": "", "GET  / ": "", "GET /a\r\n\r\n": "", "get / ": "", "\x16\x03\x01": "", "GET a ": "", "GET /%zz ": "",
	} {
		path, more := "", true
		for n := 0; n <= len(request) && more; n++ {
			path, more = pathAsked([]byte(request[:n]))
		}
		if path != want || more {
			t.Errorf("%q: %q, more %v", request, path, more)
		}
	}
}

func FuzzPathAsked(f *testing.F) {
	f.Add([]byte("GET /a?b HTTP/1.1\r\nHost: h\r\n\r\n"))
	f.Add([]byte("GET http://h:1/ "))
	f.Fuzz(func(t *testing.T, b []byte) {
		path, more := pathAsked(b)
		if path != "" && (more || !strings.HasPrefix(string(b), "GET ")) {
			t.Errorf("%q, more %v", path, more)
		}
		for n := range b { // what is plain stays so
			if early, open := pathAsked(b[:n]); !open && (early != path || more) {
				t.Errorf("%q of %q, and %q of all", early, b[:n], path)
			}
		}
	})
}

// A client that says nothing, or not all, has its time and no more.
func TestSniffingIsBounded(t *testing.T) {
	for _, sent := range []string{"", "G", "GET /a"} {
		synctest.Test(t, func(t *testing.T) {
			ours, theirs := net.Pipe()
			defer theirs.Close()
			defer ours.Close()
			go theirs.Write([]byte(sent))
			began := time.Now()
			read, path := sniff(context.Background(), ours)
			if took := time.Since(began); took != headWithin || string(read) != sent || path != "" {
				t.Errorf("%v, %q, %q", took, read, path)
			}
		})
	}
	synctest.Test(t, func(t *testing.T) {
		ours, theirs := net.Pipe()
		defer theirs.Close()
		defer ours.Close()
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		began := time.Now()
		if read, path := sniff(ctx, ours); time.Since(began) != time.Second || len(read) > 0 || path != "" {
			t.Errorf("%v, %q, %q", time.Since(began), read, path)
		}
	})
}

// An endless target is not waited for, nor kept.
func TestAnEndlessTargetIsHandedOver(t *testing.T) {
	ours, theirs := net.Pipe()
	defer theirs.Close()
	go theirs.Write([]byte("GET /" + strings.Repeat("a", 1<<20)))
	if read, path := sniff(context.Background(), ours); len(read) != sniffed || path != "" {
		t.Errorf("%d octets, %q", len(read), path)
	}
	ours.Close()
}
