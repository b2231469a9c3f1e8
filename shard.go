package main

import (
	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/reports"
)

// part is the part of the cases that --shard asks for.
func (f *reportFlags) part(list []cases.Case) ([]cases.Case, error) {
	if f.shard == "" {
		return list, nil
	}
	i, n, err := reports.ParseShard(f.shard)
	if err != nil {
		return nil, usage("--shard: %v", err)
	}
	if list = cases.Shard(list, i, n); len(list) == 0 {
		return nil, usage("--shard %s: there is no case left for this part", f.shard)
	}
	return list, nil
}
