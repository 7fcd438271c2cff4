"""Ten forward labels: the lowest close of the next sessions, whether it is 5 % lower, and the return until then."""

drops, horizons = (5, 10, 20, 60), (1, 5, 10, 21, 63)
columns = [*(f"forward_minimum_return_{n}" for n in drops), "is_drawdown_5", *(f"forward_return_{n}" for n in horizons)]


def frame(Frame, silver):
    d = Frame(silver, "daily_bars", ["symbol", "session", "source", "known_at", "close"])
    d.keep_last("symbol", "session", "source", "known_at")
    d.join(Frame(silver, "sessions", ["session", "session_number"]), on="session")

    def ahead(n):
        return (d["symbol"] == d["symbol"].shift(-n)) & (d["session_number"].shift(-n) == d["session_number"] + n)

    d.set(**{f"forward_minimum_return_{n}": d.when(ahead(n), d.lowest(d["close"], n).shift(-n) / d["close"] - 1) for n in drops})
    drop = d["forward_minimum_return_20"]
    d.set(
        is_drawdown_5=d.when(d.present(drop), d.number(drop <= -5e-2 + 1e-12)),
        **{f"forward_return_{n}": d.when(ahead(n), d["close"].shift(-n) / d["close"] - 1) for n in horizons},
    )
    return d


def query(silver):
    all_rows = "(partition by symbol order by session rows between unbounded preceding and unbounded following)"
    lead = lambda x, n: f"leadInFrame(toNullable({x}), {n}) over {all_rows}"
    is_ahead = lambda n: f"{lead('session_number', n)} = session_number + {n}"
    lowest = lambda n: f"min(close) over (partition by symbol order by session rows between 1 following and {n} following)"
    parts = [f"if({is_ahead(n)}, {lowest(n)}, null) / close - 1 as forward_minimum_return_{n}" for n in drops]
    parts += ["forward_minimum_return_20 <= -5e-2 + 1e-12 as is_drawdown_5"]
    parts += [f"if({is_ahead(n)}, {lead('close', n)}, null) / close - 1 as forward_return_{n}" for n in horizons]
    return f"""
    with chosen as (
      select *, row_number() over (partition by symbol, session order by source, known_at desc) as preference
      from file('{silver}/daily_bars/*/data.parquet', Parquet)
    ),
    bars as (
      select b.symbol as symbol, b.session as session, b.close as close, s.session_number as session_number
      from chosen b join file('{silver}/sessions/*/data.parquet', Parquet) s on s.session = b.session where preference = 1
    )
    select symbol, session, {', '.join(parts)} from bars"""
