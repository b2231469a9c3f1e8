package main

import (
	"runtime/debug"
	"testing"
)

func TestAddressesAreToldFromPatterns(t *testing.T) {
	for word, want := range map[string]bool{
		"127.0.0.1:9001": true, "127.0.0.1:9001/chat": true, "localhost:80": true, "example.com:443/a/b": true, "[::1]:9001": true,
		"autobahn:5.6": false, "autobahn:5": false, "close/code-1005-on-the-wire": false, "6455-5.4": false, "**": false,
		"@file": false, "localhost": false, "example.com": false, "127.0.0.1:99999": false, "": false,
	} {
		if got := isAddress(word); got != want {
			t.Errorf("isAddress(%q) = %v", word, got)
		}
	}
}

func TestShellsReadQuotedWordsAsTheyWere(t *testing.T) {
	for word, want := range map[string]string{
		"ws://127.0.0.1:9001/": "ws://127.0.0.1:9001/", "": "''", "a b": "'a b'", "it's": `'it'\''s'`, "$HOME": "'$HOME'",
		"ws://h/?a=b&c": "'ws://h/?a=b&c'", "close/**": "'close/**'", "~": "'~'", "[::1]": "'[::1]'", "#": "'#'",
	} {
		if got := shellQuote(word); got != want {
			t.Errorf("shellQuote(%q) = %s, want %s", word, got, want)
		}
	}
}

func TestFoldersOfURLs(t *testing.T) {
	f := reportFlags{report: "out"}
	for _, c := range []struct{ urls, want []string }{
		{[]string{"ws://h/"}, []string{"out"}},
		{[]string{"ws://h:1/", "wss://h:2/chat?token=x"}, []string{"out/h-1", "out/h-2-chat"}},
		{[]string{"ws://h/", "ws://h/", "wss://H/?a"}, []string{"out/h", "out/h-2", "out/h-3"}},
		{[]string{"ws://h-2/", "ws://h/", "ws://h/"}, []string{"out/h-2", "out/h", "out/h-3"}},
		{[]string{"ws://[::1]:9/", "ws://../../x", "ws://\u2603/"}, []string{"out/1-9", "out/x", "out/server"}},
	} {
		got := f.folders(c.urls)
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("folders(%q) = %q, want %q", c.urls, got, c.want)
				break
			}
		}
	}
	if got := (&reportFlags{}).folders([]string{"ws://a/", "ws://b/"}); got[0] != "" || got[1] != "" {
		t.Errorf("folders without a report: %q", got)
	}
}

func TestTheVersionIsWhatTheBuildKnows(t *testing.T) {
	for want, info := range map[string]debug.BuildInfo{
		"v1.2.3":                   {Main: debug.Module{Version: "v1.2.3"}},
		"devel":                    {Main: debug.Module{Version: "(devel)"}},
		"devel-0123456789ab+dirty": {Settings: []debug.BuildSetting{{Key: "vcs.revision", Value: "0123456789abcdef"}, {Key: "vcs.modified", Value: "true"}}},
		"devel-0123":               {Settings: []debug.BuildSetting{{Key: "vcs.revision", Value: "0123"}, {Key: "vcs.modified", Value: "false"}}},
	} {
		if got := buildVersion(&info); got != want {
			t.Errorf("version %s, want %s", got, want)
		}
	}
}
