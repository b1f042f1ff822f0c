#!/usr/bin/env bash
# tests/accuracy/pairs.sh [OUT]
# Compares the shared pairs of studies before and after surgery, from the results that cases.sh left
# in OUT, and scores the outcomes. The studies are looked for in $NEUROVASC_SHARED_DIR, else beside
# the checkout.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
shared=${NEUROVASC_SHARED_DIR:-$root/../shared}
out=${1:-$root/out/cases}
program=${NEUROVASC_PROGRAM:-$root/build/release/bin/neurovasc}
[ -f "$shared/cases/pairs.json" ] || { echo "skipped: there are no pairs at $shared/cases"; exit 0; }
for pair in p1 p2 p3; do
  "$program" compare "$out/${pair}_pre" "$out/${pair}_post" --surgery-date 2025-02-03 \
    --output "$out/$pair" --overwrite --quiet >"$out/$pair.txt"
done
/usr/bin/python3 "$root/tests/accuracy/pairs.py" "$shared/cases" "$out"
/usr/bin/python3 "$shared/tools/score.py" compare "$shared/cases" "$out"
