package config

import "reflect"

// values lists the allowed values of each enumeration type.
var values = map[reflect.Type][]string{
	reflect.TypeFor[Mode]():        texts(DinD, DooD, Audit),
	reflect.TypeFor[Journal]():     texts(JournalAnnotation, JournalNone),
	reflect.TypeFor[Startup]():     texts(Sidecar, PostStart),
	reflect.TypeFor[Isolation]():   texts(Privileged, Rootless, Sysbox, UserNamespace, Kata, GVisor),
	reflect.TypeFor[IPTables]():    texts(Auto, Legacy, NFT),
	reflect.TypeFor[Transport]():   texts(Unix, TCP, TLS),
	reflect.TypeFor[SocketMount](): texts(Directory, File),
	reflect.TypeFor[Choice]():      texts(Keep, Drop),
	reflect.TypeFor[CleanupMode](): texts(CleanupAuto, CleanupCronJob, CleanupSidecar, CleanupNone),
}

// Values returns the allowed values of a type, or nil if any text is allowed.
func Values(t reflect.Type) []string { return values[t] }

func texts[T ~string](all ...T) []string {
	out := make([]string, len(all))
	for i, v := range all {
		out[i] = string(v)
	}
	return out
}
