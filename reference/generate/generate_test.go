package generate

import (
	"flag"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write testdata anew")

func release(t *testing.T) Release {
	t.Helper()
	read := func(name string) string {
		text, err := os.ReadFile(filepath.Join("..", "..", name))
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	return Release{Version: "v1.2.3", Sum: "h1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=", GoMod: read("go.mod"), GoSum: read("go.sum")}
}

var full = Options{
	Module:       "example.com/full",
	Command:      "wsspec generate full",
	Listen:       []string{"127.0.0.1:9001", "[::1]:9002"},
	Cert:         "cert.pem",
	Key:          "key.pem",
	Subprotocols: []string{"chat.v1", "chat.v2"},
	Origins:      []string{"https://app.example"},
	ReadLimit:    1 << 20,
	Faults:       []string{"pong-payload-cut", "utf8-not-checked"},
	Odds:         0.1,
	Seed:         7,
	Scripts:      []File{{"example/hello.ws", []byte("title \"greets\"\n> text \"hello\"\n")}},
	VisitTime:    10 * time.Minute,
	Noticed:      []Notice{{"control/ping-of-2-octets", []string{"pong-payload-cut"}}, {"utf8/lone-continuation", []string{"utf8-not-checked"}}},
}

func TestGeneratedModulesAreAsInTestdata(t *testing.T) {
	plain := Options{Module: "example.com/plain", Command: "wsspec generate plain"}
	for _, o := range []Options{plain, full} {
		o.Wsspec = release(t)
		files, err := Files(o)
		if err != nil {
			t.Fatal(err)
		}
		for _, f := range files {
			if f.Name == "go.mod" || f.Name == "go.sum" {
				continue // which change with every requirement of wsspec
			}
			golden := filepath.Join("testdata", o.name(), filepath.FromSlash(f.Name)+".golden")
			if *update {
				os.MkdirAll(filepath.Dir(golden), 0o755)
				os.WriteFile(golden, f.Content, 0o644)
			}
			want, _ := os.ReadFile(golden)
			if d := cmp.Diff(string(want), string(f.Content)); d != "" {
				t.Errorf("%s (-want +got; -update writes it):\n%s", golden, d)
			}
		}
	}
}

func TestOptionsThatMakeNoSenseAreRefused(t *testing.T) {
	for _, c := range []struct {
		change func(*Options)
		want   string
	}{
		{func(o *Options) { o.Module = "a b" }, `"a b" is no path of a module`},
		{func(o *Options) { o.Module = "../x" }, `"../x" is no path of a module`},
		{func(o *Options) { o.Cert = "cert.pem" }, "a certificate and its key go together"},
		{func(o *Options) { o.Odds = 2 }, "2 is not a probability"},
		{func(o *Options) { o.Listen = []string{"9001"} }, "listen: address 9001: missing port"},
		{func(o *Options) { o.Listen = []string{":http"} }, `"http" is no number of a port`},
		{func(o *Options) { o.Subprotocols = []string{"a, b"} }, `"a, b" is no token`},
		{func(o *Options) { o.Faults = []string{"pong-payload"} }, "did you mean pong-payload-cut"},
		{func(o *Options) { o.Faults = []string{"frames-not-masked"} }, "is one of a client"},
		{func(o *Options) { o.Wsspec.Version = "" }, "neither a version nor a folder"},
		{func(o *Options) { o.Wsspec.GoMod = "module x\n" }, "the go.mod of wsspec is not whole"},
	} {
		o := Options{Wsspec: release(t)}
		c.change(&o)
		if _, err := Files(o); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("the error is %v, without %q", err, c.want)
		}
	}
}

func TestFaultsThatNoCaseNoticesAreTold(t *testing.T) {
	for _, c := range []struct {
		noticed    []Notice
		has, lacks string
	}{
		{nil, "TestConformance", "TestFaultsAreNoticed"},
		{[]Notice{{"control/ping", []string{"pong-empty"}}}, "TestFaultsAreNoticed", "TestConformance"},
	} {
		files, err := Files(Options{Faults: []string{"pong-empty", "pong-twice"}, Noticed: c.noticed, Wsspec: release(t)})
		if err != nil {
			t.Fatal(err)
		}
		test := string(files[slices.IndexFunc(files, func(f File) bool { return f.Name == "server_test.go" })].Content)
		if !strings.Contains(test, "No case notices the fault pong-twice") || !strings.Contains(test, c.has) || strings.Contains(test, c.lacks) {
			t.Errorf("with %v noticed the test is\n%s", c.noticed, test)
		}
	}
}

func TestChecksumsAreThoseOfGo(t *testing.T) {
	r := release(t)
	sums := r.sums()
	for _, want := range []string{
		"github.com/klauspost/compress v", "golang.org/x/net v",
		"github.com/wsspec/wsspec v1.2.3 " + r.Sum + "\n", "github.com/wsspec/wsspec v1.2.3/go.mod h1:",
	} {
		if !strings.Contains(sums, want) {
			t.Errorf("no %q in\n%s", want, sums)
		}
	}
	// golang.org/x/text v0.3.0 has this go.mod, and this checksum everywhere.
	if got := sumOfGoMod("module golang.org/x/text\n"); got != "h1:NqM8EUOU14njkJ3fqMW+pc6Ldnwhi/IjpwHt7yyuwOQ=" {
		t.Errorf("the checksum is %s", got)
	}
	r.Replace = "/src"
	if strings.Contains(r.sums(), wsspec) {
		t.Error("what is replaced has a checksum")
	}
}

func TestSizesArePowersOfTwoWhereTheyAre(t *testing.T) {
	for n, want := range map[int64]string{0: "", -1: "-1", 1000: "1000", 1 << 10: "1 << 10", 96 << 10: "96 << 10", 1 << 20: "1 << 20", 1 << 30: "1024 << 20", limitOfReference: ""} {
		if got := (&data{Options: Options{ReadLimit: n}.withDefaults()}).Limit(); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
}

func TestProgramsAreNamedForTheirModules(t *testing.T) {
	for module, want := range map[string]string{"example.com/echo": "echo", "echo": "echo", "example.com/echo/v2": "echo", "v2": "v2"} {
		if got := (&Options{Module: module}).name(); got != want {
			t.Errorf("%s is %s, want %s", module, got, want)
		}
	}
}
