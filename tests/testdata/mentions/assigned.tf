# three uses, one mention: the default of a variable, a local value, and one that another file may mount.
variable "sock" {
  default = "/var/run/docker.sock"
}
locals {
  podman = "/run/podman/podman.sock"
}
resource "docker_container" "a" {
  volumes {
    host_path      = var.sock
    container_path = "/s"
  }
  mounts {
    source = local.podman
    target = "/p"
  }
}
variable "crio" {
  default = "/run/crio/crio.sock"
}
resource "kubernetes_pod" "a" {
  spec {
    container {
      env {
        name  = "SHOWN"
        value = "/run/containerd/containerd.sock"
      }
    }
  }
}
