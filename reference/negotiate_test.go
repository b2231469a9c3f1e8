package reference

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func negotiate(t *testing.T, o *DeflateOptions, offers string) (string, *DeflateParams) {
	t.Helper()
	list, err := ParseExtensions(offers)
	if err != nil {
		t.Fatal(err)
	}
	answer, params := o.negotiate(rules{}, list)
	return string(AppendExtensions(nil, answer)), params
}

func TestServerAnswersOffers(t *testing.T) {
	const d = "permessage-deflate"
	tests := []struct {
		options DeflateOptions
		offer   string
		want    string // without the name; "-" for declined
	}{
		{offer: "", want: ""},
		{offer: "; server_no_context_takeover", want: "; server_no_context_takeover"},
		{offer: "; client_no_context_takeover", want: "; client_no_context_takeover"},
		{offer: "; client_max_window_bits", want: ""},
		{offer: "; client_max_window_bits=10", want: "; client_max_window_bits=10"},
		{offer: "; server_max_window_bits=8", want: "; server_max_window_bits=8"},
		{offer: "; server_max_window_bits=15", want: "; server_max_window_bits=15"},
		{offer: `; server_max_window_bits="10"`, want: "; server_max_window_bits=10"},
		{offer: "; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=9; client_max_window_bits=11",
			want: "; server_no_context_takeover; client_no_context_takeover; server_max_window_bits=9; client_max_window_bits=11"},
		{options: DeflateOptions{ServerNoContextTakeover: true}, offer: "", want: "; server_no_context_takeover"},
		{options: DeflateOptions{ClientNoContextTakeover: true}, offer: "", want: "; client_no_context_takeover"},
		{options: DeflateOptions{ServerMaxWindowBits: 9}, offer: "", want: "; server_max_window_bits=9"},
		{options: DeflateOptions{ServerMaxWindowBits: 9}, offer: "; server_max_window_bits=12", want: "; server_max_window_bits=9"},
		{options: DeflateOptions{ServerMaxWindowBits: 12}, offer: "; server_max_window_bits=9", want: "; server_max_window_bits=9"},
		{options: DeflateOptions{ServerMaxWindowBits: 3}, offer: "", want: "; server_max_window_bits=8"},
		{options: DeflateOptions{ServerMaxWindowBits: 99}, offer: "", want: ""},
		{options: DeflateOptions{ClientMaxWindowBits: 10}, offer: "", want: "-"},
		{options: DeflateOptions{ClientMaxWindowBits: 10}, offer: "; client_max_window_bits", want: "; client_max_window_bits=10"},
		{options: DeflateOptions{ClientMaxWindowBits: 10}, offer: "; client_max_window_bits=9", want: "; client_max_window_bits=9"},
		{options: DeflateOptions{ClientMaxWindowBits: 10}, offer: "; client_max_window_bits=15", want: "; client_max_window_bits=10"},
		{offer: "; foo, permessage-deflate", want: ""},
		{offer: "; server_max_window_bits=99, permessage-deflate; client_max_window_bits", want: ""},
		{offer: "; server_max_window_bits=10, permessage-deflate", want: "; server_max_window_bits=10"},
		{offer: ", permessage-deflate, permessage-deflate", want: ""},
		{offer: ", permessage-bzip2, x-webkit-deflate-frame", want: ""},
		{options: DeflateOptions{ClientMaxWindowBits: 10}, offer: ", permessage-deflate; client_max_window_bits", want: "; client_max_window_bits=10"},
	}
	for _, tt := range tests {
		got, params := negotiate(t, &tt.options, d+tt.offer)
		want := strings.Replace(d+tt.want, d+"-", "", 1)
		if got != want || (params == nil) != (want == "") {
			t.Errorf("%+v, offer %q: %q, want %q", tt.options, tt.offer, got, want)
		}
	}
}

func TestServerDeclinesInvalidOffers(t *testing.T) {
	var offers []string
	for _, v := range []string{"", "=0", "=1", "=7", "=16", "=20", "=99", "=256", "=-10", "=+10", "=010", "=08", "=10.0", "=1e1", "=0xa", `=""`, "=ten", `="10=10"`, "=8.0"} {
		offers = append(offers, "server_max_window_bits"+v)
	}
	for _, v := range []string{"=0", "=7", "=16", "=08", "=015", "=-9", `=""`, "=abc"} {
		offers = append(offers, "client_max_window_bits"+v)
	}
	for _, p := range []string{"server_no_context_takeover", "client_no_context_takeover"} {
		offers = append(offers, p+"=1", p+`=""`, p+"=true", p+"; "+p)
	}
	for _, p := range []string{"server_max_window_bits=10", "client_max_window_bits=10", "client_max_window_bits"} {
		offers = append(offers, p+"; "+p)
	}
	offers = append(offers, "server_max_window_bits=10; server_max_window_bits=11", "client_max_window_bits; client_max_window_bits=10",
		"foo", "foo=1", "max_inflate_ratio=5", "Server_No_Context_Takeover", "server-max-window-bits=10", "constructor", "CLIENT_MAX_WINDOW_BITS")
	for _, offer := range offers {
		if got, _ := negotiate(t, &DeflateOptions{}, "permessage-deflate; "+offer); got != "" {
			t.Errorf("offer %q: %q", offer, got)
		}
		if got, _ := negotiate(t, &DeflateOptions{}, "permessage-deflate; "+offer+", permessage-deflate"); got != "permessage-deflate" {
			t.Errorf("offer %q stands in the way of the next one: %q", offer, got)
		}
	}
}

func TestServerWithoutCompressionDeclines(t *testing.T) {
	var o *DeflateOptions
	if got, params := negotiate(t, o, "permessage-deflate"); got != "" || params != nil {
		t.Errorf("%q, %v", got, params)
	}
}

// Whatever both sides are set to, the client takes the server's answer and both
// configure themselves alike.
func TestBothSidesAgree(t *testing.T) {
	var all []DeflateOptions
	for _, server := range []int{0, 8, 12, 15} {
		for _, client := range []int{-1, 0, 8, 12, 15} {
			for flags := range 4 {
				all = append(all, DeflateOptions{flags&1 != 0, flags&2 != 0, server, client})
			}
		}
	}
	for _, server := range all {
		for _, client := range all {
			answer, want := server.negotiate(rules{}, []Extension{client.offer().extension()})
			if answer == nil {
				continue
			}
			got, err := settle(rules{}, []DeflateOptions{client}, answer[0])
			if err != nil {
				t.Fatalf("server %+v, client %+v, answer %v: %v", server, client, answer[0], err)
			}
			if diff := cmp.Diff(want, got); diff != "" {
				t.Fatalf("server %+v, client %+v, answer %v: %s", server, client, answer[0], diff)
			}
		}
	}
}

func TestClientChecksTheAnswer(t *testing.T) {
	asking := DeflateOptions{ServerNoContextTakeover: true, ServerMaxWindowBits: 10, ClientMaxWindowBits: -1}
	tests := []struct {
		offers []DeflateOptions
		answer string
		breach string // requirement; empty: fine
	}{
		{[]DeflateOptions{{}}, "", ""},
		{[]DeflateOptions{{}}, "; server_no_context_takeover", ""},
		{[]DeflateOptions{{}}, "; client_no_context_takeover", ""},
		{[]DeflateOptions{{}}, "; server_max_window_bits=12", ""},
		{[]DeflateOptions{{}}, `; server_max_window_bits="10"`, ""},
		{[]DeflateOptions{{}}, "; client_max_window_bits=8", ""},
		{[]DeflateOptions{{}}, "; client_max_window_bits", "7692-7-4"},
		{[]DeflateOptions{{ClientMaxWindowBits: -1}}, "; client_max_window_bits=10", "7692-7.1.2.2-5"},
		{[]DeflateOptions{asking}, "; server_no_context_takeover; server_max_window_bits=10", ""},
		{[]DeflateOptions{asking}, "; server_no_context_takeover; server_max_window_bits=8", ""},
		{[]DeflateOptions{asking}, "; server_no_context_takeover; server_max_window_bits=11", "7692-7.1.2.1-4"},
		{[]DeflateOptions{asking}, "; server_no_context_takeover", "7692-7.1.2.1-4"},
		{[]DeflateOptions{asking}, "; server_max_window_bits=10", "7692-7.1.1.1-2"},
		{[]DeflateOptions{asking, {}}, "", ""},
		{[]DeflateOptions{{}, asking}, "", ""},
		{nil, "", "7692-5-15"},
	}
	for _, p := range []string{"server_max_window_bits", "client_max_window_bits"} {
		for _, v := range []string{"", "=0", "=7", "=16", "=08", `=""`, "=-8", "=abc", "=10; " + p + "=10", "=10; " + p + "=11"} {
			tests = append(tests, struct {
				offers []DeflateOptions
				answer string
				breach string
			}{[]DeflateOptions{{}}, "; " + p + v, "7692-7-4"})
		}
	}
	for _, a := range []string{"foo", "foo=1", "Server_Max_Window_Bits=10", "server_no_context_takeover=1", "client_no_context_takeover=0",
		"server_no_context_takeover; server_no_context_takeover", "client_no_context_takeover; client_no_context_takeover"} {
		tests = append(tests, struct {
			offers []DeflateOptions
			answer string
			breach string
		}{[]DeflateOptions{{}}, "; " + a, "7692-7-4"})
	}
	for _, tt := range tests {
		list, err := ParseExtensions("permessage-deflate" + tt.answer)
		if err != nil {
			t.Fatal(err)
		}
		_, err = settle(rules{}, tt.offers, list[0])
		if got := requirementOf(err); got != tt.breach {
			t.Errorf("offers %+v, answer %q: %q, want %q (%v)", tt.offers, tt.answer, got, tt.breach, err)
		}
	}
}

// The client keeps to what its offer said it would do, whether or not the
// answer repeats it.
func TestClientKeepsItsHints(t *testing.T) {
	offer := DeflateOptions{ClientNoContextTakeover: true, ClientMaxWindowBits: 9}
	for _, bits := range []int{0, 12} {
		answer := Extension{Name: deflateName}
		if bits > 0 {
			answer.Params = []Param{{"client_max_window_bits", fmt.Sprint(bits), true}}
		}
		got, err := settle(rules{}, []DeflateOptions{offer}, answer)
		want := &DeflateParams{ClientNoContextTakeover: true, ServerMaxWindowBits: 15, ClientMaxWindowBits: 9}
		if err != nil || !cmp.Equal(got, want) {
			t.Errorf("answer %v: %+v, %v", answer, got, err)
		}
	}
}
