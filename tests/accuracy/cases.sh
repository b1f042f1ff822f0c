#!/usr/bin/env bash
# tests/accuracy/cases.sh [OUT] [CASE...]
# Analyses the shared studies with known truth and scores the results: wall time, peak memory and
# exit code of each, then the score. The studies are looked for in $NEUROVASC_SHARED_DIR, else beside
# the checkout.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
shared=${NEUROVASC_SHARED_DIR:-$root/../shared}
out=${1:-$root/out/cases}
shift $(($# > 0 ? 1 : 0))
program=$root/build/release/bin/neurovasc
[ -d "$shared/cases" ] || { echo "skipped: there are no studies at $shared/cases"; exit 0; }
[ -x "$program" ] || { echo "build the release first: cmake --workflow --preset release" >&2; exit 1; }
mkdir -p "$out"

# impression FILE: the sides' findings from a report, on one line
impression() {
  awk '/^IMPRESSION/ {on = 1; next}
       on && (/^$/ || /^  Percentages/) {exit}
       on {sub(/^ +/, ""); printf "%s ", $0}' "$1"
}

# measure NAME ARGUMENT...: one analysis, one row
measure() {
  local name=$1 status=0
  shift
  /usr/bin/time -f '%e %M' -o "$out/$name.time" \
    "$program" analyze "$@" --output "$out/$name" --overwrite --quiet \
    >"$out/$name.txt" 2>"$out/$name.log" || status=$?
  read -r seconds kib < <(tail -n 1 "$out/$name.time")
  printf '| %s | %d | %.1f | %d | %s |\n' "$name" "$status" "$seconds" "$((kib / 1024))" \
    "$(impression "$out/$name.txt")"
}

printf '| study | exit code | wall s | peak MiB | found |\n| --- | --- | --- | --- | --- |\n'
for folder in "$shared"/cases/*/; do
  name=$(basename "$folder")
  [ $# -eq 0 ] || [[ " $* " == *" $name "* ]] || continue
  measure "$name" "$folder/dicom"
done
if [ $# -eq 0 ]; then
  measure head-t2-tse "$shared/real/head-t2-tse/dicom"
  measure cpa-crop --t2 "$shared/real/cpa-crop/vol_ie_R.nii.gz" --sides right
fi
echo
/usr/bin/python3 "$shared/tools/score.py" analyze "$shared/cases" "$out" --json "$out/score.json"
