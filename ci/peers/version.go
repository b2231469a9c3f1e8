package peers

import (
	_ "embed"
	"runtime/debug"
	"strings"
)

// goMod is what a test binary has in place of build information. The go command
// refuses to build when it does not name the versions that are linked.
//
//go:embed go.mod
var goMod string

// version tells which version of a module is linked.
func version(module string) string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return required(goMod, module)
	}
	for _, dep := range info.Deps {
		if dep.Path != module {
			continue
		}
		if dep.Replace != nil {
			dep = dep.Replace
		}
		return dep.Version
	}
	return required(goMod, module)
}

// required finds the version of a module in the text of a go.mod file.
func required(text, module string) string {
	for line := range strings.Lines(text) {
		fields := strings.Fields(strings.TrimPrefix(line, "require "))
		if len(fields) >= 2 && fields[0] == module {
			return fields[1]
		}
	}
	return "unknown"
}
