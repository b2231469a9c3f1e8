package peers_test

import (
	"encoding/json"
	"maps"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// An indexEntry is what index.json says of a case.
type indexEntry struct {
	Behavior, BehaviorClose, ReportFile string
	Duration, RemoteCloseCode           any
}

// The keys of a case's file, by the kind of their values: those that Autobahn|Testsuite
// 25.10.1 writes.
var caseKeys = map[string]string{
	"text":   "agent behavior behaviorClose description expectation httpRequest httpResponse id result resultClose started",
	"number": "case duration",
	"bool": "closedByMe createStats createWirelog droppedByMe failedByMe isServer reportCompressionRatio reportTime wasClean " +
		"wasCloseHandshakeTimeout wasOpenHandshakeTimeout wasServerConnectionDropTimeout",
	"object":         "expected expectedClose rxFrameStats rxOctetStats txFrameStats txOctetStats",
	"array":          "received wirelog",
	"number or null": "localCloseCode remoteCloseCode",
	"text or null":   "localCloseReason remoteCloseReason wasNotCleanReason",
	"object or null": "trafficStats",
}

// holdShape holds index.json, and the file of each case in it, against the shape that
// scripts know from Autobahn|Testsuite.
func holdShape(t *testing.T, folder string) map[string]map[string]indexEntry {
	t.Helper()
	var raw map[string]map[string]map[string]any
	read(t, filepath.Join(folder, "index.json"), &raw)
	var index map[string]map[string]indexEntry
	read(t, filepath.Join(folder, "index.json"), &index)
	for agent, list := range raw {
		for id, entry := range list {
			kinds := map[string]string{"behavior": "text", "behaviorClose": "text", "reportfile": "text", "duration": "number", "remoteCloseCode": "number or null"}
			holdKinds(t, agent+" "+id, kinds, entry)
			holdCase(t, folder, id, index[agent][id])
		}
	}
	return index
}

func holdCase(t *testing.T, folder, id string, entry indexEntry) {
	t.Helper()
	var file map[string]any
	read(t, filepath.Join(folder, entry.ReportFile), &file)
	kinds := map[string]string{}
	for kind, keys := range caseKeys {
		for key := range strings.FieldsSeq(keys) {
			kinds[key] = kind
		}
	}
	if len(kinds) != 39 {
		t.Fatalf("%d keys", len(kinds))
	}
	holdKinds(t, entry.ReportFile, kinds, file)
	if file["id"] != id || file["behavior"] != entry.Behavior || file["behaviorClose"] != entry.BehaviorClose || file["isServer"] != true {
		t.Errorf("%s: %v, and index.json says %+v", entry.ReportFile, file, entry)
	}
	started, _ := file["started"].(string)
	if _, err := time.Parse("2006-01-02T15:04:05.000Z", started); err != nil {
		t.Errorf("%s: %v", entry.ReportFile, err)
	}
}

// holdKinds holds the values of an object against their kinds.
func holdKinds(t *testing.T, name string, kinds map[string]string, object map[string]any) {
	t.Helper()
	for _, key := range slices.Sorted(maps.Keys(kinds)) {
		value, there := object[key]
		if !there || !strings.Contains(kinds[key], kindOf(value)) {
			b, _ := json.Marshal(value)
			t.Errorf("%s: %s is %s (there: %v), want %s", name, key, b, there, kinds[key])
		}
	}
	for key := range object {
		if kinds[key] == "" {
			t.Errorf("%s: Autobahn has no %s", name, key)
		}
	}
}

func kindOf(v any) string {
	switch v.(type) {
	case nil:
		return "null"
	case string:
		return "text"
	case float64:
		return "number"
	case bool:
		return "bool"
	case []any:
		return "array"
	}
	return "object"
}
