package cases

import (
	"crypto/sha1"
	"encoding/base64"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"
)

// handshakeFamilies are the cases about the opening handshake of servers.
func handshakeFamilies() []Case {
	return slices.Concat(handshakeCases(), subprotocolCases(), extensionCases())
}

func TestHandshakeFirstCaseIsTheSampleOfTheRFC(t *testing.T) {
	if id := All()[0].ID; id != "handshake/rfc-sample" {
		t.Errorf("the catalogue begins with %s", id)
	}
}

func TestHandshakeIDsAreUniqueAndNameTheirFamily(t *testing.T) {
	seen := map[string]bool{}
	for _, c := range handshakeFamilies() {
		if seen[c.ID] {
			t.Errorf("%s is there twice", c.ID)
		}
		seen[c.ID] = true
		family, _, _ := strings.Cut(c.ID, "/")
		if !slices.Contains([]string{"handshake", "subprotocol", "extension"}, family) {
			t.Errorf("%s is in no family of the handshake", c.ID)
		}
	}
}

func TestHandshakeTitlesDiffer(t *testing.T) {
	seen := map[string]string{}
	for _, c := range handshakeFamilies() {
		if other, taken := seen[c.Title]; taken || c.Title == "" {
			t.Errorf("%s and %s have the title %q", c.ID, other, c.Title)
		}
		seen[c.Title] = c.ID
	}
}

func TestHandshakeRefsExist(t *testing.T) {
	for _, c := range handshakeFamilies() {
		if len(c.Refs) == 0 {
			t.Errorf("%s has no refs", c.ID)
		}
		for _, ref := range c.Refs {
			if _, ok := FindRequirement(ref); !ok {
				t.Errorf("%s: no requirement %s", c.ID, ref)
			}
		}
	}
}

func TestHandshakeCasesSendARequestToAServer(t *testing.T) {
	for _, c := range handshakeFamilies() {
		if c.Subject != Server {
			t.Errorf("%s does not test a server", c.ID)
		}
		if _, ok := c.Steps[0].(Request); !ok {
			t.Errorf("%s begins with %T", c.ID, c.Steps[0])
		}
	}
}

// A server that does not echo is tested all the same.
func TestHandshakeNeedsNoEchoButForEarlyText(t *testing.T) {
	for _, c := range handshakeFamilies() {
		if slices.Contains(c.Needs, Echo) != strings.HasPrefix(c.ID, "handshake/early/text") {
			t.Errorf("%s needs %v", c.ID, c.Needs)
		}
	}
}

func TestHandshakeWaitsAreShort(t *testing.T) {
	for _, c := range handshakeFamilies() {
		for _, e := range handshakeExpectations(c) {
			if e.Within > time.Second {
				t.Errorf("%s waits %v", c.ID, e.Within)
			}
		}
	}
}

func TestHandshakeLargeOffersAreAnsweredInTwoSeconds(t *testing.T) {
	for _, c := range handshakeFamilies() {
		if strings.Contains(c.ID, "/large/") != (c.Timeout == 2*time.Second) {
			t.Errorf("%s has the timeout %v", c.ID, c.Timeout)
		}
	}
}

// Where a known wrong answer is listed as a failure, no other answer in the same
// expectation comes before it that it would fit as well.
func TestHandshakeFailuresAreNotHiddenByWhatComesBefore(t *testing.T) {
	for _, c := range handshakeFamilies() {
		for _, e := range handshakeExpectations(c) {
			for i, a := range e.Alternatives {
				if a.Grade == Failed && slices.ContainsFunc(e.Alternatives[:i], func(b Alternative) bool {
					switch e := b.Events[0].(type) {
					case AnswerEvent:
						return len(e.Checks) == 0
					case RefuseEvent, EndEvent, WaitEvent: // which no 101 fits
						return !expects101(a)
					}
					return true
				}) {
					t.Errorf("%s: alternative %d is hidden", c.ID, i+1)
				}
			}
		}
	}
}

func expects101(a Alternative) bool {
	answer, ok := a.Events[0].(AnswerEvent)
	return ok && slices.Contains(answer.Status, 101)
}

func TestHandshakeAcceptValuesFitTheirKeys(t *testing.T) {
	found := 0
	for _, c := range handshakeCases() {
		key := handshakeEdited(c.Steps[0].(Request), "Sec-WebSocket-Key")
		sum := sha1.Sum([]byte(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"))
		for _, check := range handshakeChecks(c, "Sec-WebSocket-Accept") {
			found++
			if want := base64.StdEncoding.EncodeToString(sum[:]); check.Value != want {
				t.Errorf("%s expects %s for the key %q; it is %s", c.ID, check.Value, key, want)
			}
		}
	}
	if found != 3 {
		t.Errorf("%d cases name their accept value", found)
	}
}

func TestHandshakeKeysAreWhatTheirCaseSays(t *testing.T) {
	for _, c := range slices.Concat(handshakeKeys(), handshakeKeysRefused()) {
		key := strings.TrimSpace(handshakeEdited(c.Steps[0].(Request), "Sec-WebSocket-Key"))
		if key == "" || strings.Contains(key, "{key}") || c.ID == "handshake/key/two-different" || c.ID == "handshake/key/pad-bits" {
			continue // the run's own key, or one that is right and not the point
		}
		octets, err := base64.StdEncoding.Strict().DecodeString(key)
		right := err == nil && len(octets) == 16
		answer, opens := handshakeExpectations(c)[0].Alternatives[0].Events[0].(AnswerEvent)
		if opens != right || opens && !slices.Contains(answer.Status, 101) {
			t.Errorf("%s: the key %.40q is right: %v; it opens a connection: %v", c.ID, key, right, opens)
		}
	}
}

func TestHandshakeContentLengthIsThatOfTheBody(t *testing.T) {
	found := 0
	for _, c := range handshakeCases() {
		r := c.Steps[0].(Request)
		length := handshakeEdited(r, "Content-Length")
		if length == "" || handshakeEdited(r, "Transfer-Encoding") != "" || c.ID == "handshake/body/expect-100-continue-and-body" { // which waits
			continue
		}
		found++
		size := 0
		for _, f := range r.Tail {
			size += f.Payload.Len()
			if f.Opcode != OpRaw {
				size += 2 + 4 // the header of a short masked frame
			}
		}
		if length != strconv.Itoa(size) {
			t.Errorf("%s: Content-Length is %s and the body %d octets", c.ID, length, size)
		}
	}
	if found < 4 {
		t.Errorf("%d cases have a body", found)
	}
}

func TestHandshakeSmuggledOctetsAreThePing(t *testing.T) {
	f, key := handshakeSmuggled(), []byte{0x37, 0xfa, 0x21, 0x3d}
	payload := f.Payload.Append(nil, 0)
	want := append([]byte{0x80 | byte(f.Opcode), 0x80 | byte(len(payload))}, key...)
	for i, b := range payload {
		want = append(want, b^key[i%4])
	}
	if f.Key != "37fa213d" || string(want) != handshakeSmuggledOctets || strconv.Itoa(len(want)) != handshakeSmuggledLength {
		t.Errorf("the ping is %x, the octets %x", want, handshakeSmuggledOctets)
	}
}

// The octets that follow the response must be more than the payload that their
// first two, read as a frame, announce: a server may wait for all of it.
func TestHandshakeTextReadAsFrameIsComplete(t *testing.T) {
	if announced := int(handshakeCrossProtocol[1] & 0x7f); announced+2 > len(handshakeCrossProtocol) {
		t.Errorf("%d octets for a frame with a payload of %d", len(handshakeCrossProtocol), announced)
	}
}

// Every requirement on the handshake that a server can be seen to keep has a
// case, but for those that need a server set up for them.
func TestHandshakeRequirementsOnServersHaveCases(t *testing.T) {
	excused := map[string]string{
		"6455-4.2.1-10": "seen in the API alone",
		"6455-4.2.2-2":  "needs TLS",
		"6455-4.2.2-3":  "needs TLS",
		"6455-4.2.2-4":  "needs a resource with credentials",
		"6455-4.2.2-5":  "needs a resource that redirects",
		"6455-4.2.2-21": "needs a server with two extensions",
		"6455-9-4":      "belongs to permessage-deflate",
		"6455-9.1-8":    "belongs to permessage-deflate",
		"6455-10.2-1":   "needs a policy on origins",
		"6455-11.3.2-2": "a permission since erratum 3433",
		"6455-9.1-7":    "binds documents",
		"6455-4.2-1":    "cannot be seen",
		"6455-9.2-1":    "cannot be seen",
	}
	proved := map[string]bool{}
	for _, c := range handshakeFamilies() {
		for _, ref := range c.Refs {
			proved[ref] = true
		}
	}
	for _, r := range Requirements() {
		document, section, _, _ := SplitRef(r.ID)
		mine := document == "6455" && slices.ContainsFunc([]string{"1.3", "1.6", "4.2", "4.3", "4.4", "9", "11.3"}, func(s string) bool {
			return section == s || strings.HasPrefix(section, s+".")
		}) || document == "9112" || document == "9110" || document == "7936"
		if mine && r.Role != ForClient && r.Observable == OnWire && !proved[r.ID] && excused[r.ID] == "" {
			t.Errorf("no case proves %s: %s", r.ID, r.Text)
		}
		if proved[r.ID] && excused[r.ID] != "" {
			t.Errorf("%s is excused (%s), and has a case", r.ID, excused[r.ID])
		}
	}
}

// handshakeExpectations are the expectations of a case.
func handshakeExpectations(c Case) []Expectation {
	var list []Expectation
	for _, s := range c.Steps {
		if e, ok := s.(Expectation); ok {
			list = append(list, e)
		}
	}
	return list
}

// handshakeChecks are the values that a case demands of a field.
func handshakeChecks(c Case, name string) []FieldCheck {
	var list []FieldCheck
	for _, e := range handshakeExpectations(c) {
		for _, a := range e.Alternatives {
			if answer, ok := a.Events[0].(AnswerEvent); ok {
				list = append(list, slices.DeleteFunc(slices.Clone(answer.Checks), func(f FieldCheck) bool { return f.Name != name })...)
			}
		}
	}
	return list
}

// handshakeEdited is the value that a request gives a field, empty for none.
func handshakeEdited(r Request, name string) string {
	for _, e := range r.Edits {
		if strings.EqualFold(e.Name, name) {
			return string(e.Value.Append(nil, 0))
		}
	}
	return ""
}
