package reference

import (
	"errors"
	"fmt"
	"unicode/utf8"
)

// The status codes of RFC 6455, section 7.4.1, and those that were registered
// with IANA later.
const (
	StatusNormalClosure      StatusCode = 1000
	StatusGoingAway          StatusCode = 1001
	StatusProtocolError      StatusCode = 1002
	StatusUnsupportedData    StatusCode = 1003
	StatusNoStatusReceived   StatusCode = 1005 // never on the wire: the Close frame was empty
	StatusAbnormalClosure    StatusCode = 1006 // never on the wire: there was no Close frame
	StatusInvalidPayload     StatusCode = 1007
	StatusPolicyViolation    StatusCode = 1008
	StatusMessageTooBig      StatusCode = 1009
	StatusMandatoryExtension StatusCode = 1010
	StatusInternalError      StatusCode = 1011
	StatusServiceRestart     StatusCode = 1012
	StatusTryAgainLater      StatusCode = 1013
	StatusBadGateway         StatusCode = 1014
	StatusTLSHandshake       StatusCode = 1015 // never on the wire: TLS could not be set up
)

const statusReserved StatusCode = 1004

// maxReason is what a control frame has room for behind the status code.
const maxReason = maxControl - 2

// illegal names the requirement that keeps the code out of a Close frame, and
// why, or is empty.
func (s StatusCode) illegal() (requirement, why string) {
	switch {
	case s < 1000:
		return "6455-7.4.2-1", "is below 1000"
	case s == statusReserved:
		return "6455-7.4.1-6", "is reserved"
	case s == StatusNoStatusReceived:
		return "6455-7.4.1-7", "stands for a missing code"
	case s == StatusAbnormalClosure:
		return "6455-7.4.1-8", "stands for a missing Close frame"
	case s == StatusTLSHandshake:
		return "6455-7.4.1-15", "stands for a failed TLS handshake"
	case s > StatusTLSHandshake && s < 3000:
		return "6455-7.4.2-2", "is not registered"
	case s >= 5000:
		return "6455-7.4.2-5", "is outside every range"
	}
	return "", ""
}

// A CloseError is the error of every reading method once the peer has closed
// the connection as it should, with a Close frame (RFC 6455, section 7.1.5).
type CloseError struct {
	Code   StatusCode // 1005 when the Close frame had no body
	Reason string     // for people who debug, not for users; never trusted
}

func (e *CloseError) Error() string {
	if e.Reason == "" {
		return fmt.Sprintf("closed by the peer with %d", e.Code)
	}
	return fmt.Sprintf("closed by the peer with %d %q", e.Code, e.Reason)
}

// CloseStatus is the connection's close code as RFC 6455, section 7.1.5, has
// it, from the error that a reading method returned: the code of the peer's
// Close frame, 1005 when that was empty, and 1006 when there was none, also
// because this side failed the connection. It is 0 when err is nil.
func CloseStatus(err error) StatusCode {
	if err == nil {
		return 0
	}
	var ce *CloseError
	if errors.As(err, &ce) {
		return ce.Code
	}
	return StatusAbnormalClosure
}

// closeBody is the payload of a Close frame of ours, or says why there can be
// none like it.
func closeBody(code StatusCode, reason string, client bool) ([]byte, error) {
	if requirement, why := code.illegal(); requirement != "" {
		return nil, fmt.Errorf("close: status code %d %s (%s)", code, why, requirement)
	}
	if code == StatusMandatoryExtension && !client {
		return nil, errors.New("close: status code 1010 is for clients only (6455-7.4.1-12)")
	}
	if len(reason) > maxReason {
		return nil, fmt.Errorf("close: reason of %d octets, at most %d fit (6455-5.5-2)", len(reason), maxReason)
	}
	if !utf8.ValidString(reason) {
		return nil, errors.New("close: reason is not UTF-8 (6455-5.5.1-4)")
	}
	return appendCloseBody(nil, code, reason), nil
}

func appendCloseBody(b []byte, code StatusCode, reason string) []byte {
	b = append(b, byte(code>>8), byte(code))
	return append(b, reason...)
}
