"""Columns of pandas and of polars under the same names, so that a feature is one formula for both. Rows are sorted by symbol and session."""
import glob


class Polars:
    """A frame of polars. Formulas are expressions, which `set` evaluates in parallel."""

    def __init__(self, silver, table, columns):
        import polars

        self.pl, self.version = polars, polars.__version__
        frame = polars.read_parquet(f"{silver}/{table}/*/data.parquet", columns=columns, hive_partitioning=False)
        self.frame = frame.sort("symbol", "session") if "symbol" in columns else frame

    def __getitem__(self, name):
        return self.pl.col(name)

    def set(self, **columns):
        self.frame = self.frame.with_columns(**columns)

    def join(self, other, on):
        self.frame = self.frame.join(other.frame, on=on, how="inner", maintain_order="left")

    def keep_last(self, *order):
        """Keeps the latest vintage from the first source, of each symbol and session."""
        symbol, session, source, known_at = order
        chosen = self.frame.sort(order, descending=[False, False, False, True], maintain_order=False)
        self.frame = chosen.unique([symbol, session], keep="first", maintain_order=True)

    def log(self, x):
        return x.log()

    def when(self, condition, x, otherwise=None):
        return self.pl.when(condition).then(x).otherwise(otherwise)

    def number(self, condition):
        return condition.cast(self.pl.Float64)

    def present(self, x):
        return x.is_not_null()

    def mean(self, x, n):
        return x.rolling_mean(n)

    def total(self, x, n):
        return x.rolling_sum(n)

    def lowest(self, x, n):
        return x.rolling_min(n)

    def deviation(self, x, n):
        return x.rolling_std(n)

    def variance(self, x, n):
        return x.rolling_var(n)

    def covariance(self, x, y, n):
        return self.pl.rolling_cov(x, y, window_size=n, min_samples=n)

    def largest(self, *xs):
        return self.pl.max_horizontal(*xs)

    def smallest(self, *xs):
        return self.pl.min_horizontal(*xs)


    def write(self, columns, path):
        self.frame.select("symbol", "session", *columns).write_parquet(path)

    def store(self, columns, folder):
        rows = self.frame.select("symbol", "session", *columns)
        for (year,), part in rows.group_by(self.pl.col("session").dt.year(), maintain_order=True):
            part.write_parquet(f"{folder}/{year}.parquet", compression="zstd")


class Pandas:
    """A frame of pandas. NULL is NaN."""

    def __init__(self, silver, table, columns):
        import numpy
        import pandas

        self.np, self.pd, self.version = numpy, pandas, pandas.__version__
        files = sorted(glob.glob(f"{silver}/{table}/*/data.parquet"))
        frame = pandas.concat([pandas.read_parquet(file, columns=columns, partitioning=None) for file in files])
        if "symbol" in columns:
            frame = frame.sort_values(["symbol", "session"])
        self.frame = frame.reset_index(drop=True)

    def __getitem__(self, name):
        return self.frame[name]

    def set(self, **columns):
        self.frame = self.frame.assign(**columns)

    def join(self, other, on):
        self.frame = self.frame.merge(other.frame, on=on, how="inner")

    def keep_last(self, *order):
        chosen = self.frame.sort_values(list(order), ascending=[True, True, True, False])
        self.frame = chosen.drop_duplicates(list(order[:2])).reset_index(drop=True)

    def log(self, x):
        return self.np.log(x)

    def when(self, condition, x, otherwise=float("nan")):
        return self.pd.Series(self.np.where(condition, x, otherwise), index=self.frame.index)

    def number(self, condition):
        return condition.astype("float64")

    def present(self, x):
        return x.notna()

    def mean(self, x, n):
        return x.rolling(n).mean()

    def total(self, x, n):
        return x.rolling(n).sum()

    def lowest(self, x, n):
        return x.rolling(n).min()

    def deviation(self, x, n):
        return x.rolling(n).std()

    def variance(self, x, n):
        return x.rolling(n).var()

    def covariance(self, x, y, n):
        return x.rolling(n).cov(y)

    def largest(self, *xs):
        return self.np.maximum.reduce([self.np.asarray(x) for x in xs])

    def smallest(self, *xs):
        return self.np.minimum.reduce([self.np.asarray(x) for x in xs])

    def write(self, columns, path):
        self.frame[["symbol", "session", *columns]].to_parquet(path, index=False)

    def store(self, columns, folder):
        rows = self.frame[["symbol", "session", *columns]]
        for year, part in rows.groupby(self.pd.to_datetime(rows["session"]).dt.year):
            part.to_parquet(f"{folder}/{year}.parquet", compression="zstd", index=False)


def bars(Frame, silver, *columns):
    """Bars as first known, each with the previous one (daily_bars_as_known)."""
    return Frame(silver, "daily_bars_as_known", ["symbol", "session", "session_number", *columns])


def same(d, n):
    """Whether the n rows up to this one are of one symbol."""
    return d["symbol"] == d["symbol"].shift(n - 1)


def unbroken(d, n):
    """Whether the n rows up to this one are of one symbol and of n consecutive sessions."""
    return same(d, n) & (d["session_number"] - d["session_number"].shift(n - 1) == n - 1)
