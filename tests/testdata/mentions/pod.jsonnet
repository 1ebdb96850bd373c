// two uses, two mentions: Jsonnet's libraries make a volume by a function, and a comment may have several lines.
/* not this: hostPath: '/run/crio/crio.sock'
 * nor this: '/run/crio/crio.sock'
 */
{
  volumes: [v.fromHostPath('docker', '/var/run/docker.sock'), { name: 'e', hostPath: { path: '/run' } }],
}
