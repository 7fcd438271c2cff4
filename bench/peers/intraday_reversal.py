"""Twelve columns of gaps and reversals within a session."""
from frames import bars, unbroken

columns = [
    "gap_return", "close_return", "open_to_close_return", "range_fraction", "true_range", "true_range_fraction",
    "average_true_range_14", "close_location", "fade_from_high", "gap_retrace", "is_gap_and_reverse", "is_bearish_engulfing",
]


def frame(Frame, silver):
    d = bars(Frame, silver, "open", "high", "low", "close", "previous_open", "previous_close", "has_open", "has_range")
    d.set(o=d.when(d["has_open"], d["open"]), h=d.when(d["has_range"], d["high"]))
    o, h, l, c, previous = d["o"], d["h"], d["low"], d["close"], d["previous_close"]
    has_pair = d["has_open"] & d.present(previous)
    d.set(true_range=d.when(d["has_range"] & d.present(previous), d.largest(h - l, (h - previous).abs(), (l - previous).abs())))
    covers = (previous > d["previous_open"]) & (c < o) & (o >= previous) & (c <= d["previous_open"])
    d.set(
        gap_return=o / previous - 1,
        close_return=c / previous - 1,
        open_to_close_return=c / o - 1,
        range_fraction=(h - l) / previous,
        true_range_fraction=d["true_range"] / previous,
        average_true_range_14=d.when(unbroken(d, 14), d.mean(d["true_range"], 14)),
        close_location=d.when(h != l, ((c - l) - (h - c)) / (h - l)),
        fade_from_high=c / h - 1,
        gap_retrace=d.when(o > previous, (o - c) / (o - previous)),
        is_gap_and_reverse=d.when(has_pair, d.number((o / previous - 1 > 1e-2 + 1e-12) & (c < previous))),
        is_bearish_engulfing=d.when(has_pair, d.number(covers & ((o > previous) | (c < d["previous_open"])))),
    )
    return d


def query(silver):
    w = "(partition by symbol order by session rows between 13 preceding and current row)"
    return f"""
    with ranged as (
      select *, if(has_open, open, null) as o, if(has_range, high, null) as h,
        if(has_range and previous_close is not null, greatest(high - low, abs(high - previous_close), abs(low - previous_close)), null) as true_range
      from file('{silver}/daily_bars_as_known/*/data.parquet', Parquet)
    )
    select symbol, session,
      o / previous_close - 1 as gap_return, close / previous_close - 1 as close_return, close / o - 1 as open_to_close_return,
      (h - low) / previous_close as range_fraction, true_range, true_range / previous_close as true_range_fraction,
      if(session_number - lagInFrame(toNullable(session_number), 13) over {w} = 13 and count(true_range) over {w} = 14,
        avg(true_range) over {w}, null) as average_true_range_14,
      ((close - low) - (h - close)) / nullIf(h - low, 0) as close_location, close / h - 1 as fade_from_high,
      if(o > previous_close, (o - close) / (o - previous_close), null) as gap_retrace,
      if(o is null or previous_close is null, null, o / previous_close - 1 > 1e-2 + 1e-12 and close < previous_close) as is_gap_and_reverse,
      if(o is null or previous_close is null, null, previous_close > previous_open and close < o and o >= previous_close
        and close <= previous_open and (o > previous_close or close < previous_open)) as is_bearish_engulfing
    from ranged"""
