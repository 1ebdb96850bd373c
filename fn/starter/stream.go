package starter

import (
	_ "embed"
	"path/filepath"
	"slices"
)

// streamSteps returns the commands for what a program prints. An ellipsis stands for one that was not named.
func (p *Plan) streamSteps() []Step {
	config, see, program := p.configName(), "See what changes", QuoteAll(p.Command)
	if p.Command == nil {
		see, program = "See what changes (… is the command that prints the manifests)", "…"
	}
	if p.Out == "" {
		config, see = "dindify.yaml", "Store the configuration as dindify.yaml. "+see
	}
	diff := Step{see, program + " | dindify diff --config " + config + " -"}
	if p.Helm {
		return append([]Step{diff}, p.helmSteps(config)...)
	}
	return []Step{
		diff,
		{"Convert", program + " | dindify convert --config " + config + " - > converted.yaml"},
		{"Apply", "kubectl apply -f converted.yaml"},
	}
}

// helmSteps returns the commands that deploy a release: kubectl would apply it to the namespace of the context.
func (p *Plan) helmSteps(config string) []Step {
	const by = " --post-renderer dindify --post-renderer-args "
	helm3, helm4 := by+"convert --post-renderer-args --config="+config, by+"--config="+config
	upgrade := QuoteAll(p.upgrade())
	switch {
	case upgrade == "":
		return []Step{
			{"Deploy with Helm 3 (… is the release, the chart and your flags)", "helm upgrade --install …" + helm3},
			{
				"Or with Helm 4 and its plugin, which dindify init -- helm template … writes",
				"helm upgrade --install …" + helm4,
			},
		}
	case p.Helm4:
		return []Step{
			{
				"Install the plugin that Helm 4 needs, wherever you deploy",
				QuoteAll([]string{p.Command[0], "plugin", "install", p.pluginFolder()}),
			},
			{"Deploy", upgrade + helm4},
		}
	}
	return []Step{{"Deploy", upgrade + helm3}}
}

// upgrade returns the command that deploys the release, from the one that renders it; nil if that is not known.
func (p *Plan) upgrade() []string {
	at := slices.Index(p.Command, "template")
	if !p.Helm || at < 1 {
		return nil
	}
	return slices.Concat(p.Command[:at], []string{"upgrade", "--install"}, p.Command[at+1:])
}

var (
	//go:embed helm/plugin.yaml
	pluginYAML string
	//go:embed helm/post-render.sh
	postRender string
)

// pluginFolder is the folder of the plugin for Helm 4.
func (p *Plan) pluginFolder() string { return filepath.Join(p.Out, "dindify-helm") }

// pluginFiles returns the plugin for Helm 4. The files are also in examples/helm.
func (p *Plan) pluginFiles() []File {
	if !p.Helm4 {
		return nil
	}
	return []File{
		{filepath.Join(p.pluginFolder(), "plugin.yaml"), pluginYAML},
		{filepath.Join(p.pluginFolder(), "post-render.sh"), postRender},
	}
}
