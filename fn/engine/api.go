package engine

// dockerAPI lists the API versions that each Docker version serves, newest first
// (docs.docker.com/reference/api/engine, API version matrix). A version that is not listed serves what the next older
// one does.
var dockerAPI = []struct {
	docker          Version
	lowest, highest string
}{
	{Version{29, 3, 0}, "1.40", "1.54"},
	{Version{29, 2, 0}, "1.44", "1.53"},
	{Version{29, 0, 0}, "1.44", "1.52"},
	{Version{28, 3, 0}, "1.24", "1.51"},
	{Version{28, 2, 0}, "1.24", "1.50"},
	{Version{28, 1, 0}, "1.24", "1.49"},
	{Version{28, 0, 0}, "1.24", "1.48"},
	{Version{27, 2, 0}, "1.24", "1.47"},
	{Version{27, 0, 0}, "1.24", "1.46"},
	{Version{26, 0, 0}, "1.24", "1.45"},
	{Version{25, 0, 0}, "1.24", "1.44"},
	{Version{24, 0, 0}, "1.12", "1.43"},
	{Version{23, 0, 0}, "1.12", "1.42"},
	{Version{20, 10, 0}, "1.12", "1.41"},
}

// API returns the range of API versions that the Docker version in an image's tag serves, or "" if the tag does not
// tell. A tag that stands for several versions has the range of the newest.
func API(ref string) (lowest, highest string) {
	chosen, ok := tag(ref)
	if !ok {
		return "", ""
	}
	for _, row := range dockerAPI {
		if !chosen.to.before(row.docker) {
			return row.lowest, row.highest
		}
	}
	return "", ""
}

// Older reports whether an API version is older than another one. It is false if one of them is not a version.
func Older(a, b string) bool {
	x, isOne := versions(a)
	y, isOther := versions(b)
	return isOne && isOther && x.from.before(y.from)
}
