# Homebrew's formula. A release fills in the version and the sum of the source archive (see formula.sh); until the first one
# `brew install --HEAD` builds the newest commit.
class Dindify < Formula
  desc "Moves Kubernetes workloads from the node's Docker socket to a Docker-in-Docker sidecar"
  homepage "https://github.com/boxp/dindify"
  # release: url and sha256
  license "Apache-2.0"
  head "https://github.com/boxp/dindify.git", branch: "main"

  depends_on "go" => :build

  def install
    ldflags = "-s -w"
    ldflags += " -X main.version=v#{version}" unless build.head?
    system "go", "build", *std_go_args(ldflags: ldflags), "./fn/dindify"
    generate_completions_from_executable(bin/"dindify", "completion")
  end

  test do
    (testpath/"pod.yaml").write <<~YAML
      apiVersion: v1
      kind: Pod
      metadata:
        name: agent
      spec:
        containers:
        - name: agent
          image: example.com/agent:1
          volumeMounts:
          - name: docker-sock
            mountPath: /var/run/docker.sock
        volumes:
        - name: docker-sock
          hostPath:
            path: /var/run/docker.sock
    YAML
    assert_match "name: dind-daemon", shell_output("#{bin}/dindify convert #{testpath}/pod.yaml")
  end
end
