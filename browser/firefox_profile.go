package browser

import (
	"fmt"
	"net"
	"os"
	"path/filepath"
	"strings"
)

// preferences keep Firefox from asking anybody anything, and from delaying connections
// to where one has failed.
const preferences = `user_pref("network.websocket.delay-failed-reconnects", false);
user_pref("network.dns.localDomains", "` + insecureHost + `");
user_pref("app.normandy.enabled", false);
user_pref("app.update.disabledForTesting", true);
user_pref("browser.aboutwelcome.enabled", false);
user_pref("browser.newtabpage.enabled", false);
user_pref("browser.safebrowsing.malware.enabled", false);
user_pref("browser.safebrowsing.phishing.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.homepage_override.mstone", "ignore");
user_pref("browser.startup.page", 0);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("extensions.getAddons.cache.enabled", false);
user_pref("extensions.systemAddon.update.enabled", false);
user_pref("extensions.update.enabled", false);
user_pref("geo.provider.testing", true);
user_pref("media.gmp-manager.updateEnabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("network.dns.disablePrefetch", true);
user_pref("services.settings.server", "data:,#remote-settings-dummy/v1");
user_pref("toolkit.telemetry.server", "");
`

// directly and relayed are how the browser connects. A WebSocket connection goes
// through the proxy for TLS; there is none for the page.
const (
	directly = `user_pref("network.proxy.type", 0);
`
	relayed = `user_pref("network.proxy.type", 1);
user_pref("network.proxy.ssl", %q);
user_pref("network.proxy.ssl_port", %s);
user_pref("network.proxy.allow_hijacking_localhost", true);
user_pref("network.proxy.no_proxies_on", "");
`
)

// writePreferences writes those of a profile. The relay may be nil.
func writePreferences(folder string, r *relay) error {
	var b strings.Builder
	b.WriteString(preferences)
	if r == nil {
		b.WriteString(directly)
	} else {
		host, port, err := net.SplitHostPort(r.address())
		if err != nil {
			return err
		}
		fmt.Fprintf(&b, relayed, host, port)
	}
	return os.WriteFile(filepath.Join(folder, "user.js"), []byte(b.String()), 0o600)
}
