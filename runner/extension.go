package runner

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// An extension is one element of Sec-WebSocket-Extensions (RFC 6455, section 9.1).
type extension struct {
	name   string
	params []param
}

type param struct {
	name, value string
	hasValue    bool
}

// parseExtensions reads the values of all Sec-WebSocket-Extensions fields.
func parseExtensions(values []string) ([]extension, error) {
	p := extensionParser{rest: strings.Join(values, ",")}
	var list []extension
	for {
		p.skip(" \t,")
		if p.rest == "" {
			break
		}
		x, err := p.extension()
		if err != nil {
			return list, err
		}
		list = append(list, x)
		p.skip(" \t")
		if p.rest != "" && p.rest[0] != ',' {
			return list, fmt.Errorf("%q where a comma or semicolon should be", p.rest[:1])
		}
	}
	if len(list) == 0 {
		return nil, errors.New("there is no extension in it")
	}
	return list, nil
}

// errNoToken is the error of a quoted value that is no token inside.
var errNoToken = errors.New("a quoted value is no token")

type extensionParser struct{ rest string }

func (p *extensionParser) skip(set string) { p.rest = strings.TrimLeft(p.rest, set) }

func (p *extensionParser) extension() (x extension, err error) {
	if x.name, err = p.token(); err != nil {
		return x, err
	}
	for {
		p.skip(" \t")
		if p.rest == "" || p.rest[0] != ';' {
			return x, nil
		}
		p.rest = p.rest[1:]
		p.skip(" \t")
		var one param
		if one.name, err = p.token(); err != nil {
			return x, err
		}
		p.skip(" \t")
		if p.rest != "" && p.rest[0] == '=' {
			p.rest, one.hasValue = p.rest[1:], true
			p.skip(" \t")
			if one.value, err = p.value(); err != nil {
				return x, err
			}
		}
		x.params = append(x.params, one)
	}
}

// token reads an HTTP token (RFC 9110, section 5.6.2).
func (p *extensionParser) token() (string, error) {
	n := 0
	for n < len(p.rest) && isTokenOctet(p.rest[n]) {
		n++
	}
	if n == 0 {
		return "", fmt.Errorf("a token is missing at %q", p.rest[:min(len(p.rest), 8)])
	}
	token := p.rest[:n]
	p.rest = p.rest[n:]
	return token, nil
}

// value reads a token, or a quoted string that must hold a token.
func (p *extensionParser) value() (string, error) {
	if p.rest == "" || p.rest[0] != '"' {
		return p.token()
	}
	var value strings.Builder
	for i := 1; i < len(p.rest); i++ {
		switch c := p.rest[i]; {
		case c == '"':
			p.rest = p.rest[i+1:]
			if s := value.String(); s == "" || strings.ContainsFunc(s, func(r rune) bool { return r > 126 || !isTokenOctet(byte(r)) }) {
				return "", fmt.Errorf("%w: %q", errNoToken, s)
			}
			return value.String(), nil
		case c == '\\' && i+1 < len(p.rest):
			i++
			value.WriteByte(p.rest[i])
		default:
			value.WriteByte(c)
		}
	}
	return "", errors.New("a quoted value does not end")
}

func isTokenOctet(c byte) bool {
	return c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z' || strings.IndexByte("!#$%&'*+-.^_`|~", c) >= 0
}

// param is the first parameter of that name.
func (x extension) param(name string) (param, bool) {
	i := slices.IndexFunc(x.params, func(p param) bool { return p.name == name })
	if i < 0 {
		return param{}, false
	}
	return x.params[i], true
}
