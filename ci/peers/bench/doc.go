// Package bench measures how fast WebSocket servers echo, one after another on
// the same machine and under the same load.
//
// A Cell says what is in flight: messages of one size, on a number of
// connections, with a number of messages on each that are sent and not yet
// echoed. A Session is the client's side of a cell. It is cheaper than any
// server: frames are masked beforehand and written many at a time, and of what
// comes back only the headers are looked at. Client and server share a process
// and talk over loopback TCP, without permessage-deflate.
//
//	running, err := bench.Start(bench.Targets()[0])
//	if err != nil {
//		return err
//	}
//	defer running.Stop()
//	session, err := bench.Open(ctx, running.URL, bench.Cell{Size: 1024, Conns: 64, Depth: 32})
//	if err != nil {
//		return err
//	}
//	defer session.Close()
//	result, err := session.For(ctx, time.Second)
//
// Play measures many targets in interleaved rounds, so that what else the
// machine does hits all alike, and Table shows the outcome.
package bench
