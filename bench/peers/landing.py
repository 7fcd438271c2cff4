"""
The work of landing with pandas or polars: decompress the file and verify its hash, read it, check each row as Precursor does (schemas/tables/
daily_bars.ts, pipeline/landing), stamp when it became known, sort, and write one ZSTD Parquet file a year.
"""
import gzip
import hashlib
import os
import re
import shutil

largest, smallest = 1e15, 1e-15
control = r"[\x00-\x08\x0B\x0C\x0E-\x1F\x7F]"
fetched_at = "2100-01-01"


def bytes_of(path):
    with open(path, "rb") as file:
        raw = gzip.decompress(file.read())
    assert hashlib.sha256(raw).hexdigest() in path
    return raw


def polars(path, silver, out):
    import io
    from datetime import datetime

    import polars as pl

    c, key = pl.col, path[path.index("bronze/") :]
    text, date, double = pl.String, pl.Date, pl.Float64
    types = {"symbol": text, "session": date, "open": double, "high": double, "low": double, "close": double, "volume": double}
    d = pl.read_csv(io.BytesIO(bytes_of(path)), schema=types)
    days = pl.read_parquet(f"{silver}/sessions/*/data.parquet", columns=["session", "closes_at", "as_of"], hive_partitioning=False)
    d = d.join(days.select("session", "closes_at"), on="session", how="left", maintain_order="left")
    prices = ("open", "high", "low", "close")
    sizes = [(c(name) != 0) & ((c(name).abs() < smallest) | (c(name).abs() > largest)) for name in prices]
    broken = [
        *(c(name).is_null() for name in ("symbol", "session", *prices)),
        *(~c(name).is_finite() for name in prices),
        *sizes,
        c("closes_at").is_null(),
        c("closes_at") > datetime.fromisoformat(fetched_at),
        c("symbol").str.contains(control),
        c("low") <= 0,
        c("high") < pl.max_horizontal("open", "close") * (1 - 1e-9),
        c("low") > pl.min_horizontal("open", "close") * (1 + 1e-9),
        c("high") >= 10 * c("low"),
        (c("volume") < 0) | (c("volume") != c("volume").floor()) | (c("volume") > 2**53 - 1),
    ]
    d = d.with_columns(broken=pl.any_horizontal(broken).fill_null(False))
    d = d.filter(~c("broken")).drop("broken")
    assert not d.select(pl.struct("symbol", "session").is_duplicated().any()).item()
    d = d.sort("symbol", "session")
    before = pl.when(c("symbol") == c("symbol").shift(1)).then(c("close").shift(1))
    assert not d.select(((c("close") > 10 * before) | (before > 10 * c("close"))).any()).item()
    d = d.with_columns(
        c("volume").cast(pl.Int64),
        source=pl.lit("bench"),
        known_at=c("closes_at") + pl.duration(minutes=120),
        known_basis=pl.lit("assumed"),
    ).drop("closes_at")
    # The first session whose evening is not before the instant.
    instants = d.select("known_at").unique().sort("known_at")
    evenings = days.select("as_of", known_session="session").sort("as_of")
    known = instants.join_asof(evenings, left_on="known_at", right_on="as_of", strategy="forward").select("known_at", "known_session")
    d = d.join(known, on="known_at", how="left", maintain_order="left")
    d = d.with_columns(fetched_at=pl.lit(fetched_at).str.to_datetime("%Y-%m-%d"), bronze_key=pl.lit(key))
    for (year,), part in d.group_by(c("session").dt.year(), maintain_order=True):
        part.write_parquet(f"{out}/{year}.parquet", compression="zstd")
    return len(d), pl.__version__


def pandas(path, silver, out):
    import io

    import numpy as np
    import pandas as pd

    key = path[path.index("bronze/") :]
    d = pd.read_csv(io.BytesIO(bytes_of(path)), parse_dates=["session"], engine="pyarrow")
    d["session"] = d["session"].astype("datetime64[ms]")
    days = pd.concat(
        pd.read_parquet(f"{silver}/sessions/{year}/data.parquet", columns=["session", "closes_at", "as_of"], partitioning=None)
        for year in sorted(os.listdir(f"{silver}/sessions"))
    )
    days["session"] = days["session"].astype("datetime64[ms]")
    d = d.merge(days[["session", "closes_at"]], on="session", how="left")
    prices = ["open", "high", "low", "close"]
    broken = d[["symbol", "session", *prices]].isna().any(axis=1) | d["closes_at"].isna() | (d["closes_at"] > pd.Timestamp(fetched_at))
    for name in prices:
        size = d[name].abs()
        broken |= ~np.isfinite(d[name]) | ((size != 0) & ((size < smallest) | (size > largest)))
    broken |= d["symbol"].str.contains(re.compile(control))
    broken |= (d["low"] <= 0) | (d["high"] < np.maximum(d["open"], d["close"]) * (1 - 1e-9))
    broken |= (d["low"] > np.minimum(d["open"], d["close"]) * (1 + 1e-9)) | (d["high"] >= 10 * d["low"])
    broken |= (d["volume"] < 0) | (d["volume"] != np.floor(d["volume"])) | (d["volume"] > 2**53 - 1)
    d = d[~broken]
    assert not d.duplicated(["symbol", "session"]).any()
    d = d.sort_values(["symbol", "session"])
    before = d["close"].shift(1).where(d["symbol"] == d["symbol"].shift(1))
    assert not ((d["close"] > 10 * before) | (before > 10 * d["close"])).any()
    d["volume"] = d["volume"].astype("int64")
    d["known_at"] = (d.pop("closes_at") + pd.Timedelta(minutes=120)).astype("datetime64[ms]")
    instants = d[["known_at"]].drop_duplicates().sort_values("known_at")
    days["as_of"] = days["as_of"].astype("datetime64[ms]")
    evenings = days[["as_of", "session"]].rename(columns={"session": "known_session"}).sort_values("as_of")
    known = pd.merge_asof(instants, evenings, left_on="known_at", right_on="as_of", direction="forward")
    d = d.merge(known[["known_at", "known_session"]], on="known_at", how="left")
    d = d.assign(source="bench", known_basis="assumed", fetched_at=pd.Timestamp(fetched_at), bronze_key=key)
    for year, part in d.groupby(d["session"].dt.year):
        part.to_parquet(f"{out}/{year}.parquet", compression="zstd", index=False)
    return len(d), pd.__version__


def land(library, paths, silver, out):
    shutil.rmtree(out, ignore_errors=True)
    os.makedirs(out)
    done = [globals()[library](path, silver, out) for path in paths]
    return sum(count for count, _ in done), done[0][1]
