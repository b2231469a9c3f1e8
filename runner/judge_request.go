package runner

import (
	"encoding/base64"
	"fmt"
	"strings"

	"github.com/wsspec/wsspec/runner/wire"
)

// judgeRequest checks what no client may do differently (RFC 6455, section
// 4.1); nil when the request is right.
func judgeRequest(head *wire.Head) *breach {
	for _, check := range []func(*wire.Head) *breach{judgeRequestLine, judgeHost, judgeTokens, judgeKey, judgeVersion} {
		if b := check(head); b != nil {
			return b
		}
	}
	return nil
}

func judgeRequestLine(head *wire.Head) *breach {
	method, target, proto, ok := head.RequestLine()
	line := quoteText(head.StartLine)
	switch {
	case !ok:
		return &breach{"6455-4.1-18", "no HTTP request: " + line}
	case method != "GET":
		return &breach{"6455-4.1-19", "the method is not GET: " + line}
	case proto < "HTTP/1.1":
		return &breach{"6455-4.1-20", "the HTTP version is lower than 1.1: " + line}
	case !strings.HasPrefix(target, "/") && !strings.Contains(target, "://"):
		return &breach{"6455-4.1-21", "the request-target is neither a path nor a URI: " + line}
	}
	return nil
}

func judgeHost(head *wire.Head) *breach {
	if n := len(head.Values("Host")); n != 1 {
		return &breach{"6455-4.1-22", fmt.Sprintf("there are %d Host fields", n)}
	}
	return nil
}

func judgeTokens(head *wire.Head) *breach {
	for _, f := range []struct{ name, token, absent, wrong string }{
		{"Upgrade", "websocket", "6455-4.1-23", "6455-4.1-24"},
		{"Connection", "Upgrade", "6455-4.1-25", "6455-4.1-26"},
	} {
		switch {
		case !head.Has(f.name):
			return &breach{f.absent, fmt.Sprintf("there is no %s field", f.name)}
		case !holdsToken(head, f.name, f.token):
			return &breach{f.wrong, fmt.Sprintf("the %s field does not hold %s: %s", f.name, f.token, quoteValues(head.Values(f.name)))}
		}
	}
	return nil
}

func judgeKey(head *wire.Head) *breach {
	switch keys := head.Values("Sec-WebSocket-Key"); {
	case len(keys) == 0:
		return &breach{"6455-4.1-27", "there is no Sec-WebSocket-Key field"}
	case len(keys) > 1:
		return &breach{"6455-11.3.1-1", fmt.Sprintf("there are %d Sec-WebSocket-Key fields", len(keys))}
	case !isKey(keys[0]):
		return &breach{"6455-4.1-28", fmt.Sprintf("Sec-WebSocket-Key is %s, not 16 octets in base64", quoteValues(keys))}
	}
	return nil
}

func isKey(s string) bool {
	nonce, err := base64.StdEncoding.Strict().DecodeString(s)
	return err == nil && len(nonce) == 16
}

func judgeVersion(head *wire.Head) *breach {
	switch versions := head.Values("Sec-WebSocket-Version"); {
	case len(versions) == 0:
		return &breach{"6455-4.1-33", "there is no Sec-WebSocket-Version field"}
	case len(versions) > 1:
		return &breach{"6455-11.3.5-2", fmt.Sprintf("there are %d Sec-WebSocket-Version fields", len(versions))}
	case versions[0] != "13":
		return &breach{"6455-4.1-34", fmt.Sprintf("Sec-WebSocket-Version is %s instead of 13", quoteValues(versions))}
	}
	return nil
}

func holdsToken(head *wire.Head, name, token string) bool {
	for _, e := range listElements(head.Values(name)) {
		if wire.EqualFold(e, token) {
			return true
		}
	}
	return false
}
