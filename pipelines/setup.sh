# Sourced by demo.sh and tests/run.sh: tells what is done, and installs missing Debian packages.

say() { printf '\n==> %s\n' "$*"; }

fail() {
  printf '\nerror: %s\n' "$*" >&2
  exit 1
}

# packages_of GROUP...: the names listed for these groups in packages.txt
packages_of() {
  local group
  for group in "$@"; do
    sed -n "s/^$group  *\\([^ ]*\\).*/\\1/p" "$root/pipelines/packages.txt"
  done
}

is_installed() { [ "$(dpkg-query -W -f '${db:Status-Abbrev}' "$1" 2>/dev/null)" = "ii " ]; }

# is_there PACKAGE: whether it is installed, or a program that will do instead
is_there() {
  local program
  is_installed "$1" && return
  program=$(sed -n "s/^[a-z]*  *$1  *\([^ ]*\)$/\1/p" "$root/pipelines/packages.txt")
  [ -n "$program" ] && command -v "$program" >/dev/null
}

# ensure_packages GROUP...: installs what is missing; asks nothing and touches nothing when all is
# there; without root or sudo prints the line to run and stops.
ensure_packages() {
  local missing=() package as_root=()
  command -v dpkg-query >/dev/null || fail "this is not Debian; install what pipelines/packages.txt lists"
  for package in $(packages_of "$@"); do
    is_there "$package" || missing+=("$package")
  done
  if [ ${#missing[@]} -eq 0 ]; then
    say "All Debian packages are there"
    return
  fi
  if [ "$(id -u)" -ne 0 ]; then
    if ! sudo -n true 2>/dev/null; then
      printf '\nThese packages are missing. Run this line, then start again:\n\n'
      printf '  sudo apt-get install -y --no-install-recommends %s\n\n' "${missing[*]}"
      exit 1
    fi
    as_root=(sudo)
  fi
  say "Installing ${#missing[@]} Debian packages (about 2 GB on disk for all of them)"
  "${as_root[@]}" apt-get update -q
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=600 install \
    -y -q --no-install-recommends "${missing[@]}"
}

# build_preset PRESET [TARGET...]: configures and builds, as many jobs as memory allows (ITK files
# take up to 1.5 GB each)
build_preset() {
  local preset=$1 jobs memory_gb
  shift
  memory_gb=$(awk '/MemTotal/ {print int($2 / 1048576)}' /proc/meminfo)
  jobs=$(nproc)
  [ $((memory_gb / 2)) -ge "$jobs" ] || jobs=$((memory_gb / 2 > 0 ? memory_gb / 2 : 1))
  say "Building ($preset, $jobs jobs)"
  mkdir -p "$root/build"
  cmake --preset "$preset" >"$root/build/configure-$preset.log" 2>&1 || {
    tail -n 40 "$root/build/configure-$preset.log" >&2
    fail "CMake failed; the whole log is build/configure-$preset.log"
  }
  # What is left out of a build is told, not hidden in a log.
  sed -n '/^CMake Warning/,/^$/p' "$root/build/configure-$preset.log" >&2
  rm -f "$root/build/configure-$preset.log"
  cmake --build --preset "$preset" -j "$jobs" "$@"
}
