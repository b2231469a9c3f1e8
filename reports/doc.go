// Package reports writes what a run found out for people and for machines: as
// text, as JSON and as JUnit; reads the JSON back; and writes the requirements
// against the cases that prove them.
package reports
