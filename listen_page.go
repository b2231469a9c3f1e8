package main

import (
	"fmt"
	"io"
	"net"
	"slices"
	"strings"

	"github.com/wsspec/wsspec/browser/page"
	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/runner"
)

// livePage is what a browser is shown that opens the address of wsspec listen.
func (v *visitors) livePage(list []cases.Case, offers []runner.Offer) *page.Page {
	var others []cases.Case
	for _, c := range runner.ForClients(list) {
		if slices.Contains(c.Needs, cases.Session) {
			others = append(others, c)
		}
	}
	return page.New(page.Options{Offers: offers, Others: others, Again: v.again})
}

// sayPage tells where the live page of a URL for clients is. A listener at all
// addresses is reached by those of the machine.
func sayPage(out io.Writer, url string, at net.Addr) {
	host, port, err := net.SplitHostPort(at.String())
	if err != nil {
		return
	}
	scheme := "http"
	if strings.HasPrefix(url, "wss:") {
		scheme = "https"
	}
	hosts := []string{host}
	if ip := net.ParseIP(host); ip != nil && ip.IsUnspecified() {
		hosts = append([]string{"localhost"}, ownAddresses(ip)...)
	}
	for _, host := range hosts {
		fmt.Fprintf(out, "live page: %s://%s/\n", scheme, net.JoinHostPort(host, port))
	}
}

// ownAddresses are those of this machine at which other machines reach it, of the
// version of IP of the unspecified address, where :: stands for both.
func ownAddresses(unspecified net.IP) (hosts []string) {
	list, err := net.InterfaceAddrs()
	if err != nil {
		return nil
	}
	for _, a := range list {
		n, ok := a.(*net.IPNet)
		if ok && n.IP.IsGlobalUnicast() && (n.IP.To4() != nil || unspecified.To4() == nil) {
			hosts = append(hosts, n.IP.String())
		}
	}
	return hosts
}
