"""Runs one engine and prints the seconds of each step.

    engine.py NAME YEAR IN.csv OUT.csv            the whole job, from a file to a file
    engine.py NAME YEAR IN.csv REPEATS [ROWS]     the calculation alone, in memory, again and again

NAME is a class below. Of several documented ways to do a step, the class takes the fastest.
"""

import sys
import time


class Taxcalc:
    def load(self):
        import pandas
        import polars
        import taxcalc

        self.pandas, self.polars, self.taxcalc = pandas, polars, taxcalc

    def read(self, path, rows=None):
        self.frame = self.pandas.read_csv(path, nrows=rows)

    def set_up(self, year):
        # Law of later years is not needed, and working it out takes a quarter more time. 2030 is the least it accepts.
        policy = self.taxcalc.Policy(last_budget_year=2030)
        policy.set_year(year)
        records = self.taxcalc.Records(
            self.frame, start_year=year, gfactors=None, weights=None, exact_calculations=True
        )
        self.calculator = self.taxcalc.Calculator(policy=policy, records=records, verbose=False)

    def calculate(self):
        self.calculator.calc_all()

    def write(self, path):
        # pandas would need a second for this.
        columns = "RECID setax c03260 c00100 c04470 qbided c04800 c05800 c07220 odc c11070 eitc ptax_amc niit iitax"
        values = {column: self.calculator.array(column) for column in columns.split()}
        self.polars.DataFrame(values).write_csv(path, float_precision=2)


class TaxsimPy:
    def load(self):
        import polars
        import taxsim_py

        self.polars, self.taxsim_py = polars, taxsim_py

    def read(self, path, rows=None):
        self.frame = self.polars.read_csv(path, n_rows=rows)

    def set_up(self, year):
        pass

    def calculate(self):
        self.results = self.taxsim_py.calculate_taxes(self.frame, engine="rust")

    def write(self, path):
        inputs = [column for column in self.frame.columns if column != "taxsimid"]
        self.results.drop(inputs).write_csv(path, float_precision=2)


class Tenforty:
    def load(self):
        import polars
        import tenforty

        self.polars, self.tenforty = polars, tenforty

    def read(self, path, rows=None):
        self.frame = self.polars.read_csv(path, n_rows=rows)

    def set_up(self, year):
        self.columns = {column.name: column.to_list() for column in self.frame}

    def calculate(self):
        self.results = self.tenforty.evaluate_returns(**self.columns, backend="graph", mode="zip")

    def write(self, path):
        self.results.write_csv(path, float_precision=2)


def seconds(action, *arguments):
    start = time.perf_counter()
    action(*arguments)
    return time.perf_counter() - start


def whole_job(engine, year, source, target):
    print(
        seconds(engine.load),
        seconds(engine.read, source),
        seconds(engine.set_up, year),
        seconds(engine.calculate),
        seconds(engine.write, target),
    )


def in_memory(engine, year, source, repeats, rows=None):
    engine.load()
    engine.read(source, rows)
    engine.set_up(year)
    engine.calculate()  # the first time compiles or loads the compiled
    print(*(seconds(engine.calculate) for _ in range(repeats)))


if __name__ == "__main__":
    name, year, source, *rest = sys.argv[1:]
    engine = {"taxcalc": Taxcalc, "taxsim-py": TaxsimPy, "tenforty": Tenforty}[name]()
    if rest[0].isdigit():
        in_memory(engine, int(year), source, *map(int, rest))
    else:
        whole_job(engine, int(year), source, *rest)
