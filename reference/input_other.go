//go:build !unix

package reference

// initRaw leaves the transport to its own Read: waiting for readiness without a
// buffer is not to be had here.
func (in *input) initRaw() {}

func (in *input) tryRead(uintptr) bool { return true }
