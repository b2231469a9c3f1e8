package reference

import (
	"bytes"
	"errors"
	"fmt"
	"math/rand/v2"
	"net"
	"sync"
	"testing"
	"unicode/utf8"
)

// deflateChoices are what can be agreed on for compression.
func deflateChoices() map[string]*DeflateParams {
	return map[string]*DeflateParams{
		"plain":       nil,
		"takeover":    {ServerMaxWindowBits: 15, ClientMaxWindowBits: 15},
		"no takeover": {ServerMaxWindowBits: 15, ClientMaxWindowBits: 15, ServerNoContextTakeover: true, ClientNoContextTakeover: true},
		"small":       {ServerMaxWindowBits: 8, ClientMaxWindowBits: 9},
		"mixed":       {ServerMaxWindowBits: 10, ClientMaxWindowBits: 15, ClientNoContextTakeover: true},
	}
}

// payloadOf makes text of n octets that compresses like text does.
func payloadOf(n int) []byte {
	r := rand.New(rand.NewPCG(uint64(n), 1))
	words := []string{"opening ", "handshake ", "masking ", "key ", "größe ", "€ ", "frame ", "\U0001f600 ", "0123456789"}
	var b []byte
	for len(b) < n {
		b = append(b, words[r.IntN(len(words))]...)
	}
	b = b[:n]
	for i := n - 1; !utf8.Valid(b[max(0, n-4):]) && !utf8.Valid(b); i-- {
		b[i] = '.'
	}
	return b
}

var sizes = []int{0, 1, 2, 3, 7, 8, 9, 63, 64, 65, 124, 125, 126, 127, 128, 129, 255, 256, 1023, 4095, 4096, 4097, 8192, 16384,
	32767, 32768, 65534, 65535, 65536, 65537, 131071, 131072, 131073, 262144, 300000, 1<<20 + 7}

func TestMessagesOfEverySizeSurviveAnEcho(t *testing.T) {
	for name, params := range deflateChoices() {
		for _, coalesce := range []bool{false, true} {
			t.Run(fmt.Sprintf("%s/coalesce=%v", name, coalesce), func(t *testing.T) {
				eachTransport(t, func(t *testing.T, nc, ns net.Conn) {
					client, server := pairOf(t, nc, ns, connConfig{deflate: params, opts: ConnOptions{Coalesce: coalesce}})
					testEcho(t, client, server)
				})
			})
		}
	}
}

func testEcho(t *testing.T, client, server *Conn) {
	ctx := testContext(t)
	var wg sync.WaitGroup
	defer wg.Wait()
	defer client.CloseNow()
	wg.Go(func() { echo(ctx, server) })
	wg.Go(func() {
		for _, n := range sizes {
			p := payloadOf(n)
			keep := bytes.Clone(p)
			if err := client.Write(ctx, Text, p); err != nil {
				t.Errorf("%d octets: %v", n, err)
				return
			}
			if !bytes.Equal(p, keep) {
				t.Errorf("%d octets: Write changed the caller's buffer", n)
			}
		}
	})
	for _, n := range sizes {
		typ, got, err := client.Read(ctx)
		if err != nil {
			t.Errorf("%d octets: %v", n, err)
			return
		}
		if typ != Text || !bytes.Equal(got, payloadOf(n)) {
			t.Errorf("%d octets came back as %v of %d octets", n, typ, len(got))
		}
	}
	if err := client.Close(StatusNormalClosure, "done"); err != nil {
		t.Error(err)
	}
}

func TestCloseEndsBothSides(t *testing.T) {
	eachTransport(t, func(t *testing.T, nc, ns net.Conn) {
		client, server := pairOf(t, nc, ns, connConfig{})
		ctx := testContext(t)
		var wg sync.WaitGroup
		wg.Go(func() {
			if err := client.Close(3000, "bye"); err != nil {
				t.Error(err)
			}
		})
		_, _, err := server.Read(ctx)
		var ce *CloseError
		if !errors.As(err, &ce) || ce.Code != 3000 || ce.Reason != "bye" {
			t.Errorf("server got %v", err)
		}
		wg.Wait()
	})
}
