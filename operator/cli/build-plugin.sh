#!/usr/bin/env bash
# Builds the plugin with its own Java runtime, an AOT cache for this machine's kind of processor, and the archive for krew.
#
# Usage: operator/cli/build-plugin.sh [--install DIR]
#
#   --install DIR   also link kubectl-okchat and kubectl_complete-okchat into DIR, for example ~/.local/bin
#
# It needs Maven and a JDK 25 (JAVA_HOME), and starts a local cluster for the training of the cache. It writes
# operator/cli/target/kubectl-okchat/, operator/cli/target/kubectl-okchat-linux-ARCH.tar.gz and the krew manifest
# operator/cli/target/okchat.yaml. It runs on Linux; other platforms use the jar.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
target=$root/operator/cli/target
home=$target/kubectl-okchat
work=$(mktemp -d)
cluster_pid=
trap '[ -z "$cluster_pid" ] || kill "$cluster_pid" 2>/dev/null || true; rm -rf "$work"' EXIT

fail() {
  echo "error: $*" >&2
  exit 1
}

install_dir=
while [ $# -gt 0 ]; do
  case $1 in
    --install)
      install_dir=${2:?--install needs a folder}
      shift 2
      ;;
    -h | --help)
      sed -n '2,/^set/{/^set/d;s/^# \{0,1\}//p}' "$0"
      exit 0
      ;;
    *) fail "unknown argument $1; see --help" ;;
  esac
done

[ "$(uname -s)" = Linux ] || fail "this script needs Linux; on another platform, run kubectl-okchat.jar with a JDK 25"
case $(uname -m) in
  x86_64) architecture=amd64 ;;
  aarch64) architecture=arm64 ;;
  *) fail "no archive is built for $(uname -m); run kubectl-okchat.jar with a JDK 25" ;;
esac
java_home=${JAVA_HOME:-$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}
"$java_home/bin/java" -version 2>&1 | grep -q '"2[5-9]' || fail "set JAVA_HOME to a JDK 25"
# The modules that the plugin uses. Jackson and picocli work without java.sql and java.desktop; texts of documents may be
# Windows-949.
modules=java.base,java.logging,java.management,java.naming,jdk.charsets,jdk.unsupported

[ -n "${SKIP_MAVEN:-}" ] || (cd "$root" && mvn -B -q -pl operator/cli,examples/local-cluster -am package -DskipTests)

rm -rf "$home"
mkdir -p "$home/lib"
cp "$target/kubectl-okchat.jar" "$target"/lib/*.jar "$home/lib/"
cp "$root/LICENSE" "$home/"
"$java_home/bin/java" "$root/operator/cli/RaiseClassVersion.java" "$home"/lib/picocli-*.jar
"$java_home/bin/jlink" --add-modules "$modules" --strip-debug --no-man-pages \
  --no-header-files --compress zip-0 --output "$home/runtime"

# A cache fits one class path: the order is written here, once.
class_path=$(cd "$home/lib" && printf '$home/lib/%s:' kubectl-okchat.jar $(ls | grep -v '^kubectl-okchat'))
cat >"$home/kubectl-okchat" <<END
#!/bin/sh
home=\$(dirname "\$(readlink -f "\$0")")
exec "\$home/runtime/bin/java" -XX:AOTCache="\$home/okchat.aot" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \\
  -Xlog:disable -Xlog:all=off \${OKCHAT_JAVA_OPTIONS:-} \\
  -cp "${class_path%:}" ai.okchat.cli.OkChatPlugin "\$@"
END
chmod +x "$home/kubectl-okchat"
"$home/kubectl-okchat" completion >"$home/kubectl_complete-okchat"
chmod +x "$home/kubectl_complete-okchat"

# The training: one run of `why` against a real API server, which loads the classes of most commands.
: >"$work/cluster.log"
"$java_home/bin/java" -jar "$root/examples/local-cluster/target/okchat-local-cluster.jar" >"$work/cluster.log" 2>&1 &
cluster_pid=$!
until grep -q '^listening' "$work/cluster.log"; do
  kill -0 "$cluster_pid" 2>/dev/null || fail "the local cluster ended: $(cat "$work/cluster.log")"
  sleep 0.2
done
kubeconfig=$(sed -n 's/^kubeconfig: //p' "$work/cluster.log")
kubectl=$(sed -n 's/^kubectl: //p' "$work/cluster.log")
"$kubectl" --kubeconfig "$kubeconfig" apply --server-side -f "$root/crds/" >/dev/null
"$kubectl" --kubeconfig "$kubeconfig" wait --for=condition=Established crd --all >/dev/null
until "$kubectl" --kubeconfig "$kubeconfig" apply --server-side -f "$root/examples/chatbot.yaml" >/dev/null 2>&1; do
  sleep 0.2
done
name=$("$kubectl" --kubeconfig "$kubeconfig" get chatbots -o name | head -1)
sed "s/-XX:AOTCache=\"\$home\/okchat.aot\"/-XX:AOTCacheOutput=\"\$home\/okchat.aot\"/" "$home/kubectl-okchat" >"$home/train"
chmod +x "$home/train"
"$home/train" why "${name##*/}" --kubeconfig "$kubeconfig" >/dev/null 2>&1 || true
rm "$home/train"
[ -s "$home/okchat.aot" ] || fail "the JVM wrote no cache"
"$home/kubectl-okchat" version

archive=$target/kubectl-okchat-linux-$architecture.tar.gz
# krew rejects links, which the folder of licences has.
tar -C "$target" --dereference --hard-dereference -czf "$archive" kubectl-okchat
version=$("$home/kubectl-okchat" version | cut -d' ' -f2)
"$root/operator/cli/krew/manifest.sh" "v${version%-SNAPSHOT}" "$archive" >"$target/okchat.yaml"

if [ -n "$install_dir" ]; then
  mkdir -p "$install_dir"
  ln -sf "$home/kubectl-okchat" "$home/kubectl_complete-okchat" "$install_dir/"
fi
