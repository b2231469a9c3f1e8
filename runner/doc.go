// Package runner plays the cases of package cases against a peer and judges
// what comes back.
//
// The layers, from the bottom: package wire reads and writes frames, legal or
// not; a conn reads all the time, an observer turns what it reads into
// observations and notices breaches of the wire rules in passing, and a queue
// holds them; a decision follows, without knowing of time or sockets, which
// course of events they take; a player plays the steps of one case; Run plays
// many, side by side.
//
//	report, err := runner.Run(ctx, target, cases.All(), runner.Options{})
//
// A verdict rests on what the peer did and not on how fast the machine was:
// nothing sleeps, what came in time counts, and the octets of a script depend on
// the seed alone.
package runner
