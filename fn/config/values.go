package config

import "reflect"

// values are what the fields of a type of ours may hold.
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

// Values are what a field of a type may hold; nil where it may hold any text.
func Values(t reflect.Type) []string { return values[t] }

func texts[T ~string](all ...T) []string {
	out := make([]string, len(all))
	for i, v := range all {
		out[i] = string(v)
	}
	return out
}
