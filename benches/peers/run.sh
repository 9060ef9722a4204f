#!/usr/bin/env bash
# Measures other tax engines, and perchart beside them. README.md beside this tells how to use it.
set -euo pipefail

usage="usage: run.sh [--perchart EXECUTABLE] [--count HOUSEHOLDS] [--rounds N] HOUSEHOLDS.csv..."
here=$(cd "$(dirname "$0")" && pwd)
count=100000
rounds=5
others=()
while [[ ${1:-} == --* ]]; do
    case $1 in
        --perchart) others+=(--perchart "$(realpath "${2:?$usage}")") ;;
        --count) count=${2:?$usage} ;;
        --rounds) rounds=${2:?$usage} ;;
        *) echo "$usage" >&2; exit 2 ;;
    esac
    shift 2
done
[[ $# -gt 0 ]] || { echo "$usage" >&2; exit 2; }

python=${PYTHON:-python3}
"$python" -c 'import sys; sys.exit(sys.version_info < (3, 12))' ||
    { echo "run.sh: needs Python 3.12 or later; name it in the variable PYTHON" >&2; exit 2; }

room=$(mktemp -d)
trap 'rm -rf "$room"' EXIT
"$python" -m venv "$room/venv"
"$room/venv/bin/pip" install --quiet --requirement "$here/requirements.txt"
# This package holds the executable of TAXSIM. Its own engine is not measured, so what that needs is left out.
"$room/venv/bin/pip" install --quiet --no-deps policyengine-taxsim==3.2.5
# taxcalc keeps its compiled code here, not in the home directory.
export TAXCALC_JIT_CACHE_DIR=$room/jit

taxsim=$room/venv/share/policyengine_taxsim/taxsimtest/taxsimtest-linux.exe
chmod +x "$taxsim"
if ldd "$taxsim" | grep -q 'not found'; then
    echo "run.sh: TAXSIM is left out, it needs libgfortran 5 (Debian: libgfortran5)" >&2
else
    others+=(--taxsim "$taxsim")
fi

for households in "$@"; do
    year=$("$python" "$here/prepare.py" "$households" "$room" "$count")
    "$room/venv/bin/python" "$here/measure.py" "$room" "$year" "$rounds" "${others[@]}"
done
