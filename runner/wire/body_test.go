package wire

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestBodyEndsWhereItsFramingSays(t *testing.T) {
	for _, c := range []struct {
		name, head, body string
		want             Body
		rest             string
	}{
		{"length", "HTTP/1.1 400 no\r\nContent-Length: 5\r\n\r\n", "Hello!",
			Body{ByLength, []byte("Hello"), []byte("Hello")}, "!"},
		{"no length", "HTTP/1.1 400 no\r\n\r\n", "Hello!",
			Body{ToStreamEnd, []byte("Hello!"), []byte("Hello!")}, ""},
		{"length that is no number", "HTTP/1.1 400 no\r\nContent-Length: five\r\n\r\n", "Hello!",
			Body{ToStreamEnd, []byte("Hello!"), []byte("Hello!")}, ""},
		{"chunks", "HTTP/1.1 400 no\r\nTransfer-Encoding: Chunked\r\nContent-Length: 1\r\n\r\n",
			"2\r\nHe\r\n00a;x=y\r\nllo, world\r\n0\r\nT: x\r\n\r\n!",
			Body{Chunked, []byte("2\r\nHe\r\n00a;x=y\r\nllo, world\r\n0\r\nT: x\r\n\r\n"), []byte("Hello, world")}, "!"},
		{"chunks with LF", "HTTP/1.1 400 no\r\nTransfer-Encoding: chunked\r\n\r\n", "2\nHe\n0\n\n!",
			Body{Chunked, []byte("2\nHe\n0\n\n"), []byte("He")}, "!"},
		{"101", "HTTP/1.1 101 x\r\nContent-Length: 5\r\n\r\n", "Hello", Body{}, "Hello"},
		{"empty chunks", "HTTP/1.1 400 no\r\nTransfer-Encoding: chunked\r\n\r\n", "0\r\n\r\n!",
			Body{Chunked, []byte("0\r\n\r\n"), nil}, "!"},
		{"204", "HTTP/1.1 204 x\r\n\r\n", "Hello", Body{}, "Hello"},
		{"request", "GET / HTTP/1.1\r\n\r\n", "Hello", Body{}, "Hello"},
		{"request with length", "GET / HTTP/1.1\r\nContent-Length: 4\r\n\r\n", "Hello",
			Body{ByLength, []byte("Hell"), []byte("Hell")}, "o"},
	} {
		t.Run(c.name, func(t *testing.T) {
			for name, src := range sources([]byte(c.head + c.body)) {
				r := newReaderSize(src, 16)
				h, err := ReadHead(r, 0)
				if err != nil {
					t.Fatal(err)
				}
				got, err := ReadBody(r, h, 0)
				if err != nil {
					t.Fatal(name, err)
				}
				if diff := cmp.Diff(&c.want, got); diff != "" {
					t.Error(name, diff)
				}
				if rest, _ := io.ReadAll(r); string(rest) != c.rest {
					t.Errorf("%s: left %q", name, rest)
				}
			}
		})
	}
}

func TestBodyThatStopsOrIsTooLongGivesWhatWasRead(t *testing.T) {
	length := ParseHead([]byte("HTTP/1.1 400 no\r\nContent-Length: 18446744073709551615\r\n\r\n"))
	chunked := ParseHead([]byte("HTTP/1.1 400 no\r\nTransfer-Encoding: chunked\r\n\r\n"))
	toEnd := ParseHead([]byte("HTTP/1.1 400 no\r\n\r\n"))
	for _, c := range []struct {
		name  string
		head  *Head
		sent  string
		limit int
		want  error
		data  string
	}{
		{"short", length, "abc", 0, io.ErrUnexpectedEOF, "abc"},
		{"long", length, "abcdef", 5, ErrBodyTooLong, "abcde"},
		{"chunk short", chunked, "7fffffffffffffff\r\nabc", 0, io.ErrUnexpectedEOF, "abc"},
		{"chunk line short", chunked, "3\r\nabc\r\n0", 0, io.ErrUnexpectedEOF, "abc"},
		{"chunks long", chunked, "3\r\nabc\r\n3\r\ndef\r\n", 12, ErrBodyTooLong, "abcd"},
		{"endless chunk size", chunked, strings.Repeat("0", 200), 100, ErrBodyTooLong, ""},
		{"to the end, long", toEnd, "abcdef", 5, ErrBodyTooLong, "abcde"},
	} {
		body, err := ReadBody(NewReader(strings.NewReader(c.sent)), c.head, c.limit)
		if !errors.Is(err, c.want) || string(body.Data) != c.data || !bytes.HasPrefix([]byte(c.sent), body.Raw) {
			t.Errorf("%s: %q, %v", c.name, body.Data, err)
		}
	}
	for _, sent := range []string{"x\r\n", "-1\r\n", "\r\n", "ffffffffffffffffff\r\n", "1\r\nab\r\n"} {
		if _, err := ReadBody(NewReader(strings.NewReader(sent)), chunked, 0); err == nil || !strings.Contains(err.Error(), "chunk") {
			t.Errorf("%q: %v", sent, err)
		}
	}
}
