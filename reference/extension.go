package reference

import (
	"fmt"
	"strings"
)

// An Extension is one element of a Sec-WebSocket-Extensions header field: an
// offer of the client, or what the server makes of it (RFC 6455, section 9.1).
type Extension struct {
	Name   string
	Params []Param
}

// A Param is a parameter of an extension. A parameter without a value is not
// the same as one with an empty value, which only a quoted string can express.
type Param struct {
	Name     string
	Value    string // without quotes and with quoted pairs undone
	HasValue bool
}

// String returns the element as it stands in the header field.
func (e Extension) String() string {
	return string(appendExtension(nil, e))
}

// ParseExtensions reads the value of a Sec-WebSocket-Extensions header field;
// several field lines count as one, joined by commas (RFC 6455, section 9.1).
// Empty elements are skipped, a list without any element is an error. Quoted
// values are returned as they are; whether they are tokens, which section 9.1
// demands as well, is a rule apart from the grammar (see Param.IsToken).
func ParseExtensions(value string) ([]Extension, error) {
	var list []Extension
	p := extensionParser{whole: value, rest: value}
	for {
		p.skip(" \t,")
		if p.rest == "" {
			break
		}
		e, err := p.extension()
		if err != nil {
			return nil, err
		}
		list = append(list, e)
		p.skip(" \t")
		if p.rest != "" && p.rest[0] != ',' {
			return nil, p.expected("a comma or a semicolon")
		}
	}
	if len(list) == 0 {
		return nil, p.expected("an extension name")
	}
	return list, nil
}

// IsToken reports whether the value, once unquoted, is a token, as a value has
// to be (RFC 6455, section 9.1). A parameter without a value has nothing to check.
func (p Param) IsToken() bool {
	return !p.HasValue || isToken(p.Value)
}

// extensionParser walks over a header field value once; whole is kept for the
// positions in error messages.
type extensionParser struct {
	whole, rest string
}

func (p *extensionParser) extension() (Extension, error) {
	name, err := p.token("an extension name")
	if err != nil {
		return Extension{}, err
	}
	e := Extension{Name: name}
	for p.next(';') {
		param, err := p.param()
		if err != nil {
			return Extension{}, err
		}
		e.Params = append(e.Params, param)
	}
	return e, nil
}

func (p *extensionParser) param() (Param, error) {
	p.skip(" \t")
	name, err := p.token("a parameter name")
	if err != nil || !p.next('=') {
		return Param{Name: name}, err
	}
	p.skip(" \t")
	param := Param{Name: name, HasValue: true}
	if strings.HasPrefix(p.rest, `"`) {
		value, rest, ok := parseQuoted(p.rest)
		if !ok {
			return Param{}, p.expected("a quoted string that ends")
		}
		param.Value, p.rest = value, rest
		return param, nil
	}
	param.Value, err = p.token("a parameter value")
	return param, err
}

// token takes a token; what names the thing for the error message.
func (p *extensionParser) token(what string) (string, error) {
	n := tokenLen(p.rest)
	if n == 0 {
		return "", p.expected(what)
	}
	token := p.rest[:n]
	p.rest = p.rest[n:]
	return token, nil
}

// next takes the separator c if it comes next. The whitespace around separators
// that RFC 2616 implies is legal here, unlike in the fields of RFC 9110.
func (p *extensionParser) next(c byte) bool {
	rest := skipOWS(p.rest)
	if rest == "" || rest[0] != c {
		return false
	}
	p.rest = rest[1:]
	return true
}

func (p *extensionParser) skip(set string) {
	p.rest = strings.TrimLeft(p.rest, set)
}

func (p *extensionParser) expected(what string) error {
	return fmt.Errorf("octet %d: expected %s", len(p.whole)-len(p.rest), what)
}

// AppendExtensions writes the value of a Sec-WebSocket-Extensions header field,
// the counterpart of ParseExtensions. A value that is no token is quoted.
func AppendExtensions(dst []byte, list []Extension) []byte {
	for i, e := range list {
		if i > 0 {
			dst = append(dst, ", "...)
		}
		dst = appendExtension(dst, e)
	}
	return dst
}

func appendExtension(dst []byte, e Extension) []byte {
	dst = append(dst, e.Name...)
	for _, p := range e.Params {
		dst = append(dst, "; "...)
		dst = append(dst, p.Name...)
		switch {
		case !p.HasValue:
		case isToken(p.Value):
			dst = append(append(dst, '='), p.Value...)
		default:
			dst = appendQuoted(append(dst, '='), p.Value)
		}
	}
	return dst
}
