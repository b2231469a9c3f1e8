package cases

import "fmt"

// maskingByClients have a client send payloads that show whether it masks them
// with the key that it sends, from the first octet to the last.
func maskingByClients() []Case {
	var all []Case
	for _, size := range []int{1, 4, 7, 125} {
		all = append(all, Case{
			ID:      fmt.Sprintf("client/masking/pong-of-%d-octets", size),
			Title:   fmt.Sprintf("a pong of %d octets is masked by the key in its frame", size),
			Refs:    refs("6455-5.3-6", "6455-5.3-2", "6455-5.5.3-1"),
			Subject: Client,
			Steps:   steps(Send(PingOf(Fill("masked ", size))), Expect(PongOf(Fill("masked ", size))), Close(1000)),
		})
	}
	for _, size := range []int{3, 126, 4099, 65539} {
		all = append(all, Case{
			ID:      fmt.Sprintf("client/masking/echo-of-%d-octets", size),
			Title:   fmt.Sprintf("a message of %d octets is masked by the key in its frames", size),
			Refs:    refs("6455-5.3-6", "6455-5.3-2", "6455-6.1-8"),
			Subject: Client, Needs: needs(Echo),
			Steps: steps(Send(BinaryOf(Random(size, 53))), Expect(BinaryOf(Random(size, 53))), Close(1000)),
		})
	}
	return all
}
