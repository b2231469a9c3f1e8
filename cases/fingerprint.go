package cases

import (
	"crypto/sha256"
	"encoding/hex"
)

// Fingerprint tells lists of cases apart: it is the same where what is played, and
// how it is judged, is the same.
func Fingerprint(list []Case) string {
	sum := sha256.Sum256([]byte(FormatAll(list)))
	return hex.EncodeToString(sum[:8])
}
