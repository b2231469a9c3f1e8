package browser

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
)

// through opens a tunnel to the address.
func through(t *testing.T, r *relay, address string) (net.Conn, *http.Response) {
	t.Helper()
	nc, err := net.Dial("tcp", r.address())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { nc.Close() })
	fmt.Fprintf(nc, "CONNECT %s HTTP/1.1\r\nHost: %s\r\n\r\n", address, address)
	answer, err := http.ReadResponse(bufio.NewReader(nc), &http.Request{Method: http.MethodConnect})
	if err != nil {
		t.Fatal(err)
	}
	return nc, answer
}

func TestRelayKeepsTheFirstOctetsOfEachDirection(t *testing.T) {
	r, err := startRelay()
	if err != nil {
		t.Fatal(err)
	}
	defer r.close()
	far, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer far.Close()
	go func() {
		nc, err := far.Accept()
		if err != nil {
			return
		}
		defer nc.Close()
		io.Copy(nc, nc)
	}()
	nc, answer := through(t, r, far.Addr().String())
	if answer.StatusCode != 200 {
		t.Fatal(answer.Status)
	}
	sent := strings.Repeat("0123456789abcdef", relayKept/8)
	go func() {
		io.WriteString(nc, sent)
		nc.(*net.TCPConn).CloseWrite()
	}()
	if got, err := io.ReadAll(nc); string(got) != sent || err != nil {
		t.Errorf("%d octets came back, %v", len(got), err)
	}
	list := r.relayed()
	if len(list) != 1 || list[0].Address != far.Addr().String() || string(list[0].Sent) != sent[:relayKept] || string(list[0].Received) != sent[:relayKept] {
		t.Errorf("kept %d connections", len(list))
	}
}

func TestRelayTellsWhoIsNotThere(t *testing.T) {
	r, err := startRelay()
	if err != nil {
		t.Fatal(err)
	}
	defer r.close()
	if _, answer := through(t, r, "127.0.0.1:0"); answer.StatusCode != 502 {
		t.Error(answer.Status)
	}
	if list := r.relayed(); len(list) != 1 || list[0].Error == "" {
		t.Errorf("kept %+v", list)
	}
}

func TestRelayEndsWithItsTunnels(t *testing.T) {
	r, err := startRelay()
	if err != nil {
		t.Fatal(err)
	}
	nc, answer := through(t, r, silent(t, func() {}))
	if answer.StatusCode != 200 {
		t.Fatal(answer.Status)
	}
	r.close()
	if _, err := nc.Read(make([]byte, 1)); err == nil {
		t.Error("a tunnel is still open")
	}
}
