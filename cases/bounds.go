package cases

// The bounds of what a case may say. They keep a script that somebody else wrote
// from taking the machine, and are far above what a test has use for.
const (
	// MaxSource is the size in octets of a file that Parse reads; the whole catalogue
	// has a good 1 MiB.
	MaxSource = 8 << 20
	// MaxPayload is the size in octets of one described payload, and of whatever
	// else counts octets of it.
	MaxPayload = 1 << 30
	// MaxStreams is the greatest number of a random stream.
	MaxStreams = 1 << 20
	// MaxRepeat is how often a step is repeated at most, by all the Repeats around
	// it; MaxNesting is how deep these stand in each other.
	MaxRepeat  = 1_000_000
	MaxNesting = 4
	// MaxConnections is how many connections a case may ask for.
	MaxConnections = 10_000
)
