package runner

import "context"

// excluded reports whether the agent is not tested with an offer.
func (r *reception) excluded(agent string, i int) bool {
	return r.options.Excluded != nil && r.options.Excluded(agent, r.offers[i])
}

// wanted is how many of the offers the agent is tested with.
func (r *reception) wanted(agent string) int {
	n := 0
	for i := range r.offers {
		if !r.excluded(agent, i) {
			n++
		}
	}
	return n
}

// turnAway opens the connection and closes it at once, as Autobahn does for a case
// that is excluded: to a driver it is one more case that has ended.
func (r *reception) turnAway(ctx context.Context, g *guest) { r.say(ctx, g, "") }
