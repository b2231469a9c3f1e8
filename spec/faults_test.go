package spec

import (
	"context"
	"fmt"
	"strings"
	"sync"

	. "github.com/onsi/ginkgo/v2"
	. "github.com/onsi/gomega"

	"github.com/wsspec/wsspec/cases"
	"github.com/wsspec/wsspec/reference"
	"github.com/wsspec/wsspec/spec/matrix"
)

// faulty plays the catalogue against every fault, once for all specs.
var faulty = sync.OnceValues(func() (*matrix.Matrix, error) {
	return matrix.Play(context.Background(), matrix.Options{})
})

// The matrix is not played under the race detector, which would make minutes of
// it; ci/test plays it without. Package reference has the tests of single faults
// that the detector watches.
var _ = Describe("The faults of the reference", Label("faults"), func() {
	It("depart from requirements that exist", func() {
		for _, f := range reference.Faults() {
			_, known := cases.FindRequirement(f.Requirement)
			Expect(known).To(BeTrue(), "%s departs from %s, which does not exist", f.ID, f.Requirement)
		}
	})
	It("are for every MUST and MUST NOT of RFC 6455 and RFC 7692 that a peer can observe, on each side that it binds", func() {
		Expect(without(matrix.Bare(), matrix.KnownBare())).To(BeEmpty(), "these have no fault, nor a reason for that")
	})
	It("are each noticed by a case about the requirement, and fail every case of a duty", func() {
		switch {
		case foreign():
			Skip("another server is tested")
		case raceDetector:
			Skip("it takes too long under the race detector")
		}
		m, err := faulty()
		Expect(err).NotTo(HaveOccurred())
		n := m.Count()
		fmt.Fprintf(GinkgoWriter, "%d faults, %d cases, %d pairs in %s\n", n.Faults, n.Cases, m.Pairs, m.Elapsed)
		Expect(strings.Join(m.Problems(true), "\n")).To(BeEmpty(), "wsspec cover --faults ID --long tells more about one of them")
		Expect(m.Stale()).To(BeEmpty(), "these have a reason for what is no problem any more")
	})
})

// without leaves out what has a reason.
func without(ids []string, known map[string]string) []string {
	var rest []string
	for _, id := range ids {
		if known[id] == "" {
			rest = append(rest, id)
		}
	}
	return rest
}
