package bench

import (
	"fmt"
	"slices"
)

// maxInFlight bounds the octets of payload that are in flight in a cell. A
// server that takes whole messages holds a message for each connection, some
// more than once, and this machine holds other things too.
const maxInFlight = 128 << 20

// A Cell is one situation to measure.
type Cell struct {
	Size  int // of a message's payload, in octets
	Conns int // connections
	Depth int // messages in flight on each connection
}

// Cells lists what is measured: 64 octets to 16 MiB, on 1 and 64 connections,
// with 1 and 32 messages in flight. Where that would be too much memory, first
// the connections and then the messages in flight are fewer.
func Cells() []Cell {
	var cells []Cell
	for _, size := range []int{64, 1 << 10, 64 << 10, 16 << 20} {
		for _, conns := range []int{1, 64} {
			for _, depth := range []int{1, 32} {
				c := Cell{size, conns, depth}.bounded()
				if !slices.Contains(cells, c) {
					cells = append(cells, c)
				}
			}
		}
	}
	return cells
}

// bounded returns the cell with no more than maxInFlight octets in flight.
func (c Cell) bounded() Cell {
	c.Conns = min(c.Conns, max(1, maxInFlight/c.Size))
	c.Depth = min(c.Depth, max(1, maxInFlight/(c.Size*c.Conns)))
	return c
}

// String returns the name of the cell, such as "64KiB/1conn/32deep".
func (c Cell) String() string {
	return fmt.Sprintf("%s/%dconn/%ddeep", sizeString(c.Size), c.Conns, c.Depth)
}

func sizeString(n int) string {
	switch {
	case n >= 1<<20 && n%(1<<20) == 0:
		return fmt.Sprintf("%dMiB", n>>20)
	case n >= 1<<10 && n%(1<<10) == 0:
		return fmt.Sprintf("%dKiB", n>>10)
	default:
		return fmt.Sprintf("%dB", n)
	}
}
