package reference

import "strings"

// repeating is the fault of a server that puts a field of the request into its
// answer without having read it, for which the rules are not enforced.
func repeating(id, requirement, title, name string, forgives ...string) departure {
	return departure{
		Fault:    Fault{id, requirement, title, ServerSide},
		forgives: forgives,
		http:     skipControls,
		head: func(h *head) {
			if values := h.request.Header.Values(name); len(values) > 0 {
				h.set(name, strings.Join(values, ", "))
			}
		},
	}
}

// repeatFaults are those of servers whose answers hold what the request does.
func repeatFaults() []departure {
	return []departure{
		upgradeFieldRepeated(),
		repeating("extensions-repeated-unread", "6455-4.2.1-12", "the answer repeats what was offered of extensions, whatever it says", fieldExtensions,
			"6455-4.2.1-12", "6455-4.3-1"),
		repeating("subprotocols-repeated-unread", "6455-4.2.1-11", "the answer repeats what was offered of subprotocols, whatever it says", fieldProtocol,
			"6455-4.2.1-11", "6455-4.1-37"),
		{
			Fault:    Fault{"accept-of-joined-keys", "6455-11.3.1-1", "the server takes several keys for one with commas in it", ServerSide},
			forgives: []string{"6455-11.3.1-1"},
			head: func(h *head) {
				h.set(fieldAccept, acceptValue(strings.Join(h.request.Header.Values(fieldKey), ", ")))
			},
		},
	}
}

func upgradeFieldRepeated() departure {
	d := repeating("upgrade-field-repeated", "6455-4.2.1-6", "the answer repeats the Upgrade field of the request, whatever it says", "Upgrade", "6455-4.2.1-6")
	d.http = nil
	return d
}
