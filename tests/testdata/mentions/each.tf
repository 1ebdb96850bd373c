# two uses, no mentions: a volume mounts each value of an iteration.
resource "kubernetes_deployment" "a" {
  dynamic "volume" {
    for_each = {
      a = "/var/run/docker.sock"
      b = "/run"
    }
    content {
      host_path { path = volume.value }
    }
  }
}
