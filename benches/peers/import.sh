#!/usr/bin/env bash
# Times `perchart import` beside other programs on the same log of charts, whole processes in turn.
# usage: import.sh [--perchart FILE] [--rows N] [--rounds N] [--python FILE]
# Needs sqlite3, GNU time, and Python for a throw-away environment with duckdb and polars.
set -euo pipefail
cd "$(dirname "$0")/../.."
perchart=target/release/perchart rows=1000000 rounds=5 python=python3
while [ $# -gt 0 ]; do
    case $1 in
        --perchart) perchart=$2 ;;
        --rows) rows=$2 ;;
        --rounds) rounds=$2 ;;
        --python) python=$2 ;;
        *) echo "unknown option $1" >&2; exit 2 ;;
    esac
    shift 2
done
perchart=$(realpath "$perchart")
here=$PWD/benches/peers/import.py
place=$(mktemp -d)
trap 'rm -rf "$place"' EXIT
"$python" -m venv "$place/env"
"$place/env/bin/pip" install --quiet duckdb==2.0.1 polars==2.1.0
cargo bench --quiet --bench book -- write "$rows" "$place/charts.csv" >/dev/null
cd "$place"

# The seconds of wall clock and of processor time, and the peak memory in MiB.
timed() {
    local name=$1
    shift
    /usr/bin/time -o took -f '%e %U %S %M' "$@" >out 2>err
    awk -v name="$name" '{ printf "%-28s %6.2f s wall %6.2f s processor %6.1f MiB\n", name, $1, $2 + $3, $4 / 1024 }' took
}

dry() { timed "perchart --dry-run" "$perchart" import --dry-run --format json -q charts.csv; }
store() {
    rm -rf book && "$perchart" init book --defaults >/dev/null 2>&1
    timed "perchart import" "$perchart" --book book import -q charts.csv
}
grown() {
    # A thousand rows more, as a log grows. They repeat the last ones, which are twins inside one file.
    cp charts.csv grown.csv && tail -n 1000 charts.csv >>grown.csv
    "$perchart" --book book undo -q >/dev/null && "$perchart" --book book import -q charts.csv >/dev/null
    timed "perchart, 1,000 rows more" "$perchart" --book book import -q grown.csv
}

dry >/dev/null
for _ in $(seq "$rounds"); do
    dry
    timed "duckdb reads and groups" env/bin/python "$here" duckdb charts.csv
    timed "polars reads and groups" env/bin/python "$here" polars charts.csv
done
for _ in $(seq "$rounds"); do
    store
    rm -f t.db && timed "sqlite3 .import" sqlite3 t.db ".import --csv charts.csv t"
done
grown
