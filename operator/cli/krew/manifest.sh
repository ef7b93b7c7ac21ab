#!/usr/bin/env bash
# Prints the manifest for krew.
#
# Usage: operator/cli/krew/manifest.sh VERSION ARCHIVE...
#
#   VERSION   of the release, for example v0.1.0
#   ARCHIVE   kubectl-okchat-OS-ARCH.tar.gz, one for each platform
set -euo pipefail
template=$(dirname "$0")/okchat.yaml
version=${1:?the version of the release, for example v0.1.0}
shift
[ $# -gt 0 ] || { echo "error: name an archive; see operator/cli/build-plugin.sh" >&2; exit 1; }

sed -n -e "s/@VERSION@/$version/" -e '1d' -e '1,/^  platforms:/p' "$template"
for archive in "$@"; do
  name=$(basename "$archive" .tar.gz)
  platform=${name#kubectl-okchat-}
  sed -e '1,/^  platforms:/d' -e "s/@VERSION@/$version/" -e "s/@OS@/${platform%-*}/" -e "s/@ARCH@/${platform#*-}/" \
    -e "s/@SHA256@/$(sha256sum "$archive" | cut -d' ' -f1)/" "$template"
done
