#!/usr/bin/env bash
# Builds all files of a release into a folder, and pushes the images and the chart to a registry.
#
# Usage: operator/build-release.sh [--output DIR] [--registry REGISTRY [--push [--plain-http]]] [--base IMAGE]
#                                  [--platform PLATFORM] [--without-plugin]
#
#   --output DIR          folder of the files; default target/release
#   --registry REGISTRY   registry and folder of the images, which the chart names; default ghcr.io/okchat
#   --push                push REGISTRY/okchat-operator, REGISTRY/okchat-sandbox, REGISTRY/kubectl-okchat and
#                         REGISTRY/charts/okchat-operator
#   --plain-http          the registry has no TLS, for example one on loopback
#   --base IMAGE          base of the images, for example a mirror of eclipse-temurin:25-jre-noble, which is the default;
#                         `test` is a base that this build makes: the images have all files of the operator, but no Java
#   --platform PLATFORM   linux/amd64 or linux/arm64; default linux/amd64
#   --without-plugin      do not build the archives of kubectl okchat
#
# The version is the property `revision` of pom.xml. It needs Linux, Maven and a JDK 25 (JAVA_HOME); helm and crane come from
# the PATH, or from a build with Go. `docker login` or `helm registry login` opens a registry that requires credentials.
# SKIP_MAVEN=1 uses the jars and images of the last build.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

fail() {
  echo "error: $*" >&2
  exit 1
}

published=ghcr.io/okchat
output=$root/target/release
registry=$published
push=false
plain_http=false
base=
platform=linux/amd64
plugin=true
while [ $# -gt 0 ]; do
  case $1 in
    --output) output=$(mkdir -p "${2:?--output needs a folder}" && cd "$2" && pwd) && shift ;;
    --registry) registry=${2:?--registry needs a registry} && shift ;;
    --push) push=true ;;
    --plain-http) plain_http=true ;;
    --base) base=${2:?--base needs an image} && shift ;;
    --platform) platform=${2:?--platform needs a platform} && shift ;;
    --without-plugin) plugin=false ;;
    -h | --help)
      sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//p}' "$0"
      exit 0
      ;;
    *) fail "unknown argument $1; see --help" ;;
  esac
  shift
done
registry=${registry%/}

images="okchat-operator okchat-sandbox kubectl-okchat"

property() { sed -n "s:.*<$1>\(.*\)</$1>.*:\1:p" "$root/pom.xml"; }
version=$(property revision)
date=$(property project.build.outputTimestamp)
java=${JAVA_HOME:+$JAVA_HOME/bin/}java
"$java" -version 2>&1 | grep -q '"2[5-9]' || fail "set JAVA_HOME to a JDK 25"

build() {
  local modules=operator,operator/cli,examples/sandbox,examples/local-cluster
  local options=(-B -q -DskipTests -pl "$modules" -am "-Dimage.repository=$registry"
    "-Dimage.revision=$(git -C "$root" rev-parse HEAD 2>/dev/null || echo unknown)")
  cd "$root"
  # The libraries of another version.
  rm -rf operator/target/lib operator/cli/target/lib examples/sandbox/target/lib
  if [ "$base" = test ]; then
    mvn "${options[@]}" pre-integration-test
  else
    local machine=x86_64
    [ "$platform" != linux/arm64 ] || machine=aarch_64
    mvn "${options[@]}" ${base:+"-Dimage.base=$base"} "-Djib.from.platforms=$platform" \
      "-Dcryptography.classifier=linux-$machine" \
      package com.google.cloud.tools:jib-maven-plugin:buildTar
  fi
}

# Writes an archive that depends on its files only: in their order by name, with the date of the build.
# Usage: archive FILE FOLDER NAME...
archive() {
  local file=$1 folder=$2
  shift 2
  tar -C "$folder" --sort=name --format=ustar --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX \
    --mtime="$date" -cf - "$@" | gzip -n >"$file"
}

collect_images() {
  local name file=jib-image.tar
  [ "$base" != test ] || file=image.tar
  cp "$root/operator/target/$file" "$output/okchat-operator-$version.image.tar"
  cp "$root/examples/sandbox/target/$file" "$output/okchat-sandbox-$version.image.tar"
  cp "$root/operator/cli/target/$file" "$output/kubectl-okchat-$version.image.tar"
  cp "$root/operator/target/classes/META-INF/sbom/okchat-operator.cdx.json" "$output/"
  for name in $images; do
    mkdir "$work/$name"
    tar -C "$work/$name" -xf "$output/$name-$version.image.tar"
  done
}

# The chart and the manifest name the images of the registry.
collect_manifests() {
  mkdir "$work/helm"
  cp -R "$root/helm/okchat-operator" "$work/helm/"
  sed -i "s|$published/|$registry/|" "$work"/helm/okchat-operator/{Chart,values}.yaml
  "$helm" package "$work/helm/okchat-operator" --destination "$work" >/dev/null
  mkdir "$work/package"
  tar -C "$work/package" -xzf "$work/okchat-operator-$version.tgz"
  archive "$output/okchat-operator-$version.tgz" "$work/package" okchat-operator
  cp "$root"/crds/*.yaml "$output/"
  {
    cat "$root/examples/gitops/kustomize/namespace.yaml"
    sed -e '1d' -e "s|\"$published/|\"$registry/|" "$root/examples/gitops/kustomize/operator.yaml"
  } >"$output/okchat-operator.yaml"
  cp -R "$root/operator/olm" "$work/olm"
  cp "$root"/crds/*.yaml "$work/olm/manifests/"
  sed -i "s|$published/|$registry/|" "$work"/olm/manifests/*.clusterserviceversion.yaml
  archive "$output/okchat-operator-olm-$version.tar.gz" "$work" olm
}

collect_plugin() {
  SKIP_MAVEN=1 "$root/operator/cli/build-plugin.sh" >/dev/null
  cp "$root"/operator/cli/target/kubectl-okchat-linux-*.tar.gz "$root/operator/cli/target/okchat.yaml" "$output/"
  archive "$output/kubectl-okchat-jar.tar.gz" "$root/operator/cli/target" kubectl-okchat.jar lib
}

push_all() {
  local name insecure=() plain=()
  ! "$plain_http" || { insecure=(--insecure) && plain=(--plain-http); }
  for name in $images; do
    "$crane" push ${insecure[@]+"${insecure[@]}"} "$work/$name" "$registry/$name:$version" >/dev/null
  done
  "$helm" push "$output/okchat-operator-$version.tgz" "oci://$registry/charts" ${plain[@]+"${plain[@]}"} >/dev/null 2>"$work/push.log" ||
    fail "$(cat "$work/push.log")"
}

# Usage: digest_of NAME; prints the digest that the registry computes for the image, too.
digest_of() { sed -n 's/.*"digest" *: *"\(sha256:[0-9a-f]*\)".*/\1/p' "$work/$1/index.json" | head -n 1; }

[ -n "${SKIP_MAVEN:-}" ] || build
mkdir -p "$output"
# Removes the files of an earlier run, and no other file.
[ ! -f "$output/SHA256SUMS" ] || (cd "$output" && cut -c67- SHA256SUMS | xargs rm -f -- SHA256SUMS)
[ -z "$(ls -A "$output")" ] || fail "$output has files that this script did not write; name another folder"
helm=$("$java" -jar "$root/examples/local-cluster/target/okchat-local-cluster.jar" helm)
collect_images
collect_manifests
! "$plugin" || collect_plugin
(cd "$output" && sha256sum -- * >"$work/SHA256SUMS" && mv "$work/SHA256SUMS" .)
if "$push"; then
  crane=$("$java" -jar "$root/examples/local-cluster/target/okchat-local-cluster.jar" crane)
  push_all
fi
ls "$output" | sed "s:^:$output/:"
for name in $images; do
  echo "$registry/$name:$version@$(digest_of "$name")"
done
