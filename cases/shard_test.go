package cases

import "testing"

func TestShardsAreThePartsOfTheWhole(t *testing.T) {
	all := All()
	place := map[string]int{}
	for i := range all {
		place[all[i].ID] = i
	}
	for _, n := range []int{1, 2, 7, 50} {
		seen := map[string]int{}
		least, most := 1<<30, 0
		for i := 1; i <= n; i++ {
			part, load := Shard(all, i, n), 0
			at := -1
			for k := range part {
				seen[part[k].ID]++
				load += cost(&part[k])
				next := place[part[k].ID]
				if next <= at {
					t.Fatalf("%s stands before another that comes first", part[k].ID)
				}
				at = next
			}
			least, most = min(least, load), max(most, load)
		}
		for i := range all {
			if seen[all[i].ID] != 1 {
				t.Errorf("%d parts have %s %d times", n, all[i].ID, seen[all[i].ID])
			}
		}
		if most-least > 20 {
			t.Errorf("%d parts weigh from %d to %d", n, least, most)
		}
	}
}
