package browser

import (
	"errors"
	"fmt"
	"os/exec"
	"runtime"
)

// ErrNoChrome is the error of StartChrome when no browser is found.
var ErrNoChrome = errors.New("no Chrome or Chromium is found: on Debian it is the package chromium (apt-get install chromium)")

// FindChrome is the path of Chrome, Chromium or its headless shell: the first that
// is on the PATH, or where it is usually installed. The error is ErrNoChrome.
func FindChrome() (string, error) {
	for _, name := range chromeNames(runtime.GOOS) {
		if path, err := exec.LookPath(name); err == nil {
			return path, nil
		}
	}
	return "", ErrNoChrome
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

// program is the path of the browser to start: what was asked for, or what is found.
func program(asked string) (string, error) {
	if asked == "" {
		return FindChrome()
	}
	path, err := exec.LookPath(asked)
	if err != nil {
		return "", fmt.Errorf("no browser at %s: %w", asked, err)
	}
	return path, nil
}
