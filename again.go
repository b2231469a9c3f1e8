package main

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// again makes the commands that repeat one case of the list: with everything on
// the command line that decides what is sent, and to whom.
func (f *testFlags) again(url string, command []string, list []cases.Case) func(id string) string {
	byID := map[string]*cases.Case{}
	for i := range list {
		byID[list[i].ID] = &list[i]
	}
	return func(id string) string {
		words := []string{"wsspec", "test"}
		if url != "" {
			words = append(words, url)
		}
		words = append(words, id, "--seed", fmt.Sprint(f.seed))
		words = append(words, f.caseWords(byID[id])...)
		words = append(words, f.targetFlags.words()...)
		if f.timeout != 5*time.Second {
			words = append(words, "--timeout", f.timeout.String())
		}
		if f.noEcho {
			words = append(words, "--no-echo")
		}
		if len(command) > 0 {
			words = append(append(words, "--"), command...)
		}
		for i, w := range words {
			words[i] = shellQuote(w)
		}
		return strings.Join(words, " ")
	}
}

// caseWords are the flags without which the case would be another one.
func (f *testFlags) caseWords(c *cases.Case) (words []string) {
	switch {
	case c == nil:
		return nil
	case f.file(c.ID) != "":
		words = append(words, "--cases", f.file(c.ID))
	}
	if f.full && c.Quick != nil {
		words = append(words, "--full")
	}
	if f.patient && slices.Contains(c.Needs, cases.Patience) {
		words = append(words, "--patient")
	}
	return words
}

// words are the flags as on a command line, without secrets.
func (f *targetFlags) words() []string {
	var words []string
	for _, h := range withoutSecrets(f.headers) {
		words = append(words, "-H", h)
	}
	for _, s := range f.subprotocols {
		words = append(words, "--subprotocol", s)
	}
	for _, flag := range []struct{ name, value string }{
		{"--origin", f.origin}, {"--ca", f.ca}, {"--cert", f.cert}, {"--key", f.key}, {"--servername", f.serverName},
	} {
		if flag.value != "" {
			words = append(words, flag.name, flag.value)
		}
	}
	if f.insecure {
		words = append(words, "--insecure")
	}
	return words
}

const hiddenValue = "[hidden]"

// isSecret reports whether a header field usually holds a secret, which must
// not get into a report that others read.
func isSecret(name string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc([]string{"auth", "cookie", "token", "secret", "key"}, func(part string) bool {
		return strings.Contains(name, part)
	}) && !strings.HasPrefix(name, "sec-websocket-")
}

// hideSecrets takes the values of header fields with secrets out of the transcript.
func (f *targetFlags) hideSecrets(r *runner.Result) {
	for _, h := range f.headers {
		name, value, _ := strings.Cut(h, ":")
		if name = strings.TrimSpace(name); !isSecret(name) {
			continue
		}
		open, hidden := []byte(name+": "+strings.TrimSpace(value)), []byte(name+": "+hiddenValue)
		for i := range r.Transcript.Entries {
			e := &r.Transcript.Entries[i]
			e.Raw = bytes.ReplaceAll(e.Raw, open, hidden)
		}
	}
}
