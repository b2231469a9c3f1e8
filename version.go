package main

import (
	"fmt"
	"runtime/debug"
	"sync"

	"github.com/wsspec/wsspec/cases"
)

// version is what --version prints: the version that the build knows, its
// revision when that is not part of the version, and the size of the catalogue.
func version() string {
	name, toolchain := "(unknown)", ""
	if info, ok := debug.ReadBuildInfo(); ok {
		name, toolchain = buildVersion(info), ", "+info.GoVersion
	}
	return fmt.Sprintf("wsspec %s, %d cases%s", name, len(cases.All()), toolchain)
}

func buildVersion(info *debug.BuildInfo) string {
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	revision, dirty := "", ""
	for _, s := range info.Settings {
		switch {
		case s.Key == "vcs.revision":
			revision = "-" + s.Value[:min(12, len(s.Value))]
		case s.Key == "vcs.modified" && s.Value == "true":
			dirty = "+dirty"
		}
	}
	return "devel" + revision + dirty
}

// catalogue is the fingerprint of the catalogue.
var catalogue = sync.OnceValue(func() string { return cases.Fingerprint(cases.All()) })
