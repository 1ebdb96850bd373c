package verify

import "context"

// lastLog returns the last line of a container's log, or "" if there is none or the user may not read it.
func (s *Subject) lastLog(ctx context.Context, pod, container string) string {
	return s.logTail(ctx, pod, container)
}

// lastLogBeforeRestart is lastLog for what the container wrote before it was restarted.
func (s *Subject) lastLogBeforeRestart(ctx context.Context, pod, container string) string {
	return s.logTail(ctx, pod, container, "previous", "true")
}

func (s *Subject) logTail(ctx context.Context, pod, container string, query ...string) string {
	var raw []byte
	query = append(query, "container", container, "tailLines", "5")
	if err := s.Get(ctx, withQuery(core(s.namespace(), "pods", pod, "log"), query...), &raw); err != nil {
		return ""
	}
	return lastLine(string(raw))
}
