#!/usr/bin/env bash
# status.sh JOB: tells Snakemake how a job of Slurm stands: running, success or failed.
set -uo pipefail

# state_of JOB: its state; nothing where Slurm knows it no more. Fails while Slurm does not answer.
state_of() {
  local said
  if said=$(scontrol --oneliner show job "$1" 2>&1); then
    sed -n 's/.*JobState=\([A-Z_]*\).*/\1/p' <<<"$said"
  elif [[ $said == *"Invalid job id"* ]]; then
    # It ended some minutes ago: only an accounting database remembers it.
    sacct --allocations --noheader --parsable2 --format=State --jobs="$1" 2>/dev/null | head -n 1
  else
    return 1
  fi
}

state=$(state_of "$1") || state=UNKNOWN
case $state in
  COMPLETED) echo success ;;
  PENDING | RUNNING | COMPLETING | CONFIGURING | SUSPENDED | REQUEUE* | RESIZING | STOPPED | SIGNALING | STAGE_OUT | SPECIAL_EXIT | UNKNOWN)
    echo running
    ;;
  *) echo failed ;; # also where nobody remembers it: asked again, it finds its work done
esac
