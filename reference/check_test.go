package reference

import (
	"context"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
)

// A breachTest is octets of which the last makes it certain that a rule is
// broken: not earlier, and not later.
type breachTest struct {
	name        string
	octets      string
	requirement string
	code        StatusCode
}

// m, as the second octet, stands for a masked frame of small length.
func m(n byte) string { return string([]byte{bitMASK | n}) }

const key = "\x00\x00\x00\x00"

var serverBreaches = []breachTest{
	{"frame is not masked", "\x81\x05", "6455-5.1-2", 1002},
	{"ping is not masked", "\x89\x00", "6455-5.1-2", 1002},
	{"RSV1 without an extension", "\xc1", "6455-5.2-4", 1002},
	{"RSV2", "\xa1", "6455-5.2-4", 1002},
	{"RSV3 on a ping", "\x99", "6455-5.2-4", 1002},
	{"all RSV bits on a close", "\xf8", "6455-5.2-4", 1002},
	{"RSV1 on a continuation", "\x01" + m(1) + key + "a" + "\xc0", "6455-5.2-4", 1002},
	{"opcode 3", "\x83", "6455-5.2-5", 1002},
	{"opcode 7 unfinished", "\x07", "6455-5.2-5", 1002},
	{"opcode 11", "\x8b", "6455-5.2-5", 1002},
	{"opcode 15 in a message", "\x01" + m(1) + key + "a" + "\x8f", "6455-5.2-5", 1002},
	{"top bit of the length", "\x82" + m(127) + "\x80\x00\x00\x00\x00\x00\x00\x00", "6455-5.2-9", 1002},
	{"all bits of the length", "\x82" + m(127) + "\xff\xff\xff\xff\xff\xff\xff\xff", "6455-5.2-9", 1002},
	{"16 bits for 125", "\x82" + m(126) + "\x00\x7d", "6455-5.2-10", 1002},
	{"64 bits for 5", "\x82" + m(127) + "\x00\x00\x00\x00\x00\x00\x00\x05", "6455-5.2-10", 1002},
	{"64 bits for 65535", "\x82" + m(127) + "\x00\x00\x00\x00\x00\x00\xff\xff", "6455-5.2-10", 1002},
	{"nothing to continue", "\x80", "6455-5.4-1", 1002},
	{"nothing to continue, unfinished", "\x00", "6455-5.4-1", 1002},
	{"nothing to continue any more", "\x01" + m(1) + key + "a" + "\x80" + m(1) + key + "b" + "\x80", "6455-5.4-1", 1002},
	{"text in a text message", "\x01" + m(1) + key + "a" + "\x81", "6455-5.4-3", 1002},
	{"binary in a text message", "\x01" + m(1) + key + "a" + "\x02", "6455-5.4-3", 1002},
	{"ping is fragmented", "\x09", "6455-5.5-3", 1002},
	{"close is fragmented", "\x08", "6455-5.5-3", 1002},
	{"ping of 126", "\x89" + m(126), "6455-5.5-2", 1002},
	{"pong of 64 bits", "\x8a" + m(127), "6455-5.5-2", 1002},
	{"close of 126 in a message", "\x02" + m(0) + key + "\x88" + m(126), "6455-5.5-2", 1002},
	{"half a status code", "\x88" + m(1), "6455-5.5.1-3", 1002},
	{"lone continuation octet", "\x81" + m(9) + key + "a\x80", "6455-8.1-1", 1007},
	{"overlong", "\x81" + m(9) + key + "a\xc0", "6455-8.1-1", 1007},
	{"surrogate", "\x81" + m(9) + key + "\xed\xa0", "6455-8.1-1", 1007},
	{"too high in a long frame", "\x81" + m(127) + "\x00\x00\x00\x00\x00\x01\x00\x00" + key + "\xf4\x90", "6455-8.1-1", 1007},
	{"character cut by the end", "\x81" + m(2) + key + "a\xc3", "6455-8.1-1", 1007},
	{"bad over fragments", "\x01" + m(1) + key + "\xf0" + "\x00" + m(0) + key + "\x80" + m(5) + key + "\x80", "6455-8.1-1", 1007},
	{"cut by the end of a fragment", "\x01" + m(1) + key + "\xf0" + "\x80" + m(0) + key, "6455-8.1-1", 1007},
	{"reason is not UTF-8", "\x88" + m(4) + key + "\x03\xe8\xc0\x80", "6455-8.1-1", 1007},
	{"too large", "\x82" + m(127) + "\x00\x00\x00\x00\x00\x10\x00\x01", "6455-10.4-1", 1009},
	{"largest of all", "\x82" + m(127) + "\x7f\xff\xff\xff\xff\xff\xff\xff", "6455-10.4-1", 1009},
	{"too large over fragments", "\x02" + m(1) + key + "a" + "\x80" + m(127) + "\x00\x00\x00\x00\x00\x10\x00\x00", "6455-10.4-1", 1009},
	{"status 0", "\x88" + m(2) + key + "\x00\x00", "6455-7.4.2-1", 1002},
	{"status 999", "\x88" + m(2) + key + "\x03\xe7", "6455-7.4.2-1", 1002},
	{"status 1004", "\x88" + m(2) + key + "\x03\xec", "6455-7.4.1-6", 1002},
	{"status 1005", "\x88" + m(2) + key + "\x03\xed", "6455-7.4.1-7", 1002},
	{"status 1006", "\x88" + m(2) + key + "\x03\xee", "6455-7.4.1-8", 1002},
	{"status 1015", "\x88" + m(2) + key + "\x03\xf7", "6455-7.4.1-15", 1002},
	{"status 1016", "\x88" + m(2) + key + "\x03\xf8", "6455-7.4.2-2", 1002},
	{"status 2999", "\x88" + m(2) + key + "\x0b\xb7", "6455-7.4.2-2", 1002},
	{"status 5000", "\x88" + m(2) + key + "\x13\x88", "6455-7.4.2-5", 1002},
	{"status 65535", "\x88" + m(2) + key + "\xff\xff", "6455-7.4.2-5", 1002},
}

var clientBreaches = []breachTest{
	{"frame is masked", "\x81\x85", "6455-5.1-5", 1002},
	{"close is masked", "\x88\x80", "6455-5.1-5", 1002},
	{"opcode 5", "\x85", "6455-5.2-5", 1002},
	{"16 bits for 0", "\x82\x7e\x00\x00", "6455-5.2-10", 1002},
	{"bad text", "\x81\x05ab\xff", "6455-8.1-1", 1007},
}

var deflateBreaches = []breachTest{
	{"RSV1 on a continuation", "\x41" + m(1) + key + "\xf2" + "\xc0", "7692-6.1-4", 1002},
	{"RSV1 on a continuation of a plain message", "\x01" + m(1) + key + "a" + "\xc0", "7692-6.1-4", 1002},
	{"RSV1 on a ping", "\xc9", "7692-6.1-4", 1002},
	{"RSV1 on a close", "\xc8", "7692-6.1-4", 1002},
	{"RSV1 and RSV2", "\xe1", "6455-5.2-4", 1002},
	{"block type 3", "\xc2" + m(5) + key + "\x06", "1951-3.2.3-1", 1007},
	{"stored block with a bad length", "\xc2" + m(9) + key + "\x00\x05\x00\xfa\xfe", "7692-7.2.2-1", 1007},
	{"distance before the start", "\xc2" + m(9) + key + "\x4a\x04\x62", "1951-3.2.3-1", 1007},
	{"no octets", "\xc2" + m(0) + key, "7692-7.2.3-2", 1007},
	{"cut block", "\xc2" + m(5) + key + "\xf2\x48\xcd\xc9\xc9", "7692-7.2.2-1", 1007},
	{"padding of a last block", "\xc2" + m(8) + key + "\xf3\x48\xcd\xc9\xc9\x07\xf0", "7692-7.2.1-5", 1002},
	{"bad text inside", "\xc1" + m(9) + key + "\x00\x04\x00\xfb\xffa\xff", "6455-8.1-1", 1007},
	{"text cut by the end", "\xc1" + m(7) + key + "\x00\x01\x00\xfe\xff\xc3\x00", "6455-8.1-1", 1007},
}

func TestServerFailsTheConnectionAtTheFirstOctetThatBreaksARule(t *testing.T) {
	for _, test := range serverBreaches {
		testBreach(t, test, connConfig{opts: ConnOptions{ReadLimit: 1 << 20}})
	}
}

func TestClientFailsTheConnectionAtTheFirstOctetThatBreaksARule(t *testing.T) {
	for _, test := range clientBreaches {
		testBreach(t, test, connConfig{client: true})
	}
}

func TestCompressedMessagesAreJudgedAsSoonAsTheyArrive(t *testing.T) {
	for _, test := range deflateBreaches {
		testBreach(t, test, connConfig{deflate: &DeflateParams{ServerMaxWindowBits: 15, ClientMaxWindowBits: 15}})
	}
}

func testBreach(t *testing.T, test breachTest, cfg connConfig) {
	t.Run(test.name, func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) { breachByOctets(t, test, cfg) })
	})
	t.Run(test.name+" with more behind it", func(t *testing.T) { breachInOneGo(t, test, cfg) })
}

// breachByOctets sends one octet after the other, and sees that the last one
// and no other makes the difference.
func breachByOctets(t *testing.T, test breachTest, cfg connConfig) {
	peer, nc := net.Pipe()
	defer peer.Close()
	c := newConn(nc, cfg)
	failed := make(chan error, 1)
	go func() {
		_, _, err := c.Read(context.Background())
		for err == nil { // messages before the bad one
			_, _, err = c.Read(context.Background())
		}
		failed <- err
	}()
	for i := range len(test.octets) {
		synctest.Wait()
		select {
		case err := <-failed:
			t.Fatalf("after %d of %d octets: %v", i, len(test.octets), err)
		default:
		}
		peer.Write([]byte{test.octets[i]})
	}
	wantFailure(t, &rawPeer{t: t, nc: peer}, test)
	checkViolation(t, <-failed, test)
}

// breachInOneGo sends legal frames behind the bad one, which nobody may answer.
func breachInOneGo(t *testing.T, test breachTest, cfg connConfig) {
	peer, nc := tcpPair(t)
	c := newConn(nc, cfg)
	failed := make(chan error, 1)
	go func() { failed <- echo(testContext(t), c) }()
	p := &rawPeer{t: t, nc: peer}
	more := make([]byte, 40) // completes what the test leaves open
	p.send(join([]byte(test.octets), more,
		frameBytes(0x89, !cfg.client, []byte("ping")), frameBytes(0x81, !cfg.client, []byte("text"))))
	if strings.Contains(test.name, "any more") {
		p.wantFrame(0x81, []byte("ab"))
	}
	wantFailure(t, p, test)
	checkViolation(t, <-failed, test)
}

// wantFailure expects the Close frame that names the section, and the end.
func wantFailure(t *testing.T, p *rawPeer, test breachTest) {
	t.Helper()
	h, payload, err := p.frame()
	if err != nil || h.opcode != opClose || len(payload) < 2 {
		t.Fatalf("got opcode %d, %q, %v, want a close frame", h.opcode, payload, err)
	}
	if code := StatusCode(binary.BigEndian.Uint16(payload)); code != test.code {
		t.Errorf("got status code %d, want %d", code, test.code)
	}
	part := strings.SplitN(test.requirement, "-", 3)
	if reason := string(payload[2:]); !strings.HasPrefix(reason, "RFC "+part[0]+" "+part[1]+": ") {
		t.Errorf("got reason %q for %s", reason, test.requirement)
	}
	p.wantEnd()
	p.nc.Close() // so that nobody has to wait for us
}

func checkViolation(t *testing.T, err error, test breachTest) {
	t.Helper()
	var v *Violation
	if !errors.As(err, &v) || v.Requirement != test.requirement || v.Code != test.code {
		t.Errorf("got %v, want a violation of %s with %d", err, test.requirement, test.code)
	}
}

// A rule that is not enforced must not cost more than the rule: no panic, no
// endless loop, no memory without bound.
func TestRulesThatAreNotEnforcedAreLetPass(t *testing.T) {
	all := append(append(append([]breachTest{}, serverBreaches...), clientBreaches...), deflateBreaches...)
	for _, deflate := range []*DeflateParams{nil, {ServerMaxWindowBits: 15, ClientMaxWindowBits: 15}} {
		for _, test := range all {
			cfg := connConfig{deflate: deflate, enforced: func(string) bool { return false }, opts: ConnOptions{ReadLimit: 1 << 20}}
			peer, nc := net.Pipe()
			c := newConn(nc, cfg)
			var both sync.WaitGroup
			both.Go(func() { io.Copy(io.Discard, peer) })
			both.Go(func() {
				peer.Write([]byte(test.octets))
				peer.Write(make([]byte, 300))
				peer.Close()
			})
			err := echo(testContext(t), c)
			c.CloseNow()
			peer.Close()
			both.Wait()
			var v *Violation
			c.CloseNow()
			if errors.As(err, &v) || errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("%s: %v", test.name, err)
			}
		}
	}
}
