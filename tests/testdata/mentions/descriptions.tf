# one use, two mentions: a description and a message of an error mount nothing.
variable "a" {
  description = "Do not set to /var/run/docker.sock:/var/run/docker.sock"
  error_message = "never -v /run/crio/crio.sock:/s"
}
output "b" {
  description = "a socket", value = "-v /run/podman/podman.sock:/s"
}
