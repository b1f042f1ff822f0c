#!/usr/bin/env bash
# Sets up what is needed, builds the release, and analyses a sample study that the program makes
# itself. Can be run again at any time.
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
cd "$root"
. pipelines/setup.sh

# impression FILE: the sides' findings from a report, on one line
impression() {
  awk '/^IMPRESSION/ {on = 1; next}
       on && (/^$/ || /^  Percentages/) {exit}
       on {sub(/^ +/, ""); printf "%s ", $0}' "$1"
}

ensure_packages build
build_preset release
program=$root/build/release/bin/neurovasc
out=$root/out/demo

say "Making a sample study (simulated, with known truth)"
"$program" phantom --scenario contact --size small --seed 3 --output "$out/study" --overwrite

say "Looking at what is in it"
"$program" inspect "$out/study/dicom"

say "Analysing it"
"$program" analyze "$out/study/dicom" --output "$out/result" --overwrite --label "simulated study"

say "Done"
printf 'Found:     %s\n' "$(impression "$out/result/report.txt")"
open=$out/result/report.html
[ -e "$open" ] || open=$out/result/report.txt # a build without Node.js
printf 'Open:      %s\n' "$open (pictures in $out/result/pictures)"
printf 'Your own:  %s\n' "$program analyze /path/to/dicom/folder --output /path/to/new/result"
