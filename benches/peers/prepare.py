"""Writes the households of one CSV file, repeated, as the input file of each engine.

    prepare.py HOUSEHOLDS.csv FOLDER COUNT

The file has the columns of `perchart batch`; others are left out. Its rows are of one year, which is printed.
README.md beside this says what each engine gets.
"""

import csv
import sys
from itertools import cycle, islice
from pathlib import Path

PERCHART_COLUMNS = (
    "id year status age age_spouse kid_ages se se_spouse sstb wages wages_spouse interest ord_div qual_div ltcg "
    "sehi_premiums retirement ira student_interest mortgage salt charity medical state"
).split()


class Household:
    """One row, with numbers where the engines want numbers."""

    def __init__(self, row, number):
        self.row = row
        self.id = number
        self.status = row["status"]
        self.kids = [int(age) for age in row.get("kid_ages", "").split(";") if age]
        self.joint = self.status == "mfj"

    def __getitem__(self, column):
        return int(self.row.get(column) or 0)

    def kids_under(self, age):
        return sum(kid < age for kid in self.kids)


def perchart(home):
    return {column: home.row[column] for column in PERCHART_COLUMNS if column in home.row} | {"id": home.id}


def taxcalc(home):
    # The age of a spouse who is not on the return would count as a second person.
    age_spouse = home["age_spouse"] if home.joint else 0
    return {
        "RECID": home.id,
        "MARS": {"single": 1, "mfj": 2, "mfs": 3, "hoh": 4, "qss": 5}[home.status],
        "XTOT": 1 + home.joint + len(home.kids),
        "age_head": home["age"],
        "age_spouse": age_spouse,
        "n24": home.kids_under(17),
        "nu18": home.kids_under(18),
        "nu13": home.kids_under(13),
        "nu06": home.kids_under(6),
        "n1820": (18 <= home["age"] <= 20) + (18 <= age_spouse <= 20) + home.kids_under(21) - home.kids_under(18),
        "n21": (home["age"] > 20) + (age_spouse > 20) + len(home.kids) - home.kids_under(21),
        "EIC": min(3, home.kids_under(19)),
        "e00900": home["se"] + home["se_spouse"],
        "e00900p": home["se"],
        "e00900s": home["se_spouse"],
        "PT_SSTB_income": home["sstb"],
        "e00200": home["wages"] + home["wages_spouse"],
        "e00200p": home["wages"],
        "e00200s": home["wages_spouse"],
        "e00300": home["interest"],
        "e00600": home["ord_div"],
        "e00650": home["qual_div"],
        "p23250": home["ltcg"],
        "e03270": home["sehi_premiums"],
        "e03300": home["retirement"],
        "e03150": home["ira"],
        "e03210": home["student_interest"],
        "e19200": home["mortgage"],
        "e18400": home["salt"],
        "e19800": home["charity"],
        "e17500": home["medical"],
    }


def taxsim_row(home, business, business_spouse):
    """The inputs of TAXSIM; its successor in Rust names the business differently."""
    if home["sstb"]:
        business, business_spouse = "pprofinc", "sprofinc"
    return dict.fromkeys(("psemp", "ssemp", "pbusinc", "sbusinc", "pprofinc", "sprofinc"), 0) | {
        "taxsimid": home.id,
        "year": home["year"],
        "state": 0,
        "mstat": {"single": 1, "hoh": 1, "mfj": 2, "qss": 2, "mfs": 6}[home.status],
        "page": home["age"],
        "sage": home["age_spouse"] if home.joint else 0,
        "depx": len(home.kids),
        "dep13": home.kids_under(13),
        "dep17": home.kids_under(17),
        "dep18": home.kids_under(19),
        business: home["se"],
        business_spouse: home["se_spouse"],
        "pwages": home["wages"],
        "swages": home["wages_spouse"],
        # TAXSIM means qualified dividends; the others are taxed like interest.
        "dividends": home["qual_div"],
        "intrec": home["interest"] + home["ord_div"] - home["qual_div"],
        "ltcg": home["ltcg"],
        "mortgage": home["mortgage"],
        "proptax": home["salt"],
        "otheritem": home["charity"],
    }


def taxsim(home):
    return taxsim_row(home, "psemp", "ssemp")


def taxsim_py(home):
    return taxsim_row(home, "pbusinc", "sbusinc")


def tenforty(home):
    itemized = home["mortgage"] + home["salt"] + home["charity"]
    return {
        "year": home["year"],
        "filing_status": {
            "single": "Single",
            "mfj": "Married/Joint",
            "mfs": "Married/Sep",
            "hoh": "Head_of_House",
            "qss": "Widow(er)",
        }[home.status],
        "standard_or_itemized": "Itemized" if itemized else "Standard",
        "w2_income": home["wages"] + home["wages_spouse"],
        "taxable_interest": home["interest"],
        "ordinary_dividends": home["ord_div"],
        "qualified_dividends": home["qual_div"],
        "long_term_capital_gains": home["ltcg"],
        "self_employment_income": home["se"] + home["se_spouse"],
        "qbi_is_sstb": home["sstb"],
        "itemized_deductions": itemized,
    }


ENGINES = {"perchart": perchart, "taxcalc": taxcalc, "taxsim": taxsim, "taxsim-py": taxsim_py, "tenforty": tenforty}


def main(households, folder, count):
    with open(households, newline="") as file:
        rows = list(csv.DictReader(file))
    (year,) = {row["year"] for row in rows}
    homes = [Household(row, number) for number, row in enumerate(islice(cycle(rows), count), start=1)]
    for name, inputs_of in ENGINES.items():
        with open(Path(folder) / f"{name}.csv", "w", newline="") as file:
            writer = csv.DictWriter(file, inputs_of(homes[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(map(inputs_of, homes))
    print(year)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
