package reports

import (
	"strings"
	"testing"

	"github.com/wsspec/wsspec/runner"
)

func TestTheTableOfFeaturesTellsNothingThatIsNotKnown(t *testing.T) {
	table := func(f runner.Features) string {
		var b strings.Builder
		text := Text{W: &b}
		f.Handshake = true
		text.features(f)
		return b.String()
	}
	if got := table(runner.Features{}); strings.Count(got, "\n") != 3 {
		t.Errorf("of a peer of which nothing is known:\n%s", got)
	}
	for _, test := range []struct {
		f    runner.Features
		want string
	}{
		{runner.Features{Pings: runner.No}, "  pings                         not answered\n"},
		{runner.Features{Pushes: runner.Yes}, "  messages by itself            yes\n"},
		{runner.Features{Messages: runner.MessageSize{Taken: 512 << 10}}, "  largest message               at least 512 KiB\n"},
		{runner.Features{Messages: runner.MessageSize{Taken: 8 << 10, Refused: 16 << 10}}, "at least 8 KiB; 16 KiB is refused with the end of TCP\n"},
		{runner.Features{Messages: runner.MessageSize{Refused: 8 << 10, Code: 1005}}, "message               8 KiB is refused with a close without a code\n"},
		{runner.Features{Subprotocols: []string{"a", "b"}}, "  subprotocols                  a, b\n"},
		{runner.Features{Deflate: "x", Compression: &runner.Compression{ServerBits: 15}}, "    server_max_window_bits      agrees to 15 alone\n"},
		{runner.Features{Deflate: "x", Compression: &runner.Compression{}}, "    client_max_window_bits      asks for none\n"},
		{runner.Features{Deflate: "x", Compression: &runner.Compression{Compresses: runner.No}}, "    compresses its messages     no\n"},
	} {
		if got := table(test.f); !strings.Contains(got, test.want) {
			t.Errorf("%q is missing in\n%s", test.want, got)
		}
	}
}

func TestPropertiesOfASuiteTellWhatThePeerCanDo(t *testing.T) {
	r := sample()
	r.Full = true
	got := map[string]string{}
	for _, p := range properties(r) {
		got[p.Name] = p.Value
	}
	for name, want := range map[string]string{
		"full": "true", "patient": "false", "echo": "yes", "server_max_window_bits": "agrees, down to 9",
		"largest message": "at least 512 KiB; 1 MiB is refused with close 1009",
	} {
		if got[name] != want {
			t.Errorf("%s is %q, want %q", name, got[name], want)
		}
	}
	if list := properties(refused()); len(list) != 4 {
		t.Errorf("%v of a server that opens no connection", list)
	}
}
