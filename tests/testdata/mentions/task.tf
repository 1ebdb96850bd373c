# three uses, one mention: a task of Amazon ECS names its source beside a path in the container; set_list sets many.
resource "aws_ecs_task_definition" "a" {
  container_definitions = jsonencode([{ mountPoints = [{ sourceVolume = "d", containerPath = "/var/run/docker.sock" }] }])
  volumes = jsonencode([{ name = "d", host = { sourcePath = "/var/run/docker.sock" } }])
}
resource "helm_release" "a" {
  set_list {
    name  = "hostPaths"
    value = ["/run", "/run/crio/crio.sock"]
  }
}
/* not this: path = "/run/podman/podman.sock" */
