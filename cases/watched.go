package cases

// Watched are the requirements that the player judges in passing, whatever a case
// is about, and where it does. A breach makes any case fail, with the requirement
// as the reason, so that a run cannot pass with one of them broken.
func Watched() map[string]string {
	where := map[string]string{}
	for place, ids := range map[string][]string{
		"every frame": {
			"6455-5.1-1", "6455-5.1-4", "6455-5.2-3", "6455-5.2-6", "6455-5.2-9", "6455-5.2-10",
			"6455-5.4-1", "6455-5.4-3", "6455-5.5-2", "6455-5.5-3", "6455-5.5.1-7",
		},
		"every text message": {"6455-5.6-2"},
		"every close frame":  {"6455-5.5.1-3", "6455-5.5.1-4", "6455-7.4.1-7", "6455-7.4.1-8", "6455-7.4.1-15"},
		"every request": {
			"6455-4.1-18", "6455-4.1-19", "6455-4.1-20", "6455-4.1-21", "6455-4.1-22", "6455-4.1-23", "6455-4.1-24",
			"6455-4.1-25", "6455-4.1-26", "6455-4.1-27", "6455-4.1-28", "6455-4.1-33", "6455-4.1-34",
			"6455-4.1-31", "6455-4.1-36", "6455-4.1-37", "6455-4.1-38", "6455-4.1-41",
			"6455-9.1-1", "6455-9.1-2", "6455-9.1-5", "6455-11.3.1-1", "6455-11.3.5-2",
			"7692-7.1.1.1-1", "7692-7.1.1.2-1", "7692-7.1.2.1-2", "7692-7.1.2.2-2",
		},
		"every response with 101": {
			"6455-4.2.2-11", "6455-4.2.2-12", "6455-4.2.2-13", "6455-4.2.2-15", "6455-4.2.2-16", "6455-4.2.2-18",
			"6455-4.2.2-19", "6455-4.2.2-20", "6455-11.3.3-1", "6455-11.3.4-2",
		},
		WithDeflate: {
			"7692-7-1", "7692-7.1.1.1-2", "7692-7.1.2.1-4", "7692-7.1.2.1-5", "7692-7.1.2.2-4", "7692-7.1.2.2-5",
			"7692-7.2.1-1", "7692-7.2.1-5", "7692-7.2.1-8", "7692-7.2.1-11", "7692-7.2.1-13", "7692-7.2.1-15",
		},
		OverTLS: {"6455-4.2.2-2", "6455-10.6-1"},
	} {
		for _, id := range ids {
			where[id] = place
		}
	}
	return where
}

// WithDeflate is where permessage-deflate is agreed to, or used.
const WithDeflate = "every case with permessage-deflate"

// OverTLS is where the player need not judge: what is sent outside the tunnel
// breaks TLS, and without TLS there is no connection.
const OverTLS = "every case with a wss URL"
