package reference

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// A Refusal is a final answer other than 101 to an opening handshake. A hook on
// the server returns one to refuse a request; on the client it is the error of
// Dial when the server has sent such an answer.
type Refusal struct {
	Status int         // HTTP status code; a hook can use 300 to 599
	Header http.Header // further header fields, such as Location or WWW-Authenticate
	Reason string      // why, for the body of the answer
	Err    error       // a *Violation when the request broke a rule
}

func (e *Refusal) Error() string {
	status := fmt.Sprintf("opening handshake refused: %d %s", e.Status, http.StatusText(e.Status))
	return strings.TrimSpace(status) + e.detail()
}

func (e *Refusal) detail() string {
	switch {
	case e.Reason != "":
		return ": " + e.Reason
	case e.Err != nil:
		return ": " + e.Err.Error()
	}
	return ""
}

func (e *Refusal) Unwrap() error { return e.Err }

// refuse puts a status to a breach; nil stays nil.
func refuse(status int, breach error) error {
	if breach == nil {
		return nil
	}
	return &Refusal{Status: status, Err: breach}
}

// refusalOf makes a refusal of whatever has stopped an opening handshake. A
// breach without a status of its own is a bad request, and the error of a hook
// that does not care stands for 403; its text stays inside.
func refusalOf(err error) *Refusal {
	if refusal, ok := errors.AsType[*Refusal](err); ok {
		if refusal.Status < 300 || refusal.Status > 599 { // a hook's mistake
			return &Refusal{Status: http.StatusInternalServerError, Err: err}
		}
		return refusal
	}
	violation, ok := errors.AsType[*Violation](err)
	switch {
	case !ok:
		return &Refusal{Status: http.StatusForbidden, Reason: "the server does not want this connection", Err: err}
	case violation.Requirement == "6455-10.4-1":
		return &Refusal{Status: http.StatusRequestHeaderFieldsTooLarge, Err: violation}
	}
	return &Refusal{Status: http.StatusBadRequest, Err: violation}
}

// fields returns the header fields that the answer needs beyond those that come
// with its body. Each says to the client how a second attempt could succeed.
func (e *Refusal) fields() http.Header {
	header := e.Header.Clone()
	if header == nil {
		header = http.Header{}
	}
	switch e.Status {
	case http.StatusUpgradeRequired:
		header.Set("Upgrade", "websocket")
		header.Set("Connection", "Upgrade")
		header.Set("Sec-WebSocket-Version", "13")
	case http.StatusMethodNotAllowed:
		header.Set("Allow", http.MethodGet)
	}
	violation, ok := errors.AsType[*Violation](e.Err)
	if ok && (violation.Requirement == "6455-4.2.1-9" || violation.Requirement == "6455-11.3.5-2") {
		header.Set("Sec-WebSocket-Version", "13")
	}
	return header
}

// body is one line of text: the status, what is wrong, and where it is written.
func (e *Refusal) body() string {
	reason := e.Reason
	if violation, ok := errors.AsType[*Violation](e.Err); ok && reason == "" {
		reason = violation.Detail + " (" + cite(violation.Requirement) + ")"
	}
	if reason != "" {
		reason = ": " + reason
	}
	return fmt.Sprintf("%d %s%s\n", e.Status, http.StatusText(e.Status), reason)
}

// write sends the refusal. last says that nothing further can be read from the
// connection, because the end of the request is not known.
func (e *Refusal) write(w http.ResponseWriter, last bool) {
	header := w.Header()
	for name, values := range e.fields() {
		header[name] = values
	}
	if last {
		header.Add("Connection", "close")
	}
	header.Set("Content-Type", "text/plain; charset=utf-8")
	header.Set("X-Content-Type-Options", "nosniff")
	w.WriteHeader(e.Status)
	w.Write([]byte(e.body()))
}
