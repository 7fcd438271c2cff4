"""The same work with pandas or polars: read the CSV, check the bar rules, stamp, sort, write one ZSTD Parquet a year."""
import os, resource, shutil, sys, time

library, csv, out = sys.argv[1:4]
shutil.rmtree(out, ignore_errors=True)
os.makedirs(out)


def with_pandas():
    import pandas as pd

    start = time.perf_counter()
    d = pd.read_csv(csv, parse_dates=["session"])
    d = d[~d.duplicated(["symbol", "session"], keep=False)]
    good = (d.low > 0) & (d.high >= d[["open", "close"]].max(axis=1)) & (d.low <= d[["open", "close"]].min(axis=1)) & (d.volume >= 0)
    d = d[good]
    d["source"] = "bench"
    d["known_at"] = d.session + pd.Timedelta(hours=23)
    d["known_basis"] = "assumed"
    d["known_session"] = d.session
    d["fetched_at"] = pd.Timestamp("2026-01-01")
    d["bronze_key"] = "bronze/import/bars.csv.gz"
    d = d.sort_values(["symbol", "session"])
    for year, part in d.groupby(d.session.dt.year):
        part.to_parquet(f"{out}/{year}.parquet", compression="zstd", index=False)
    return len(d), start, pd.__version__


def with_polars():
    import polars as pl

    start = time.perf_counter()
    d = pl.read_csv(csv, try_parse_dates=True)
    d = d.filter(pl.struct("symbol", "session").is_duplicated().not_())
    d = d.filter(
        (pl.col("low") > 0)
        & (pl.col("high") >= pl.max_horizontal("open", "close"))
        & (pl.col("low") <= pl.min_horizontal("open", "close"))
        & (pl.col("volume") >= 0)
    )
    d = d.with_columns(
        pl.lit("bench").alias("source"),
        (pl.col("session").cast(pl.Datetime) + pl.duration(hours=23)).alias("known_at"),
        pl.lit("assumed").alias("known_basis"),
        pl.col("session").alias("known_session"),
        pl.lit("bronze/import/bars.csv.gz").alias("bronze_key"),
    ).sort("symbol", "session")
    for year in d["session"].dt.year().unique().sort():
        d.filter(pl.col("session").dt.year() == year).write_parquet(f"{out}/{year}.parquet", compression="zstd")
    return d.height, start, pl.__version__


count, start, version = with_pandas() if library == "pandas" else with_polars()
took = time.perf_counter() - start
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(f"{library + ' ' + version + ': CSV to Parquet, checked and stamped':44}{took:8.2f} s   {count / took:.0f} rows/s, {peak:.0f} MiB peak")
