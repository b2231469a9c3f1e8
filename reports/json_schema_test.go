package reports

import (
	"bytes"
	"os"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/wsspec/wsspec/runner"
)

// jsonSchema is the schema of the report, but so that it describes every field:
// what it does not name is refused.
func jsonSchema(t *testing.T) *jsonschema.Schema {
	t.Helper()
	text, err := os.ReadFile("report.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	closed(doc)
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("report.json", doc); err != nil {
		t.Fatal(err)
	}
	schema, err := c.Compile("report.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// closed forbids other fields in every object that lists its own.
func closed(node any) {
	switch node := node.(type) {
	case map[string]any:
		if _, ok := node["properties"].(map[string]any); ok && node["type"] == "object" {
			node["additionalProperties"] = false
		}
		for _, inner := range node {
			closed(inner)
		}
	case []any:
		for _, inner := range node {
			closed(inner)
		}
	}
}

func TestTheJSONReportFitsItsSchema(t *testing.T) {
	schema := jsonSchema(t)
	for name, r := range map[string]*runner.Report{
		"sample": sample(), "cut short": cutShort(), "refused": refused(), "empty": empty(), "hostile": hostile(), "real": realReport(),
	} {
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(asJSON(t, r)))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(value); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
