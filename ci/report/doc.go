// Package report looks at the HTML report as a person would: in Chromium, wide and
// narrow, light and dark, with a mouse and with the keyboard, and through the
// accessibility engine axe-core.
//
//	npm ci && go test ./...
//	go test -artifacts -outputdir /tmp   keeps the screenshots
//	go test -run - -bench .              measures the report of a hundred agents
//
// Tests are skipped where there is no Chromium, and the look for accessibility where
// there is no axe-core, unless CI is set.
package report
