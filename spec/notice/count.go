package notice

// A Count is how many faults of each kind there are.
type Count struct {
	Faults      int `json:"faults"`
	Shown       int `json:"shown"`
	Noticed     int `json:"noticed"`
	Told        int `json:"told"`
	Waits       int `json:"waits"`
	NotNoticed  int `json:"notNoticed"`
	Must        int `json:"must"` // shown, and a client must notice them
	MustNoticed int `json:"mustNoticed"`
	May         int `json:"may"` // shown, and a client may mind them
	MayNoticed  int `json:"mayNoticed"`
}

// CountRows counts.
func CountRows(rows []Row) Count {
	n := Count{Faults: len(rows)}
	for i := range rows {
		r := &rows[i]
		if r.Verdict == NotShown {
			continue
		}
		n.Shown++
		*map[Verdict]*int{Noticed: &n.Noticed, Told: &n.Told, Waits: &n.Waits, NotNoticed: &n.NotNoticed}[r.Verdict]++
		rule, ok := RuleOf(r.Fault.ID)
		switch noticed := r.Verdict >= Told; {
		case ok && rule.Must:
			n.Must++
			n.MustNoticed += one(noticed)
		case ok:
			n.May++
			n.MayNoticed += one(noticed)
		}
	}
	return n
}

func one(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
