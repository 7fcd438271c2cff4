"""Twelve columns of realized volatility: six estimators over 20 and 60 sessions."""
from math import log

from frames import bars, same, unbroken

windows = (20, 60)
estimators = ("close_to_close", "zero_mean", "parkinson", "garman_klass", "rogers_satchell", "yang_zhang")
columns = [f"{name}_{n}" for n in windows for name in estimators]


def weight(n):
    return 0.34 / (1.34 + (n + 1) / (n - 1))


def frame(Frame, silver):
    d = bars(Frame, silver, "open", "high", "low", "close", "previous_close", "has_open", "has_range")
    o, h, l, c = d["open"], d["high"], d["low"], d["close"]
    d.set(
        r=d.log(c / d["previous_close"]),
        range=d.when(d["has_range"], d.log(h / l)),
        night=d.when(d["has_open"], d.log(o / d["previous_close"])),
        day=d.when(d["has_open"], d.log(c / o)),
        rs=d.when(d["has_open"], d.log(h / c) * d.log(h / o) + d.log(l / c) * d.log(l / o)),
    )
    gk = 0.5 * d["range"] * d["range"] - (2 * log(2) - 1) * d["day"] * d["day"]
    d.set(rr=d["r"] * d["r"], rangerange=d["range"] * d["range"], gk=gk)
    for n in windows:
        of_returns = lambda x: d.when(same(d, n), (252 * x) ** 0.5)
        of_bars = lambda x: d.when(unbroken(d, n), (252 * x.clip(0)) ** 0.5)
        yz = d.variance(d["night"], n) + weight(n) * d.variance(d["day"], n) + (1 - weight(n)) * d.mean(d["rs"], n)
        made = (
            d.when(same(d, n), d.deviation(d["r"], n) * 252**0.5),
            of_returns(d.mean(d["rr"], n)),
            of_bars(d.mean(d["rangerange"], n) / (4 * log(2))),
            of_bars(d.mean(d["gk"], n)),
            of_bars(d.mean(d["rs"], n)),
            of_bars(yz),
        )
        d.set(**{f"{name}_{n}": column for name, column in zip(estimators, made)})
    return d


def moments(n):
    whole = f"session_number - lagInFrame(session_number, {n - 1}) over w{n} = {n - 1}"
    return f"""
        count(r) over w{n} = {n} as has_returns_{n},
        {whole} and count(range) over w{n} = {n} as has_ranges_{n},
        {whole} and count(day) over w{n} = {n} as has_opens_{n},
        stddevSampStable(r) over w{n} as deviation_{n}, avg(r * r) over w{n} as rr_{n}, avg(range * range) over w{n} as range_{n},
        avg(gk) over w{n} as gk_{n}, avg(rs) over w{n} as rs_{n},
        varSampStable(night) over w{n} as night_{n}, varSampStable(day) over w{n} as day_{n}"""


def annualised(n):
    k = weight(n)
    of = lambda has, x: f"if(has_{has}_{n}, sqrt(252 * greatest({x}, 0)), null)"
    return f"""
        if(has_returns_{n}, deviation_{n} * sqrt(252), null) as close_to_close_{n}, {of('returns', f'rr_{n}')} as zero_mean_{n},
        {of('ranges', f'range_{n} / (4 * log(2))')} as parkinson_{n}, {of('opens', f'gk_{n}')} as garman_klass_{n},
        {of('opens', f'rs_{n}')} as rogers_satchell_{n},
        {of(f'returns_{n} and has_opens', f'night_{n} + {k} * day_{n} + {1 - k} * rs_{n}')} as yang_zhang_{n}"""


def query(silver):
    window = lambda n: f"w{n} as (partition by symbol order by session rows between {n - 1} preceding and current row)"
    return f"""
    with logs as (
      select symbol, session, toNullable(session_number) as session_number, log(close / previous_close) as r,
        if(has_range, log(high / low), null) as range,
        if(has_open, log(open / previous_close), null) as night, if(has_open, log(close / open), null) as day,
        if(has_open, log(high / close) * log(high / open) + log(low / close) * log(low / open), null) as rs,
        0.5 * range * range - (2 * log(2) - 1) * day * day as gk
      from file('{silver}/daily_bars_as_known/*/data.parquet', Parquet)
    ),
    moments as (select symbol, session, {','.join(map(moments, windows))} from logs window {', '.join(map(window, windows))})
    select symbol, session, {','.join(map(annualised, windows))} from moments"""
