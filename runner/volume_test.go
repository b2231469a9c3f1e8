package runner

import (
	"bytes"
	"net"
	"strings"
	"testing"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner/wire"
)

// A patient is a server that sends back message after message, compressed, and
// does something else in one round.
type patient struct {
	answer string // to the offer
	out    wire.Compressor
	round  int // in which it does something else, counted from 0
	spoil  func(p *patient, plain []byte) (payload []byte)

	done     chan struct{}
	before   []byte // the message before
	frame    []byte // that was sent in this round
	referred int    // how many of our messages refer to others
}

func newPatient(answer string) *patient {
	p := &patient{answer: answer, round: -1, done: make(chan struct{})}
	p.out.NoContextTakeover = strings.Contains(answer, "server_no_context_takeover")
	if strings.Contains(answer, "server_max_window_bits=9") {
		p.out.WindowBits = 9
	}
	return p
}

func (p *patient) serve(nc net.Conn) {
	defer close(p.done)
	rd := accept(nc, func(accept string) string {
		return strings.TrimSuffix(right(accept), "\r\n") + "Sec-WebSocket-Extensions: " + p.answer + "\r\n\r\n"
	})
	if rd == nil {
		return
	}
	in := &wire.Inflater{}
	for round := 0; ; round++ {
		f, err := rd.Next()
		if err != nil {
			return
		}
		opcode, packed := f.Opcode, bytes.Clone(f.Payload)
		for err == nil && !f.FIN {
			f, err = rd.Next()
			packed = append(packed, f.Payload...)
		}
		h := wire.Header{FIN: true, Opcode: opcode, RSV: 4, Length: f.Length}
		payload := packed
		if opcode == wire.Close {
			h.RSV = 0
		} else {
			payload = p.reply(round, in, packed)
		}
		h.Length = uint64(len(payload))
		frame := wire.AppendFrame(nil, h, payload)
		if round == p.round {
			p.frame = frame
		}
		if _, err := nc.Write(frame); err != nil || opcode == wire.Close {
			return
		}
	}
}

func (p *patient) reply(round int, in *wire.Inflater, packed []byte) []byte {
	plain, report, err := in.Inflate(nil, packed, 0)
	if err != nil {
		return nil
	}
	if report.IntoHistory > 0 {
		p.referred++
	}
	defer func() { p.before = plain }()
	if round == p.round && p.spoil != nil {
		return p.spoil(p, bytes.Clone(plain))
	}
	return p.out.Compress(nil, plain)
}

// In a thousand rounds nothing is looked at twice that is the same; but what is
// not the same is found.
func TestOneOddRoundOfAThousandIsNoticed(t *testing.T) {
	const rounds, odd = 1000, 777
	const agreed = "permessage-deflate; server_max_window_bits=9"
	message := cases.TextOf(cases.Slice("json", 4096)) // which begins again every 47 rounds
	for _, test := range []struct {
		name, answer string
		spoil        func(p *patient, plain []byte) []byte
		verdict      cases.Verdict
		requirement  string
		got          string
	}{
		{"nothing is odd", "permessage-deflate", nil, cases.Pass, "", ""},
		{"nothing is odd in a small window", agreed, nil, cases.Pass, "", ""},
		{"one octet is another", "permessage-deflate", func(p *patient, plain []byte) []byte {
			plain[3000] ^= 1
			return p.out.Compress(nil, plain)
		}, cases.Failed, "6455-5.5.2-3", "(4096 octets)"},
		{"one octet is missing", "permessage-deflate", func(p *patient, plain []byte) []byte {
			return p.out.Compress(nil, plain[:4095])
		}, cases.Failed, "6455-5.5.2-3", "(4095 octets)"},
		{"the message before comes once more", "permessage-deflate", func(p *patient, _ []byte) []byte {
			return p.out.Compress(nil, p.before)
		}, cases.Failed, "6455-5.5.2-3", "(4096 octets)"},
		{"one bit on the wire is another", "permessage-deflate", func(p *patient, plain []byte) []byte {
			payload := (&wire.Blocks{}).Stored(false, plain).Sync().Bytes()
			payload[100] ^= 1
			return payload
		}, cases.Failed, "6455-5.5.2-3", "(4096 octets)"},
		{"the same message refers beyond the window", agreed, func(_ *patient, plain []byte) []byte {
			return (&wire.Compressor{WindowBits: 15}).Compress(nil, plain)
		}, cases.Failed, "7692-7.2.1-15", "beyond the agreed window of 9 bits"},
		{"the same message refers to the one before", "permessage-deflate; server_no_context_takeover", func(p *patient, plain []byte) []byte {
			c := &wire.Compressor{}
			c.Compress(nil, p.before)
			return c.Compress(nil, plain)
		}, cases.Failed, "7692-7.2.1-11", "agreed to no context takeover"},
		{"the same message does not end", "permessage-deflate", func(_ *patient, plain []byte) []byte {
			packed := (&wire.Compressor{}).Compress(nil, plain)
			return packed[:len(packed)-1]
		}, cases.Failed, "7692-7.2.1-1", "does not decompress"},
	} {
		t.Run(test.name, func(t *testing.T) {
			p := newPatient(test.answer)
			p.round, p.spoil = odd, test.spoil
			target, _ := listen(t, p.serve)
			r := mustPlayMuch(t, target, cases.Open(test.answer), cases.Repeat(rounds, cases.Send(message.Deflate()), cases.Expect(message)), cases.Close(1000))
			<-p.done
			if r.Verdict != test.verdict || r.Requirement != test.requirement || !strings.Contains(r.Got, test.got) {
				t.Errorf("%v, %s, got %q; want %v, %s and %q", r.Verdict, r.Requirement, r.Got, test.verdict, test.requirement, test.got)
			}
			if test.spoil != nil {
				checkOddRound(t, &r, p, odd)
			}
		})
	}
}

// checkOddRound looks for the frame that decided in the transcript, and counts
// the others.
func checkOddRound(t *testing.T, r *Result, p *patient, odd int) {
	t.Helper()
	entries, received := r.Transcript.Entries, 0
	for i, e := range entries {
		if e.Kind == EntryFrame && e.Direction == Received && e.Size == len(p.frame) && bytes.HasPrefix(p.frame, e.Raw) {
			received = i
		}
	}
	if received == 0 || entries[received-1].Kind != EntryFrame || entries[received-1].Direction != Sent {
		t.Fatalf("the frame of round %d is not in the transcript behind ours\n%s", odd, r.Block(""))
	}
	if e := entries[received]; e.Meaning != wordsOf(p.frame) || len(e.Raw) != min(e.HeaderLen+shownOctets, len(p.frame)) {
		t.Errorf("it is shown as %q with %d octets, want %q", e.Meaning, len(e.Raw), wordsOf(p.frame))
	}
	if before := received + r.Transcript.Omitted; before != 2+2*odd+1 {
		t.Errorf("%d entries before it, want the opening handshake, %d rounds and a message", before, odd)
	}
}

// wordsOf says what an unmasked frame means.
func wordsOf(frame []byte) string {
	h, n, _ := wire.ParseHeader(frame)
	return frameWords(h, frame[n:][:min(shownOctets, len(frame)-n)])
}

// Only where there are many is each message compressed by itself, though it might
// refer to those before.
func TestMessagesReferToEachOtherUnlessTheyAreMany(t *testing.T) {
	message := cases.BinaryOf(cases.Slice("prose", 2000))
	for _, test := range []struct {
		rounds int
		answer string
		want   bool
	}{
		{2, "permessage-deflate", true},
		{manyRounds - 1, "permessage-deflate", true},
		{manyRounds - 1, "permessage-deflate; client_no_context_takeover", false},
		{manyRounds, "permessage-deflate", false},
	} {
		p := newPatient(test.answer)
		target, _ := listen(t, p.serve)
		r := mustPlayMuch(t, target, cases.Open("permessage-deflate; client_no_context_takeover"),
			cases.Repeat(test.rounds, cases.Send(message.Deflate()), cases.Expect(message)), cases.Close(1000))
		<-p.done
		if r.Verdict != cases.Pass || (p.referred > 0) != test.want {
			t.Errorf("%d rounds, %q: %d messages refer to others, %v\n%s", test.rounds, test.answer, p.referred, r.Verdict, r.Block(""))
		}
	}
}
