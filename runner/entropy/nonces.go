package entropy

import (
	"encoding/base64"
	"fmt"
)

const nonceOctets = 16

// Nonces judges the nonces of all connections. Those that are not 16 octets are
// left out: that is another fault.
func Nonces(all []Connection) []Finding {
	var nonces [][]byte
	for _, c := range all {
		if len(c.Nonce) == nonceOctets {
			nonces = append(nonces, c.Nonce)
		}
	}
	for _, judge := range []func([][]byte) *Finding{repeatedNonces, repeatedWords, weakNonces} {
		if f := judge(nonces); f != nil {
			return []Finding{*f} // the others would say it once more
		}
	}
	return nil
}

func base64Of(nonce []byte) []byte { return []byte(base64.StdEncoding.EncodeToString(nonce)) }

// repeatedNonces finds a nonce that came before: among a million of 128 bits one
// does with a probability of 2e-27.
func repeatedNonces(nonces [][]byte) *Finding {
	seen, repeated, last := map[string]bool{}, 0, []byte(nil)
	for _, n := range nonces {
		if seen[string(n)] {
			repeated, last = repeated+1, n
		}
		seen[string(n)] = true
	}
	if repeated == 0 {
		return nil
	}
	return &Finding{Repeated, fmt.Sprintf("%d of %d values of Sec-WebSocket-Key were used before, %s among them", repeated, len(nonces), base64Of(last))}
}

// repeatedWords counts the groups of four octets that come again in one nonce,
// which those of four random groups do in 6 of 2^32 cases.
func repeatedWords(nonces [][]byte) *Finding {
	hits := 0
	for _, n := range nonces {
		words := map[string]bool{}
		for i := 0; i < nonceOctets; i += 4 {
			words[string(n[i:i+4])] = true
		}
		hits += nonceOctets/4 - len(words)
	}
	if !rare(hits, float64(len(nonces))*6/keySpace) {
		return nil
	}
	return &Finding{Weak, fmt.Sprintf("the values of Sec-WebSocket-Key repeat groups of four octets inside, %d times in %d", hits, len(nonces))}
}

// weakNonces looks at each of the 128 bits by itself.
func weakNonces(nonces [][]byte) *Finding {
	if bit, ones := lopsidedBit(nonces); bit >= 0 {
		return &Finding{Weak, fmt.Sprintf("bit %d of the nonce is set in %d of %d", bit, ones, len(nonces))}
	}
	var changes [][]byte
	for i := 1; i < len(nonces); i++ {
		changes = append(changes, xor(nonces[i-1], nonces[i]))
	}
	if bit, ones := lopsidedBit(changes); bit >= 0 {
		return &Finding{Weak, fmt.Sprintf("bit %d of the nonce changes from one connection to the next in %d of %d cases", bit, ones, len(changes))}
	}
	return nil
}
