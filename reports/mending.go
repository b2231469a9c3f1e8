package reports

import (
	"strconv"
	"strings"

	"github.com/wsspec/wsspec/runner"
)

// mending tells what can be done about an opening handshake that does not
// succeed: what the runner knows of the octets, or what the status suggests.
func mending(r *runner.Report) []string {
	for i := range r.Results {
		if e := r.Results[i].Explanation; len(e) > 0 {
			return e
		}
	}
	if strings.HasPrefix(r.Target, "wss:") && strings.Contains(r.Features.HandshakeError, "end of TCP") {
		return []string{"A server that wants a certificate of the client ends the connection like that: --cert and --key send one."}
	}
	if hint := statusHint(status(r.Features.HandshakeError)); hint != "" {
		return []string{hint}
	}
	return nil
}

// status is the status code in the account of a refused handshake, or 0.
func status(account string) int {
	_, rest, found := strings.Cut(account, "HTTP ")
	if !found {
		return 0
	}
	n, _ := strconv.Atoi(rest[:min(3, len(rest))])
	return n
}

func statusHint(status int) string {
	switch {
	case status == 401:
		return "The server asks for credentials: give them with -H 'Authorization: ...'."
	case status == 403:
		return "The server refuses the origin or the user: --origin sends an Origin field, -H 'Name: value' any other."
	case status == 404 || status == 405:
		return "Is this the path of the WebSocket endpoint? The path of the URL goes into the request as it is."
	case status == 400 || status == 426:
		return "The server may want something that is not in the request: --subprotocol offers a subprotocol, -H 'Name: value' sends a field, --origin an Origin."
	case status >= 300 && status < 400:
		return "Redirections are not followed: test the URL that it points to."
	case status >= 200 && status < 300:
		return "The server answers as to a plain HTTP request: is this the path of the WebSocket endpoint, and does a proxy in between pass Upgrade and Connection on?"
	case status >= 500:
		return "The server, or a proxy in front of it, has trouble of its own: its log may tell."
	}
	return ""
}
