# three uses, no mentions: Terraform sets values of a chart by name, as a map, and Docker's own provider binds.
resource "helm_release" "jenkins" {
  set {
    name  = "agent.volumes[0].hostPath"
    value = "/var/run/docker.sock"
  }
  values = [yamlencode({ agent = { volumes = [{ type = "HostPath", hostPath = "/run/docker.sock" }] } })]
}
resource "docker_container" "app" {
  mounts {
    type   = "bind"
    source = "/srv/docker.sock"
  }
}
