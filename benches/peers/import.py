"""What other programs do with a log of charts: rows, charts, cents and minutes by payer, type and month.

usage: import.py duckdb|polars FILE
"""

import sys

engine, path = sys.argv[1:3]
if engine == "duckdb":
    import duckdb

    columns = {
        "work_date": "DATE", "payer": "VARCHAR", "chart_type": "VARCHAR", "count": "INTEGER", "rejected": "INTEGER",
        "rate": "DECIMAL(12, 6)", "amount": "DECIMAL(14, 2)", "minutes": "DECIMAL(10, 1)", "accuracy": "DECIMAL(7, 4)",
        "paid_on": "DATE",
    }
    rows = duckdb.execute(
        "SELECT payer, chart_type, year(work_date), month(work_date), count(*), sum(count), sum(amount), sum(minutes) "
        "FROM read_csv(?, header = true, columns = ?) GROUP BY ALL",
        [path, columns],
    ).fetchall()
    print(len(rows), sum(row[4] for row in rows), sum(row[6] for row in rows))
else:
    import polars

    money = {"rate": polars.Decimal(12, 6), "amount": polars.Decimal(14, 2)}
    frame = polars.scan_csv(path, schema_overrides=money, try_parse_dates=True)
    day = polars.col("work_date")
    groups = frame.group_by(["payer", "chart_type", day.dt.year().alias("year"), day.dt.month().alias("month")])
    sums = [polars.len(), polars.col("count").sum(), polars.col("amount").sum(), polars.col("minutes").sum()]
    table = groups.agg(sums).collect()
    print(table.height, table["len"].sum(), table["amount"].sum())
