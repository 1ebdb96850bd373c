package evidence

// Cleaners remove what the node's daemon no longer needs.
var Cleaners = []Family{
	{"cleanup-docker", prunes, "scalaone/cleanup-docker README.md"},
	{"dind-cleaner", prunes, "https://github.com/codefresh-io/dind-cleaner"},
	{"docker-clean", prunes, "onfido/k8s-cleanup docker-clean.yml"},
	{"docker-cleanup", prunes, "meltwater/docker-cleanup README.md"},
	{"docker-custodian", prunes, "Yelp/docker-custodian README.rst"},
	{"docker-gc", prunes, "spotify/docker-gc README.md"},
	{"docker-prune", prunes, "f213/periodic-docker-prune README.md"},
	{"docuum", prunes, "stepchowfun/docuum README.md"},
	{"onfido/k8s-cleanup", prunes, "onfido/k8s-cleanup README.md"},
	{"tutum/cleanup", prunes, "tutumcloud/cleanup README.md"},
}
