# one use, no mentions: Terraform's Kubernetes provider.
resource "kubernetes_pod" "agent" {
  spec {
    container {
      volume_mount {
        name       = "sock"
        mount_path = "/var/run/docker.sock"
      }
    }
    volume {
      name = "sock"
      host_path {
        path = "/var/run/docker.sock"
      }
    }
  }
}
