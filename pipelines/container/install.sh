#!/usr/bin/env bash
# install.sh [PREFIX]
# Installs neurovasc into an empty Debian 12, /usr/local by default: what both recipes run. Nothing of
# the build is left but its packages.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
cd "$root"
. pipelines/setup.sh

ensure_packages build
build_preset release
say "Installing"
cmake --install build/release --prefix "${1:-/usr/local}" --strip --component runtime
rm -rf build
"${1:-/usr/local}/bin/neurovasc" --version
