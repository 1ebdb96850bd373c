package api

// Values of the fields of a security context.
const (
	UnmaskedProcMount                = "Unmasked"
	SeccompProfileTypeUnconfined     = "Unconfined"
	SeccompProfileTypeRuntimeDefault = "RuntimeDefault"
	AppArmorProfileTypeUnconfined    = "Unconfined"
)

// SecurityContext holds the security settings of a container (core/v1). A nil field leaves the decision to the pod or
// the cluster.
type SecurityContext struct {
	Capabilities             *Capabilities    `json:"capabilities,omitempty"`
	Privileged               *bool            `json:"privileged,omitempty"`
	RunAsUser                *int64           `json:"runAsUser,omitempty"`
	RunAsGroup               *int64           `json:"runAsGroup,omitempty"`
	RunAsNonRoot             *bool            `json:"runAsNonRoot,omitempty"`
	ReadOnlyRootFilesystem   *bool            `json:"readOnlyRootFilesystem,omitempty"`
	AllowPrivilegeEscalation *bool            `json:"allowPrivilegeEscalation,omitempty"`
	ProcMount                *string          `json:"procMount,omitempty"`
	SeccompProfile           *SeccompProfile  `json:"seccompProfile,omitempty"`
	AppArmorProfile          *AppArmorProfile `json:"appArmorProfile,omitempty"`
}

// Capabilities lists capabilities to add and drop, without the prefix CAP_.
type Capabilities struct {
	Add  []string `json:"add,omitempty"`
	Drop []string `json:"drop,omitempty"`
}

// SeccompProfile restricts system calls.
type SeccompProfile struct {
	Type string `json:"type"`
}

// AppArmorProfile is the AppArmor profile.
type AppArmorProfile struct {
	Type string `json:"type"`
}
