"""Times the engines on the files that prepare.py wrote, and prints the tables.

    measure.py FOLDER YEAR ROUNDS --taxsim EXECUTABLE --perchart EXECUTABLE

The engines take turns, round by round, so that another job on the machine slows all of them alike.
"""

import argparse
import os
import subprocess
import sys
import time
from pathlib import Path
from statistics import median

PYTHON_ENGINES = ("taxcalc", "taxsim-py", "tenforty")
LAST_YEAR = {"taxsim-py": 2025, "tenforty": 2025}
# tenforty needs half a minute for 100,000. Its time a household hardly depends on their number.
ROWS_IN_MEMORY = {"tenforty": 10_000}
# Calculations in one start of an engine.
REPEATS = 3
THREADS = "NUMBA_NUM_THREADS OMP_NUM_THREADS OPENBLAS_NUM_THREADS POLARS_MAX_THREADS RAYON_NUM_THREADS"
ONE_THREAD = dict.fromkeys(THREADS.split(), "1")
STEPS = ("import", "read", "set up", "calculate", "write")
ENGINE = Path(__file__).with_name("engine.py")


def parsed_arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("year", type=int)
    parser.add_argument("rounds", type=int)
    parser.add_argument("--taxsim")
    parser.add_argument("--perchart")
    return parser.parse_args()


def numbers(command, **options):
    printed = subprocess.run(command, check=True, capture_output=True, text=True, **options).stdout
    return [float(number) for number in printed.split()]


def row_count(path):
    with open(path) as file:
        return sum(1 for _ in file) - 1


def in_memory(engines, arguments):
    runs = {name: [] for name in engines}
    for _ in range(arguments.rounds):
        for name in engines:
            path = arguments.folder / f"{name}.csv"
            rows = min(row_count(path), ROWS_IN_MEMORY.get(name, sys.maxsize))
            command = [sys.executable, ENGINE, name, arguments.year, path, REPEATS, rows]
            times = numbers(["taskset", "-c", "0", *map(str, command)], env=os.environ | ONE_THREAD)
            runs[name] += [rows / time for time in times]

    print(f"\n{'In memory, one core':<24}{'returns a second: best':>24}{'median':>12}")
    for name, speeds in runs.items():
        print(f"{name:<24}{max(speeds):>24,.0f}{median(speeds):>12,.0f}")


def whole_job(name, arguments):
    """The seconds by the clock, and of each step where the engine tells them."""
    source, target = arguments.folder / f"{name}.csv", arguments.folder / f"{name}.out"
    start = time.perf_counter()
    steps = []
    if name == "perchart":
        subprocess.run([arguments.perchart, "batch", "--round", "cents", source, "-o", target], check=True)
    elif name == "taxsim":
        with open(source) as households, open(target, "w") as results:
            subprocess.run([arguments.taxsim], stdin=households, stdout=results, check=True)
    else:
        steps = numbers([sys.executable, ENGINE, name, str(arguments.year), source, target])
    total = time.perf_counter() - start
    assert row_count(target) == row_count(source), f"{name} left households out"
    return total, steps


def whole_process(engines, arguments):
    runs = {name: [] for name in engines}
    for turn in range(arguments.rounds + 1):
        for name in engines:
            run = whole_job(name, arguments)
            # The first round fills the caches of files and of compiled code.
            if turn > 0:
                runs[name].append(run)

    print(f"\n{'Whole process':<16}{'s: best':>10}{'median':>10}{'/ perchart':>12}    median of each step, s")
    for name, results in runs.items():
        totals = [total for total, _ in results]
        ratio = ""
        if "perchart" in runs:
            ratio = f"{median(total / base for total, (base, _) in zip(totals, runs['perchart'])):.1f}"
        steps = [median(step) for step in zip(*(steps for _, steps in results))]
        told = ", ".join(f"{step} {length:.2f}" for step, length in zip(STEPS, steps))
        print(f"{name:<16}{min(totals):>10.2f}{median(totals):>10.2f}{ratio:>12}    {told}")


def main():
    arguments = parsed_arguments()
    count = row_count(arguments.folder / "taxcalc.csv")
    print(f"\n== {arguments.year}: {count:,} households, {arguments.rounds} rounds ==")
    engines = [name for name in PYTHON_ENGINES if arguments.year <= LAST_YEAR.get(name, arguments.year)]
    in_memory(engines, arguments)
    others = [name for name in ("perchart", "taxsim") if getattr(arguments, name)]
    whole_process(others + engines, arguments)
    print("\nLoad of the machine in the last minutes:", *(f"{load:.1f}" for load in os.getloadavg()))


if __name__ == "__main__":
    main()
