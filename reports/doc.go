// Package reports writes what a run found out for people and for machines: as
// text, as JSON and as JUnit.
package reports
