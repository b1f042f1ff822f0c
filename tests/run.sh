#!/usr/bin/env bash
# Sets up what is needed, builds everything and passes all tests. Can be run again at any time.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
. pipelines/setup.sh

ensure_packages build test
build_preset dev
say "Running the tests"
ctest --preset dev --parallel "$(nproc)" --no-tests=error "$@"
say "All tests passed"
