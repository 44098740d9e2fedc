# shellcheck shell=bash disable=SC2034
#
# Shared by the scripts beside it; sourced, never run. Sets strict mode and moves to the project's
# root, so every script may name files as they are in the repository.

set -euo pipefail
readonly started_in=$PWD
cd "$(dirname "${BASH_SOURCE[0]}")/.."

# make is what g++ has link-time optimisation done by, on all processors at once.
readonly kBuildPackages=(
  g++ cmake ninja-build make pkg-config libuv1-dev libxxhash-dev liblzf-dev liblua5.1-0-dev
  libgtest-dev git ca-certificates)
readonly kTestPackages=(
  ccache clang-format-14 redis-server redis-tools python3 python3-redis procps iproute2)

# Prints the comment block at the top of the running script: its usage.
usage() {
  sed -n '2,/^[^#]/{/^#/!q;s/^# \{0,1\}//p;}' "$0"
}

say() { printf '== %s\n' "$*"; }

die() {
  printf '%s: %s\n' "${0##*/}" "$*" >&2
  exit 1
}

as_root() {
  if ((EUID == 0)); then "$@"; else sudo "$@"; fi
}

installed() {
  [[ $(dpkg-query -W -f='${Status}' "$1" 2>/dev/null) == 'install ok installed' ]]
}

# Runs the command with services kept from starting, as policy-rc.d defines: installing a daemon's
# package to have its binary must not leave the daemon running. A policy already there stays.
without_services() {
  local policy=/usr/sbin/policy-rc.d status=0
  if [[ -e $policy ]]; then
    "$@"
    return
  fi
  printf '#!/bin/sh\nexit 101\n' | as_root tee "$policy" >/dev/null
  as_root chmod 755 "$policy"
  "$@" || status=$?
  as_root rm -f "$policy"
  return "$status"
}

# Installs those Debian packages that are missing. Touches neither network nor apt when none is.
need_packages() {
  local package missing=()
  for package in "$@"; do
    installed "$package" || missing+=("$package")
  done
  ((${#missing[@]})) || return 0
  say "installing ${missing[*]}"
  as_root apt-get update -qq || die 'apt-get update failed'
  without_services as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
    die "cannot install ${missing[*]}"
  if [[ " ${missing[*]} " == *' redis-server '* ]] && command -v systemctl >/dev/null; then
    as_root systemctl disable redis-server >/dev/null 2>&1 || true  # Nor at the next boot.
  fi
}

# How many processes a build may use; THIMBLE_JOBS says otherwise on a shared machine.
build_jobs() { printf '%s' "${THIMBLE_JOBS:-$(nproc)}"; }

# configure FOLDER [CMAKE_ARGUMENT...]: makes build/FOLDER, unless these very arguments did so before.
configure() {
  local folder=build/$1
  shift
  mkdir -p build
  local arguments=(-G Ninja -DCMAKE_UNITY_BUILD=ON "$@")
  local stamp=$folder/configured-with
  if [[ ! -e $folder/build.ninja || ! -e $stamp || $(<"$stamp") != "${arguments[*]}" ]]; then
    rm -f "$folder/CMakeCache.txt"
    cmake -S . -B "$folder" "${arguments[@]}" >"$folder.log" 2>&1 ||
      { cat "$folder.log"; return 1; }
    printf '%s\n' "${arguments[*]}" >"$stamp"
  fi
}

# build_configured FOLDER TARGET
build_configured() {
  cmake --build "build/$1" --target "$2" --parallel "$(build_jobs)" -- --quiet
}

# build FOLDER TARGET [CMAKE_ARGUMENT...]: builds TARGET in build/FOLDER, configured so.
build() {
  configure "$1" "${@:3}" && build_configured "$1" "$2"
}

build_release() {
  build release "$1" -DCMAKE_BUILD_TYPE=Release -DTHIMBLE_LTO=ON -DCMAKE_CXX_COMPILER=g++
}

build_asan() {
  build asan "$1" -DCMAKE_BUILD_TYPE=Debug -DCMAKE_CXX_FLAGS_DEBUG='-O1 -g1' \
    -DTHIMBLE_SANITIZE=ON -DCMAKE_CXX_COMPILER=g++
}

# A TCP port of 127.0.0.1 that nothing listens on.
free_port() {
  PYTHONPATH=tests/support python3 -B -c 'import ports; print(ports.free_port())'
}

# Every file of the project with one of these name endings, a line each. Includes files not yet
# committed, leaves out what .gitignore names.
project_files() {
  git ls-files --cached --others --exclude-standard -- "$@" | while read -r file; do
    [[ ! -f $file ]] || printf '%s\n' "$file"
  done
}

# The project's bash scripts, a line each, known by their first line or the ending .sh.
shell_files() {
  local file first
  while read -r file; do
    case ${file##*/} in
      *.sh) printf '%s\n' "$file" ;;
      *.*) ;;
      *)
        read -r -n 64 first <"$file" || true
        if [[ $first =~ ^#!.*[/\ ](ba)?sh ]]; then printf '%s\n' "$file"; fi
        ;;
    esac
  done < <(project_files .)
}

# A finding of a sanitizer ends the program that has it, with the stack.
sanitizer_options() {
  export ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1
  export UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1
}

# Suites ------------------------------------------------------------------------------------------
#
# A suite is a command whose output holds lines of the form 'N passed, N failed'; the last one
# counts. Run by `suite`, it is timed, its output is kept in build/logs, its counts are added up.

suites_passed=0
suites_failed=0
suite_table=''

# suite NAME COMMAND...
#
# A suite that cannot start, ends with an error without a failure counted, or ran nothing counts as
# one failure: silence is never success.
suite() {
  local name=$1 status=0 passed=0 failed=0 began=$SECONDS
  shift
  mkdir -p build/logs
  local log=build/logs/$name.log
  say "$name"
  ("$@") 2>&1 | tee "$log" || status=$?
  local closing
  closing=$(grep -aE '^[0-9]+ passed, [0-9]+ failed$' "$log" | tail -n 1 || true)
  if [[ -n $closing ]]; then
    passed=${closing%% *}
    failed=${closing#*, }
    failed=${failed%% *}
  fi
  if ((failed == 0 && (status != 0 || passed == 0))); then
    echo "$name: ended with status $status after $passed passed"
    failed=1
  fi
  suites_passed=$((suites_passed + passed))
  suites_failed=$((suites_failed + failed))
  suite_table+=$(printf '%-28s %6d passed %4d failed %5d s' \
    "$name" "$passed" "$failed" $((SECONDS - began)))$'\n'
}

# step NAME COMMAND...: a suite that either works or does not, such as a build.
step() {
  local name=$1
  shift
  suite "$name" as_step "$@"
}

as_step() {
  if "$@"; then
    echo '1 passed, 0 failed'
  else
    echo '0 passed, 1 failed'
    return 1
  fi
}

# Prints the table of the suites that ran and, last, the counts over all of them.
close_suites() {
  printf '\n%s' "$suite_table"
  printf '%-28s %33d s\n\n' 'all' "$SECONDS"
  printf '%d passed, %d failed\n' "$suites_passed" "$suites_failed"
  ((suites_failed == 0 && suites_passed > 0))
}

# unit FOLDER [COMMAND...]: the four unit test programs of a build folder, through the command if
# there is one (valgrind), each in parts that run side by side. Their counts are added up.
unit() {
  local layer program part parts passed=0 failed=0 count
  parts=$(build_jobs)
  if ((parts > 4)); then parts=4; fi  # A part without tests would count as a failure.
  for layer in common protocol storage server; do
    program=$(find "$1" -type f -name "thimble_${layer}_tests" -perm -u+x | head -n 1)
    if [[ -z $program ]]; then
      echo "there is no thimble_${layer}_tests in $1"
      failed=$((failed + 1))
      continue
    fi
    for ((part = 0; part < parts; part++)); do
      GTEST_TOTAL_SHARDS=$parts GTEST_SHARD_INDEX=$part \
        unit_part "${@:2}" "$program" >"$program.part-$part" 2>&1 &
    done
    wait
    for ((part = 0; part < parts; part++)); do
      printf '%s, part %d of %d: ' "$layer" $((part + 1)) "$parts"
      cat "$program.part-$part"
      count=$(sed -nE 's/^([0-9]+) passed, [0-9]+ failed$/\1/p' "$program.part-$part" | tail -n 1)
      passed=$((passed + ${count:-0}))
      count=$(sed -nE 's/^[0-9]+ passed, ([0-9]+) failed$/\1/p' "$program.part-$part" | tail -n 1)
      failed=$((failed + ${count:-1}))
    done
  done
  echo "$passed passed, $failed failed"
  ((failed == 0))
}

# unit_part COMMAND...: runs a unit test program; closes with its counts.
unit_part() {
  local output status=0 passed failed
  output=$("$@" --gtest_brief=1 2>&1) || status=$?
  printf '%s\n' "$output"
  passed=$(sed -nE 's/^\[  PASSED  \] ([0-9]+) test.*/\1/p' <<<"$output" | tail -n 1)
  failed=$(grep -cE '^\[  FAILED  \] .* ms\)$' <<<"$output" || true)
  # A crash prints no summary; a program without tests prints one of nothing.
  if ((failed == 0 && status != 0)); then
    echo "ended with status $status"
    failed=1
  fi
  if ((failed == 0)) && ! grep -qE '^\[  PASSED  \] [1-9]' <<<"$output"; then failed=1; fi
  echo "${passed:-0} passed, $failed failed"
}

# check WHAT COMMAND...: one line of a suite that counts for itself in passed and failed.
check() {
  local what=$1
  shift
  if "$@"; then
    passed=$((passed + 1))
    echo "ok      $what"
  else
    failed=$((failed + 1))
    echo "FAILED  $what"
  fi
}

# Where this machine gets its Debian packages from.
debian_mirror() {
  local found
  found=$(find /etc/apt -name '*.sources' -exec sed -nE 's,^URIs: +([^ ]*debian/?)( .*)?$,\1,p' {} +
    find /etc/apt -name '*.list' -exec sed -nE 's,^deb +(\[[^]]*\] +)?([^ ]*debian/?) .*,\2,p' {} +)
  found=${found%%$'\n'*}
  printf '%s\n' "${found:-http://deb.debian.org/debian}"
}

# bare_debian FOLDER PACKAGES: makes the smallest Debian 12 in FOLDER, with a comma-separated list
# of packages besides.
bare_debian() {
  need_packages debootstrap
  say "debootstrapping $1"
  mkdir -p "$1"
  as_root debootstrap --variant=minbase ${2:+--include="$2"} bookworm "$1" "$(debian_mirror)" \
    >"$1.log" 2>&1 || { tail -n 5 "$1.log"; return 1; }
}
