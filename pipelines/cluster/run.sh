#!/usr/bin/env bash
# run.sh MANIFEST OUTPUT [local|slurm] [options of snakemake...]
# Works off a manifest of 'neurovasc archive plan' on this machine or on a cluster. Started again,
# after whatever happened, it goes on where it was. Then: neurovasc archive collect.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

fail() {
  printf 'error: %s\n' "$*" >&2
  exit 2
}

[ $# -ge 2 ] || fail "give MANIFEST and OUTPUT, then local or slurm"
manifest=$(realpath "$1")
output=$(realpath -m "$2")
profile=${3:-local}
shift $(($# < 3 ? $# : 3))
[ -f "$manifest" ] || fail "$manifest: there is no such manifest; write it with 'neurovasc archive plan --manifest'"
[ -d "$here/profiles/$profile" ] || fail "$profile is neither local nor slurm"
command -v snakemake >/dev/null || fail "snakemake is missing; on Debian: apt-get install snakemake"
mkdir -p "$output/cluster/slurm"
cd "$output/cluster"

# A lock that goes with its process, in place of Snakemake's, which outlives a kill.
exec {lock}>lock
flock --nonblock "$lock" || fail "$output is being worked on already"
exec snakemake --snakefile "$here/Snakefile" --profile "$here/profiles/$profile" --nolock \
  --config manifest="$manifest" output="$output" ${NEUROVASC_PROGRAM:+program="$NEUROVASC_PROGRAM"} "$@"
