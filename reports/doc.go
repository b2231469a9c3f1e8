// Package reports writes what a run found out for people and for machines: as
// text, as JSON, as JUnit, and in the layout of Autobahn|Testsuite; reads the JSON
// back; and writes the requirements against the cases that prove them.
package reports
