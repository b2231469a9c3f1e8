package cases

import (
	"cmp"
	"slices"
)

// Shard is the part number i, from 1, of a list that is split into n parts of about
// the same weight. The parts have every case once, each in the order of the list, and
// are the same for everybody who has the list.
func Shard(list []Case, i, n int) []Case {
	order := make([]int, len(list))
	for at := range list {
		order[at] = at
	}
	slices.SortStableFunc(order, func(a, b int) int {
		return cmp.Or(cmp.Compare(cost(&list[b]), cost(&list[a])), cmp.Compare(list[a].ID, list[b].ID))
	})
	loads := make([]int, n)
	var mine []int
	for _, at := range order {
		least := slices.Index(loads, slices.Min(loads))
		loads[least] += cost(&list[at])
		if least == i-1 {
			mine = append(mine, at)
		}
	}
	slices.Sort(mine)
	part := make([]Case, len(mine))
	for k, at := range mine {
		part[k] = list[at]
	}
	return part
}

// cost is what a case costs in light cases, of which many are played at a time.
func cost(c *Case) int {
	if c.Weight == Heavy {
		return 20
	}
	return 1
}
