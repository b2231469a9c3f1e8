package browser

import (
	"errors"
	"fmt"
	"os/exec"
	"runtime"
)

// ErrNoChrome and ErrNoFirefox are the errors of StartChrome and StartFirefox when no
// browser is found.
var (
	ErrNoChrome  = errors.New("no Chrome or Chromium is found: on Debian it is the package chromium (apt-get install chromium)")
	ErrNoFirefox = errors.New("no Firefox is found: on Debian it is the package firefox-esr (apt-get install firefox-esr)")
)

// FindChrome is the path of Chrome, Chromium or its headless shell: the first that
// is on the PATH, or where it is usually installed. The error is ErrNoChrome.
func FindChrome() (string, error) { return first(chromeNames(runtime.GOOS), ErrNoChrome) }

// FindFirefox is the path of Firefox: the first that is on the PATH, or where it is
// usually installed. The error is ErrNoFirefox.
func FindFirefox() (string, error) { return first(firefoxNames(runtime.GOOS), ErrNoFirefox) }

// first is the path of the first program that there is.
func first(names []string, none error) (string, error) {
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", none
}

// chromeNames are the names of the program, the likeliest first.
func chromeNames(system string) []string {
	names := []string{"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "headless-shell", "headless_shell"}
	switch system {
	case "darwin":
		names = append(names,
			"/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
			"/Applications/Chromium.app/Contents/MacOS/Chromium")
	case "windows":
		names = append(names,
			`C:\Program Files\Google\Chrome\Application\chrome.exe`,
			`C:\Program Files (x86)\Google\Chrome\Application\chrome.exe`)
	}
	return names
}

func firefoxNames(system string) []string {
	names := []string{"firefox", "firefox-esr"}
	switch system {
	case "darwin":
		names = append(names, "/Applications/Firefox.app/Contents/MacOS/firefox")
	case "windows":
		names = append(names, `C:\Program Files\Mozilla Firefox\firefox.exe`)
	}
	return names
}

// program is the path of the browser to start: what was asked for, or what is found.
func program(asked string, find func() (string, error)) (string, error) {
	if asked == "" {
		return find()
	}
	path, err := exec.LookPath(asked)
	if err != nil {
		return "", fmt.Errorf("no browser at %s: %w", asked, err)
	}
	return path, nil
}
