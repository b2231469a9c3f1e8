// Package runner plays the cases of package cases against a peer and judges
// what comes back.
//
// The layers, from the bottom: package wire reads and writes frames, legal or
// not; observe.go turns what the peer sends into observations and notices
// breaches of the wire rules in passing; match.go decides, as a pure function,
// which course of events the observations follow; play.go plays the steps of
// one case; run.go plays many, side by side.
//
//	report, err := runner.Run(ctx, target, cases.All(), runner.Options{})
package runner
