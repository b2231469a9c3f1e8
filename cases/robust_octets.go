package cases

import (
	"fmt"
	"time"
)

// robustWait bounds the wait for a peer that has no reason to react, behind the
// end of our side of TCP.
const robustWait = 500 * time.Millisecond

const robustNote = "Nothing is expected but that whatever comes is legal, which is looked at in passing. Other octets come with another --seed. " +
	"A peer that does not survive them shows in the cases that follow; one that still waits half a second behind the end of TCP is not judged."

// robustOctets are random octets in place of frames and of requests.
func robustOctets() []Case {
	var all []Case
	for i, size := range []int{1, 2, 3, 6, 14, 15, 100, 1000, 10000, 65536} {
		all = append(all, Case{
			ID:    fmt.Sprintf("robust/random-octets-%d", size),
			Title: fmt.Sprintf("random octets in place of frames, %d of them, bring forth nothing illegal", size),
			Refs:  refs("6455-10.7-1", "6455-10.1-1"),
			Note:  robustNote,
			Steps: steps(Send(RawOf(Random(size, i+1))), Shut(), Expect(Anything()).For(robustWait)),
		})
	}
	for i, size := range []int{1, 20, 1000, 10000} {
		all = append(all, Case{
			ID:      fmt.Sprintf("robust/random-request-%d", size),
			Title:   fmt.Sprintf("random octets in place of a request, %d of them, open no connection", size),
			Refs:    refs("6455-4.2.1-1", "6455-10.1-1"),
			Subject: Server,
			Note:    "An answer that is no HTTP may be that of another protocol on the same port. A server that still waits for the end of the header after half a second is not judged. Other octets come with another --seed.",
			Steps: steps(
				Baseline(Edit{Op: SetAll, Value: Join(Random(size, 100+i), Lit("\r\n\r\n"))}),
				handshakeOrdinary().Or(End()).Or(Wait()).OrFail(Answer(101)).OrInfo(Anything()).For(robustWait),
			),
		})
	}
	return all
}

// robustFlips are a frame with one bit of its header changed. The frame that it
// was must not come back. A masked frame tests a server, an unmasked one a client.
func robustFlips() []Case {
	var all []Case
	for _, side := range []struct {
		name    string
		subject Subject
		frame   string
	}{
		{"", Server, "\x81\x85\x37\xfa\x21\x3d\x7f\x9f\x4d\x51\x58"},
		{"-to-a-client", Client, "\x81\x05Hello"},
	} {
		for bit := range 16 {
			octets := []byte(side.frame)
			octets[bit/8] ^= 0x80 >> (bit % 8)
			all = append(all, Case{
				ID:      fmt.Sprintf("robust/flipped-bit-%d%s", bit, side.name),
				Title:   fmt.Sprintf("a %s whose header has bit %d changed is not taken for what it was", robustFrameWords(side.subject), bit),
				Refs:    refs("6455-5.2-1", "6455-10.7-1"),
				Subject: side.subject,
				Note:    robustNote,
				Steps: steps(
					Send(Raw(string(octets))), Shut(),
					Expect(Anything()).OrFail(Text("Hello")).For(robustWait),
				),
			})
		}
	}
	return all
}

func robustFrameWords(s Subject) string {
	if s == Server {
		return "masked text frame"
	}
	return "text frame of a server"
}
