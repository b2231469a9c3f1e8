// Package generate writes servers: a small module of somebody's own whose program
// is an echo server on package reference, with the options that were chosen and
// nothing else, with a test that plays the suite with it.
//
//	files, err := generate.Files(generate.Options{Module: "example.com/echo", Subprotocols: []string{"chat"}})
//	if err != nil {
//		return err
//	}
//	return generate.Write("echo", files)
package generate

import (
	"errors"
	"fmt"
	"net"
	"path"
	"regexp"
	"slices"
	"strconv"
	"time"

	"github.com/wsspec/wsspec/reference"
)

// Options say what the server is like. The zero value is an echo server on
// 127.0.0.1:9001 with compression.
type Options struct {
	// Module is the path of the module; empty means example.com/echo.
	Module string
	// Command is what wrote the server, for its README.
	Command string
	// Listen are the addresses that it listens on; none means 127.0.0.1:9001.
	Listen []string
	// Cert and Key name PEM files that it finds when it starts; empty means no TLS.
	Cert, Key string
	// Subprotocols and Origins are as in reference.Options.
	Subprotocols, Origins []string
	// ReadLimit is as in reference.ConnOptions.
	ReadLimit int64
	// NoDeflate declines permessage-deflate.
	NoDeflate bool
	// Faults are the ids of what the server does wrong.
	Faults []string
	// Odds are the probability that a connection is faulty; zero means 1.
	Odds float64
	// Seed decides which connections are; zero means 1.
	Seed uint64
	// Scripts are played at their paths; the names begin with no slash.
	Scripts []File
	// VisitTime bounds a visit to a script; zero means no limit.
	VisitTime time.Duration
	// Noticed are cases that the server fails. Its test holds that it does; without
	// any, its test holds that it passes the suite.
	Noticed []Notice
	// Wsspec is what the module of the server requires.
	Wsspec Release
}

// A Notice is a case that notices faults.
type Notice struct {
	Case   string
	Faults []string
}

// Unnoticed are the faults that none of the cases notices.
func (o *Options) Unnoticed() (ids []string) {
	for _, id := range o.Faults {
		if !slices.ContainsFunc(o.Noticed, func(n Notice) bool { return slices.Contains(n.Faults, id) }) {
			ids = append(ids, id)
		}
	}
	return ids
}

// limitOfReference is the largest message that the reference takes unless it is
// told otherwise.
const limitOfReference = 32 << 20

const defaultAddress = "127.0.0.1:9001"

func (o Options) withDefaults() Options {
	if o.Module == "" {
		o.Module = "example.com/echo"
	}
	if len(o.Listen) == 0 {
		o.Listen = []string{defaultAddress}
	}
	if o.Odds == 0 {
		o.Odds = 1
	}
	if o.Seed == 0 {
		o.Seed = 1
	}
	if o.ReadLimit == limitOfReference {
		o.ReadLimit = 0
	}
	return o
}

// modulePath is what a path of a module looks like that needs no quotes anywhere.
var modulePath = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._~-]*(/[A-Za-z0-9][A-Za-z0-9._~-]*)*$`)

// CheckModule tells whether a server can have a module of this path.
func CheckModule(path string) error {
	if !modulePath.MatchString(path) {
		return fmt.Errorf("%q is no path of a module", path)
	}
	return nil
}

// token is what the name of a subprotocol is (RFC 6455, section 4.1).
var token = regexp.MustCompile("^[A-Za-z0-9!#$%&'*+.^_`|~-]+$")

func (o *Options) check() error {
	if err := CheckModule(o.Module); err != nil {
		return err
	}
	for _, name := range o.Subprotocols {
		if !token.MatchString(name) {
			return fmt.Errorf("the subprotocol %q is no token", name)
		}
	}
	if (o.Cert == "") != (o.Key == "") {
		return errors.New("a certificate and its key go together")
	}
	if o.Odds < 0 || o.Odds > 1 {
		return fmt.Errorf("%v is not a probability: it goes from 0 to 1", o.Odds)
	}
	for _, address := range o.Listen {
		if _, err := portOf(address); err != nil {
			return err
		}
	}
	return reference.CheckFaults(reference.ServerSide, o.Faults...)
}

// name is what the program is called: the last element of the path that is no
// major version.
func (o *Options) name() string {
	base := path.Base(o.Module)
	if majorVersion.MatchString(base) && path.Dir(o.Module) != "." {
		base = path.Base(path.Dir(o.Module))
	}
	return base
}

var majorVersion = regexp.MustCompile(`^v[0-9]+$`)

// ports are those that the server listens on in a container, where 0 would be one
// that nobody can be told to publish.
func (o *Options) ports() (ports []int) {
	for _, address := range o.Listen {
		port, err := portOf(address)
		if err != nil || port == 0 {
			port = 9001
		}
		if !slices.Contains(ports, port) {
			ports = append(ports, port)
		}
	}
	return ports
}

func portOf(address string) (int, error) {
	_, port, err := net.SplitHostPort(address)
	if err != nil {
		return 0, fmt.Errorf("listen: %w", err)
	}
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return 0, fmt.Errorf("listen: address %s: %q is no number of a port", address, port)
	}
	return int(n), nil
}
