package generate

import (
	"strings"
)

// Manifest is one file of objects.
type Manifest struct {
	Name    string   // of the file
	Text    string   // the text of the file
	Objects []*Node  // the content
	Docs    []string // the text of each object, if the file has one document for each
	JSON    bool
}

// NewManifest generates a file of objects.
func NewManifest(c *Choices) Manifest {
	w := &world{c: c, namespace: pick(c, "", "ci", "build-system")}
	m := Manifest{Objects: w.objects()}
	if c.Chance(20) {
		for _, o := range m.Objects {
			o.sort()
		}
	}
	if m.JSON = c.Chance(22); m.JSON {
		m.writeJSON(c)
	} else {
		m.writeYAML(c)
	}
	return m
}

func listOf(objects []*Node) *Node {
	return obj("apiVersion", "v1", "kind", "List", "items", objects)
}

func (m *Manifest) writeJSON(c *Choices) {
	m.Name = pick(c, "input.json", "input.yaml")
	s := jsonStyled(c)
	if len(m.Objects) > 1 && c.Chance(40) {
		m.Objects = []*Node{listOf(m.Objects)}
	}
	glue := "\n"
	if len(m.Objects) > 1 {
		glue = pick(c, "\n", "\n", "\n\n", "\n---\n", "")
	}
	for _, o := range m.Objects {
		m.Docs = append(m.Docs, printJSON(c, s, o))
	}
	m.Text = strings.Join(m.Docs, glue) + pick(c, "\n", "", "\n\n")
	if c.Chance(5) {
		m.Text = strings.ReplaceAll(m.Text, "\n", "\r\n")
	}
	if c.Chance(3) {
		m.Text = "\ufeff" + m.Text
	}
}

func (m *Manifest) writeYAML(c *Choices) {
	m.Name = "input.yaml"
	if len(m.Objects) > 1 && c.Chance(10) {
		m.Objects = []*Node{listOf(m.Objects)}
	}
	shares := c.Chance(25)
	s := styled(c)
	for _, o := range m.Objects {
		if shares {
			share(c, o)
		}
		if c.Chance(10) {
			s = styled(c)
		}
		m.Docs = append(m.Docs, printYAML(c, s, o))
	}
	m.Text = join(c, m.Docs)
	m.distort(c)
}

// join joins documents to one file.
func join(c *Choices, docs []string) string {
	var out strings.Builder
	out.WriteString(pick(c, "", "", "", "---\n", "# a file\n---\n", "%YAML 1.1\n---\n", "# a file\n\n", "--- # first\n"))
	for i, doc := range docs {
		if i > 0 {
			out.WriteString(pick(c, "---\n", "---\n", "---\n", "--- # next\n", "---\n---\n", "\n---\n", "---\n# next\n",
				"...\n---\n", "---\n\n"))
		}
		out.WriteString(doc)
	}
	out.WriteString(pick(c, "", "", "", "", "...\n", "---\n", "\n", "# the end\n", "\n\n", "  \n"))
	return out.String()
}

// distort changes the format of the whole file.
func (m *Manifest) distort(c *Choices) {
	if c.Chance(12) && !strings.HasSuffix(m.Text, "\n\n") {
		m.Text = strings.TrimSuffix(m.Text, "\n")
	}
	if c.Chance(10) {
		m.Text = strings.ReplaceAll(m.Text, "\n", "\r\n")
	}
	if c.Chance(4) {
		m.Text = "\ufeff" + m.Text
	}
}
