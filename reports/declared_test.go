package reports

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/wsspec/wsspec/runner"
)

func TestADeclarationIsRead(t *testing.T) {
	for text, want := range map[string]string{
		"echo=yes": "echo yes", "echo=true": "echo yes", "compression=False": "compression no", "pings= no ": "pings no",
		"server_max_window_bits=9": "server_max_window_bits 9", "client_max_window_bits=false": "client_max_window_bits no",
		"subprotocols=none": "subprotocols none", "subprotocols=superchat, chat": "subprotocols chat, superchat", "subprotocols=chat": "subprotocols chat",
	} {
		if d, err := ParseDeclaration(text); err != nil || d.Name+" "+d.Value != want {
			t.Errorf("%s: %v %v, want %s", text, d, err, want)
		}
	}
	for text, want := range map[string]string{
		"":                          `there is no feature "": there are echo, `,
		"ecko=yes":                  `there is no feature "ecko"`,
		"echo":                      `echo is yes or no, and not ""`,
		"echo=1":                    `echo is yes or no, and not "1"`,
		"server_max_window_bits=7":  `server_max_window_bits is no, or from 8 to 15, and not "7"`,
		"server_max_window_bits=16": `not "16"`,
		"subprotocols=chat,mqtt":    `subprotocols is none, chat, superchat, or both, and not "chat,mqtt"`,
	} {
		if _, err := ParseDeclaration(text); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %v, want %s", text, err, want)
		}
	}
}

func TestDifferencesAreToldFromWhatIsDeclared(t *testing.T) {
	all := runner.Features{
		Handshake: true, Echo: true, Pings: runner.Yes, Subprotocols: []string{"superchat", "chat"}, Deflate: "permessage-deflate; server_no_context_takeover",
		Compression: &runner.Compression{ServerNoTakeover: true, ServerBits: 9},
	}
	client := all
	client.Client = true
	for _, c := range []struct {
		name     string
		found    runner.Features
		declared string
		want     []string
	}{
		{"as declared", all, "echo=yes pings=yes compression=yes subprotocols=chat,superchat server_no_context_takeover=yes client_no_context_takeover=no server_max_window_bits=9 client_max_window_bits=no", nil},
		{"another", all, "pings=no compression=no subprotocols=chat server_max_window_bits=8", []string{
			"pings: declared no, found yes", "subprotocols: declared chat, found chat, superchat",
			"compression: declared no, found permessage-deflate; server_no_context_takeover", "server_max_window_bits: declared 8, found 9",
		}},
		{"not there", runner.Features{Handshake: true}, "echo=yes pings=yes compression=yes subprotocols=chat client_max_window_bits=10", []string{
			"echo: declared yes, found no", "pings: declared yes, found nothing: the run does not tell", "subprotocols: declared chat, found none",
			"compression: declared yes, found none", "client_max_window_bits: declared 10, found no",
		}},
		{"of a client", client, "server_max_window_bits=9", []string{"server_max_window_bits: declared 9, found nothing: the run does not tell"}},
		{"without a connection", runner.Features{}, "echo=yes", nil},
	} {
		var list []Declaration
		for text := range strings.FieldsSeq(c.declared) {
			d, err := ParseDeclaration(text)
			if err != nil {
				t.Fatal(err)
			}
			list = append(list, d)
		}
		var got []string
		for _, d := range Differences(list, c.found) {
			got = append(got, d.Name+": "+d.String())
		}
		if d := cmp.Diff(c.want, got); d != "" {
			t.Errorf("%s (-want +got):\n%s", c.name, d)
		}
	}
}

func TestDifferencesAreWrittenForPeopleAndForGitHub(t *testing.T) {
	list := []Difference{{Declaration{"compression", "yes"}, "none\x1b[1m%"}}
	var text, notes strings.Builder
	if err := WriteDifferences(&text, 3, list); err != nil {
		t.Fatal(err)
	}
	if err := DifferenceAnnotations(&notes, list); err != nil {
		t.Fatal(err)
	}
	if want := "unexpected feature compression: declared yes, found none\\x1b[1m%\ndeclared: 2 features as declared, 1 not\n"; text.String() != want {
		t.Errorf("%q, want %q", text.String(), want)
	}
	if want := "::error title=feature compression::declared yes, found none\\x1b[1m%25\n"; notes.String() != want {
		t.Errorf("%q, want %q", notes.String(), want)
	}
}
