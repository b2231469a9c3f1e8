package main

import (
	"net"
	"net/netip"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
)

// splitArgs tells URLs, patterns and the command behind -- apart.
func splitArgs(cmd *cobra.Command, args []string) (urls, patterns, command []string, err error) {
	if at := cmd.ArgsLenAtDash(); at >= 0 {
		args, command = args[:at], args[at:]
		if len(command) == 0 {
			return nil, nil, nil, usage("there is no command after --")
		}
	}
	for _, a := range args {
		switch {
		case strings.Contains(a, "://"):
			urls = append(urls, a)
		case isAddress(a):
			return nil, nil, nil, usage("%q is no URL: write ws://%s", a, withPath(a))
		default:
			patterns = append(patterns, a)
		}
	}
	return urls, patterns, command, nil
}

// isAddress reports whether an argument names a host and a port, as somebody
// writes who forgot the scheme. No pattern looks like that.
func isAddress(s string) bool {
	s, _, _ = strings.Cut(s, "/")
	host, port, err := net.SplitHostPort(s)
	if err != nil {
		return false
	}
	if _, err := strconv.ParseUint(port, 10, 16); err != nil {
		return false
	}
	_, err = netip.ParseAddr(host)
	return err == nil || host == "localhost" || strings.Contains(host, ".")
}

func withPath(address string) string {
	if strings.Contains(address, "/") {
		return address
	}
	return address + "/"
}

// shellQuote quotes a word for a shell where it needs it.
func shellQuote(s string) string {
	if s != "" && !strings.ContainsAny(s, " \t\n\"'`$&|;<>()*?[]#~\\!{}") {
		return s
	}
	return "'" + strings.ReplaceAll(s, "'", `'\''`) + "'"
}
