// Package matrix plays the catalogue against every fault of the reference. It
// answers three questions: does some case notice each fault; is it one that is
// about the requirement which the fault departs from; and is there a fault for
// each case of a duty, so that the case can fail at all.
package matrix
