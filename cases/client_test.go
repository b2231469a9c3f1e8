package cases

import (
	"slices"
	"strconv"
	"strings"
	"testing"
)

func TestClientCasesAreValid(t *testing.T) {
	for _, err := range ValidateAll(clientCases()) {
		t.Error(err)
	}
}

func TestClientIDsTestClientsAndNameTheirFamily(t *testing.T) {
	list := clientCases()
	if list[0].ID != "client/baseline" {
		t.Errorf("the family begins with %s, which is not the plain answer", list[0].ID)
	}
	for _, c := range list {
		if !strings.HasPrefix(c.ID, "client/") || c.Subject != Client {
			t.Errorf("%s tests subject %d", c.ID, c.Subject)
		}
	}
}

func TestClientTitlesDiffer(t *testing.T) {
	seen := map[string]string{}
	for _, c := range clientCases() {
		if other := seen[c.Title]; other != "" {
			t.Errorf("%s and %s have the title %q", c.ID, other, c.Title)
		}
		seen[c.Title] = c.ID
	}
}

// What is judged must bind a client, or at least be what a client judges of its
// server by a rule that binds it: then that one stands beside it.
func TestClientRefsBindAClient(t *testing.T) {
	for _, c := range clientCases() {
		if !slices.ContainsFunc(c.Refs, func(ref string) bool {
			r, _ := FindRequirement(ref)
			return r.Role == ForClient || r.Role == ForEndpoint || r.Role == ForUserAgent
		}) {
			t.Errorf("%s: none of %v binds a client", c.ID, c.Refs)
		}
	}
}

func TestClientDialsNeedDialAndNothingElseDoes(t *testing.T) {
	for _, c := range clientCases() {
		_, dials := c.Steps[0].(DialStep)
		if dials != slices.Contains(c.Needs, Dialing) {
			t.Errorf("%s begins with %T and needs %v", c.ID, c.Steps[0], c.Needs)
		}
	}
}

// A client that is asked for a URL is expected to answer at once, so that no
// further step waits for a connection that was never opened.
func TestClientURLsEndWithWhatIsAskedFor(t *testing.T) {
	for _, c := range clientCases() {
		e, expects := c.Steps[min(1, len(c.Steps)-1)].(Expectation)
		if _, dials := c.Steps[0].(DialStep); !dials || !expects || len(c.Steps) == 2 {
			continue
		}
		for _, a := range e.Alternatives {
			if _, declines := a.Events[0].(DeclinedEvent); declines {
				t.Errorf("%s goes on after a client may have declined", c.ID)
			}
		}
	}
}

func TestClientSubprotocolsOfTheRunNeedThem(t *testing.T) {
	for _, c := range clientCases() {
		if uses := strings.Contains(Format(c), "chat}"); uses && !slices.Contains(c.Needs, Subprotocol) {
			t.Errorf("%s speaks of the run's subprotocols and needs %v", c.ID, c.Needs)
		}
	}
}

// A legal agreement is the player's to give, since it depends on the offer; a
// case gives one itself only to an offer that it has dictated.
func TestClientCasesAgreeToDeflateOnlyByOpenOrADictatedOffer(t *testing.T) {
	for _, c := range clientCases() {
		r, answers := c.Steps[0].(Response)
		if !answers || !slices.ContainsFunc(r.Edits, func(e Edit) bool { return e.Name == extensionField }) {
			continue
		}
		if slices.ContainsFunc(c.Steps, func(s Step) bool { _, opens := s.(AliveStep); return opens }) {
			t.Errorf("%s demands an open connection with an extension that may not have been offered", c.ID)
		}
	}
}

func TestClientHiddenResponseHasTheLengthThatIsAnnounced(t *testing.T) {
	hidden := string(clientHidden().Value.Append(nil, 0))
	_, body, _ := strings.Cut(strings.ReplaceAll(hidden, "{accept}", handshakeSampleAccept)+"\r\n", "\r\n")
	for _, c := range clientCases() {
		if c.ID == "client/status/page-with-status-line" && clientEdited(c, "Content-Length") != strconv.Itoa(len(body)) {
			t.Errorf("the body has %d octets and the Content-Length is %s", len(body), clientEdited(c, "Content-Length"))
		}
	}
}

func TestClientContentLengthIsThatOfTheTail(t *testing.T) {
	for _, c := range clientCases() {
		r, answers := c.Steps[0].(Response)
		length := clientEdited(c, "Content-Length")
		if !answers || r.Tail == nil || length == "" {
			continue
		}
		first := r.Tail[0]
		size := first.Payload.Len()
		if first.Opcode != OpRaw {
			size += 2 // the header of a short frame that is not masked
		}
		if length != strconv.Itoa(size) {
			t.Errorf("%s: Content-Length is %s and the body %d octets", c.ID, length, size)
		}
	}
}

func TestClientCutsAreWhereTheirTitlesSay(t *testing.T) {
	const head = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
	for offset, before := range map[int]string{8: "1", 9: " ", 11: "0", 33: "\r", 34: "\n", 37: "g", 42: ":"} {
		if head[offset-1:offset] != before {
			t.Errorf("offset %d stands behind %q, not %q", offset, head[offset-1:offset], before)
		}
		id := "client/segments/cut-at-" + strconv.Itoa(offset)
		if !slices.ContainsFunc(clientCases(), func(c Case) bool { return c.ID == id }) {
			t.Errorf("there is no %s", id)
		}
	}
}

// The windows must reach as far as they are meant to, and no farther.
func TestClientWindowPayloadsTryTheirWindow(t *testing.T) {
	for _, c := range clientWindows() {
		bits, _ := strconv.Atoi(c.ID[strings.LastIndex(c.ID, "-")+1:])
		payload := c.Steps[1].(SendStep).Frames[0].Payload
		period := payload[0].Size // the distance of a repetition
		switch inside := strings.Contains(c.ID, "server"); {
		case inside && 2*period != 1<<bits:
			t.Errorf("%s repeats after %d octets", c.ID, period)
		case !inside && (period <= 1<<bits || period > 1<<15):
			t.Errorf("%s repeats after %d octets, which shows nothing", c.ID, period)
		}
	}
}

// clientEdited is the value that the last edit of a case's first response gives
// to a field, empty for none.
func clientEdited(c Case, name string) string {
	value := ""
	if r, answers := c.Steps[0].(Response); answers {
		for _, e := range r.Edits {
			if e.Name == name {
				value = string(e.Value.Append(nil, 0))
			}
		}
	}
	return value
}
