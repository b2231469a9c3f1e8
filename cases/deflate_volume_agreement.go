package cases

// A volumeAgreement is how permessage-deflate is agreed on for a volume.
type volumeAgreement struct {
	name       string     // part of the id, empty where the corpus gives it
	title      string     // end of the title
	extensions string     // offered to a server, or answered to a client
	groups     [][]string // of Autobahn, by corpus
	refs       []string
	needs      []Feature
	note       string
}

const (
	volumeOffer = "permessage-deflate; client_no_context_takeover; client_max_window_bits"

	volumeServerNote = "Autobahn takes any answer whose syntax is right. Here one that does not agree to the offer fails, and so does a " +
		"compressed message that does not keep what was agreed."
	volumeClientNote = "A compressed message that does not keep what was agreed fails."
	volumePlainNote  = "Autobahn plays the same conversation in its groups 12.1 and 13.1."
)

// deflateVolumeHints is an offer with the two hints of a client, which ask nothing
// of the server.
func deflateVolumeHints() volumeAgreement {
	return volumeAgreement{
		extensions: volumeOffer,
		groups:     [][]string{{"12.1", "13.1"}, {"12.2"}, {"12.3"}, {"12.4"}, {"12.5"}},
		refs:       refs("7692-6.2-1", "7692-7.2.2-5", "7692-7.2.2-10", "7692-7.2.1-1"),
		needs:      needs(Echo, Deflate),
		note:       volumePlainNote,
	}
}

// deflateVolumeOffers are offers that ask something of the server.
func deflateVolumeOffers() []volumeAgreement {
	const (
		fresh  = "; server_no_context_takeover"
		narrow = "; server_max_window_bits=9"
		wide   = "; server_max_window_bits=15"
	)
	resets, window := "7692-7.1.1.1-3", "7692-7.2.1-15"
	windows := needs(Echo, Deflate, WindowBits)
	return []volumeAgreement{
		{"no-context-takeover", " without context takeover", volumeOffer + fresh,
			[][]string{{"13.2"}}, refs(resets, "7692-6.2-1"), needs(Echo, Deflate), volumeServerNote},
		{"window-9", " with a window of 512 octets", volumeOffer + narrow,
			[][]string{{"13.3"}}, refs(window, "7692-6.2-1"), windows, volumeServerNote},
		{"window-15", " with a window of 32 KiB that was asked for", volumeOffer + wide,
			[][]string{{"13.4"}}, refs(window, "7692-6.2-1"), windows, volumeServerNote},
		{"no-context-takeover-window-9", " without context takeover and with a window of 512 octets", volumeOffer + fresh + narrow,
			[][]string{{"13.5"}}, refs(window, resets, "7692-6.2-1"), windows, volumeServerNote},
		{"no-context-takeover-window-15", " without context takeover and with a window of 32 KiB that was asked for", volumeOffer + fresh + wide,
			[][]string{{"13.6"}}, refs(window, resets, "7692-6.2-1"), windows, volumeServerNote},
		{"three-offers", " with the offer of three that the server takes",
			volumeOffer + fresh + narrow + ", " + volumeOffer + fresh + ", " + volumeOffer,
			[][]string{{"13.7"}}, refs("7692-7-3", "7692-5-8", resets, window, "7692-6.2-1"), needs(Echo, Deflate), volumeServerNote},
	}
}

// deflateVolumePlain is an answer without parameters.
func deflateVolumePlain() volumeAgreement {
	return volumeAgreement{
		extensions: "permessage-deflate",
		groups:     [][]string{{"12.1", "13.1"}, {"12.2"}, {"12.3"}, {"12.4"}, {"12.5"}},
		refs:       refs("7692-6.2-1", "7692-7.2.2-3", "7692-7.2.2-8", "7692-7.2.1-1"),
		needs:      needs(Echo, Deflate),
		note:       volumePlainNote,
	}
}

// deflateVolumeAnswers are answers that bind the client.
func deflateVolumeAnswers() []volumeAgreement {
	const (
		plain  = "permessage-deflate"
		fresh  = "; client_no_context_takeover"
		narrow = "; client_max_window_bits=9"
		wide   = "; client_max_window_bits=15"
		offers = volumeClientNote + " Autobahn's group 13.7 gives the first answer that the client's offer allows. To one that offers " +
			"client_max_window_bits it is this one, and to any other that without context takeover."
	)
	resets, window := "7692-7.2.1-8", "7692-7.2.1-13"
	windows := needs(Echo, Deflate, WindowBits)
	return []volumeAgreement{
		{"no-context-takeover", " without context takeover", plain + fresh,
			[][]string{{"13.2"}}, refs(resets, "7692-7.1.1.2-3", "7692-6.2-1"), needs(Echo, Deflate), volumeClientNote},
		{"window-9", " with a window of 512 octets", plain + narrow,
			[][]string{{"13.3"}}, refs(window, "7692-6.2-1"), windows, volumeClientNote},
		{"window-15", " with a window of 32 KiB that was asked for", plain + wide,
			[][]string{{"13.4"}}, refs(window, "7692-6.2-1"), windows, volumeClientNote},
		{"no-context-takeover-window-9", " without context takeover and with a window of 512 octets", plain + fresh + narrow,
			[][]string{{"13.5", "13.7"}}, refs(window, resets, "7692-6.2-1"), windows, offers},
		{"no-context-takeover-window-15", " without context takeover and with a window of 32 KiB that was asked for", plain + fresh + wide,
			[][]string{{"13.6"}}, refs(window, resets, "7692-6.2-1"), windows, volumeClientNote},
	}
}
