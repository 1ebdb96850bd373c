package api

// Values of the fields of a security context.
const (
	UnmaskedProcMount                = "Unmasked"
	SeccompProfileTypeUnconfined     = "Unconfined"
	SeccompProfileTypeRuntimeDefault = "RuntimeDefault"
	AppArmorProfileTypeUnconfined    = "Unconfined"
)

// SecurityContext is what a container may do (core/v1). A field that is nil is the pod's, or the cluster's, to decide.
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

// Capabilities that a container has more, or fewer, than the runtime gives it. They have no CAP_ in front.
type Capabilities struct {
	Add  []string `json:"add,omitempty"`
	Drop []string `json:"drop,omitempty"`
}

// SeccompProfile is which system calls it may make.
type SeccompProfile struct {
	Type string `json:"type"`
}

// AppArmorProfile is what AppArmor lets it do.
type AppArmorProfile struct {
	Type string `json:"type"`
}
