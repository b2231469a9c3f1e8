//go:build !amd64

package reference

// maskFast is for machines with vectors of their own.
func maskFast([]byte, uint32) (n int, ascii bool) { return 0, true }
