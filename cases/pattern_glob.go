package cases

import "strings"

// glob reports whether the name fits the pattern. Only the last wildcard of each
// kind is tried again, so that many wildcards do not multiply the time: what an
// earlier one could reach, the later one reaches as well.
func glob(pattern, name string) bool {
	var star, deep retry
	for p, n := 0, 0; ; {
		switch {
		case p < len(pattern) && pattern[p] == '*':
			if strings.HasPrefix(pattern[p:], "**") {
				p += 2
				star, deep = retry{}, retry{true, p, n}
			} else {
				p++
				star = retry{true, p, n}
			}
			continue
		case p == len(pattern) && n == len(name):
			return true
		case p < len(pattern) && n < len(name) && pattern[p] == name[n]:
			p, n = p+1, n+1
			continue
		}
		switch {
		case star.set && star.name < len(name) && name[star.name] != '/':
			star.name++
			p, n = star.pattern, star.name
		case deep.set && deep.name < len(name):
			deep.name++
			star = retry{}
			p, n = deep.pattern, deep.name
		default:
			return false
		}
	}
}

// retry is where to go on when a wildcard must stand for more.
type retry struct {
	set           bool
	pattern, name int
}
