# The function's image: one static binary and an /etc/passwd, nothing else.
#
#   docker build --build-arg VERSION=v0.1.0 -t ghcr.io/boxp/dindify:v0.1.0 .
#
# Needs BuildKit, which every Docker since 23.0 uses (older ones: DOCKER_BUILDKIT=1).

# By digest: what builds a release cannot change under its tag.
ARG GO_IMAGE=golang:1.26.8-bookworm@sha256:a688600ca24f8a4d3ca77f95b0dd40704a9fc787c826660eb7ba0b641b8b175d

# The compiler runs on the builder's own architecture whatever the target is: no emulation.
FROM --platform=$BUILDPLATFORM ${GO_IMAGE} AS build
WORKDIR /src

# Set GOPROXY where modules come from a proxy of your own. Downloads are a layer of their own: kept until go.sum changes.
ARG GOPROXY
COPY go.mod go.sum ./
RUN go mod download

COPY fn fn
ARG VERSION=dev
ARG TARGETOS
ARG TARGETARCH
# -trimpath and -buildvcs=false leave nothing of this builder in the binary: same source, same Go, same bytes.
RUN CGO_ENABLED=0 GOOS=$TARGETOS GOARCH=$TARGETARCH \
    go build -trimpath -buildvcs=false -ldflags "-s -w -X main.version=$VERSION" -o /out/dindify ./fn/dindify

# kustomize and kpt start a function with `--user nobody`: without these two files Docker does not know that name.
RUN mkdir -p /out/etc \
 && echo 'nobody:x:65534:65534:nobody:/:/sbin/nologin' > /out/etc/passwd \
 && echo 'nobody:x:65534:' > /out/etc/group

FROM scratch
ARG VERSION=dev
ARG REVISION=unknown
LABEL org.opencontainers.image.title="dindify" \
      org.opencontainers.image.description="KRM function: from the node's Docker socket to a Docker-in-Docker sidecar, and back" \
      org.opencontainers.image.source="https://github.com/boxp/dindify" \
      org.opencontainers.image.documentation="https://github.com/boxp/dindify#readme" \
      org.opencontainers.image.licenses="Apache-2.0" \
      org.opencontainers.image.version="$VERSION" \
      org.opencontainers.image.revision="$REVISION"
COPY --from=build /out/etc /etc
COPY --from=build /out/dindify /usr/local/bin/dindify
# As a number: Kubernetes checks runAsNonRoot against it.
USER 65534
ENTRYPOINT ["/usr/local/bin/dindify"]
