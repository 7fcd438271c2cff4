"""Five estimates of spread and illiquidity over 21 sessions: Amihud, Corwin-Schultz, Abdi-Ranaldo, Roll and EDGE."""
import edge
from frames import bars, same

n = 21
columns = ["amihud_illiquidity_21", "corwin_schultz_21", "abdi_ranaldo_21", "roll_21", "edge_21"]


def frame(Frame, silver):
    d = bars(Frame, silver, "open", "high", "low", "close", "volume", "previous_close", "previous_high", "previous_low", "has_open", "has_range")
    previous, before_high, before_low = d["previous_close"], d["previous_high"], d["previous_low"]
    value = d["close"] * d["volume"]
    d.set(
        r=d.log(d["close"] / previous),
        impact=d.when(value != 0, (d["close"] / previous - 1).abs() / value * 1e6),
        top=d.when(d["has_range"], d["high"]),
        bottom=d.when(d["has_range"], d["low"]),
        move=(d["low"] - previous).clip(0) - (previous - d["high"]).clip(0),
    )
    d.set(shifted_top=d["top"] - d["move"], shifted_bottom=d["bottom"] - d["move"], before_r=d["r"].shift(1))
    beta = d.log(before_high / before_low) ** 2 + d.log(d["shifted_top"] / d["shifted_bottom"]) ** 2
    gamma = d.log(d.largest(before_high, d["shifted_top"]) / d.smallest(before_low, d["shifted_bottom"])) ** 2
    d.set(beta=d.when(d["shifted_bottom"] > 0, beta), gamma=d.when(d["shifted_bottom"] > 0, gamma))
    halves = lambda x, y: (d.log(x) + d.log(y)) / 2
    product = 4 * (d.log(previous) - halves(before_high, before_low)) * (d.log(previous) - halves(d["top"], d["bottom"]))
    w = 3 - 2 * 2**0.5
    alpha = ((2 * d["beta"]) ** 0.5 - d["beta"] ** 0.5) / w - (d["gamma"] / w) ** 0.5
    d.set(grown=2.718281828459045**alpha, product=product, before_r=d.when(same(d, 2), d["before_r"]))
    d.set(two_day=(2 * (d["grown"] - 1) / (1 + d["grown"])).clip(0))
    edge.add(d, n - 1)
    ranges = same(d, n) & d.present(d.mean(d["two_day"], n))
    covariance = d.covariance(d["r"], d["before_r"], n)
    d.set(
        amihud_illiquidity_21=d.when(same(d, n), d.mean(d["impact"], n)),
        corwin_schultz_21=d.when(ranges, d.mean(d["two_day"], n)),
        abdi_ranaldo_21=d.when(ranges, d.mean(d["product"], n).clip(0) ** 0.5),
        roll_21=d.when(same(d, n), 2 * (-covariance).clip(0) ** 0.5),
        edge_21=d.when(same(d, n), d["edge"]),
    )
    return d


def query(silver):
    relation = f"file('{silver}/daily_bars_as_known/*/data.parquet', Parquet)"
    w = f"(partition by symbol order by session rows between {n - 1} preceding and current row)"
    halves = lambda x, y: f"(log({x}) + log({y})) / 2"
    return f"""
    with paired as (
      select symbol, session, log(close / previous_close) as r,
        lagInFrame(r) over (partition by symbol order by session rows between unbounded preceding and unbounded following) as before_r,
        abs(close / previous_close - 1) / nullIf(close * volume, 0) * 1e6 as impact,
        if(has_range, high, null) as top, if(has_range, low, null) as bottom,
        greatest(low - previous_close, 0) - greatest(previous_close - high, 0) as move,
        if(bottom - move > 0, pow(log(previous_high / previous_low), 2) + pow(log((top - move) / (bottom - move)), 2), null) as beta,
        if(bottom - move > 0, pow(log(greatest(previous_high, top - move) / least(previous_low, bottom - move)), 2), null) as gamma,
        4 * (log(previous_close) - {halves('previous_high', 'previous_low')}) * (log(previous_close) - {halves('top', 'bottom')}) as product,
        (sqrt(2 * beta) - sqrt(beta)) / (3 - 2 * sqrt(2)) - sqrt(gamma / (3 - 2 * sqrt(2))) as alpha,
        if(alpha is null, null, greatest(2 * (exp(alpha) - 1) / (1 + exp(alpha)), 0)) as two_day
      from {relation}
    ),
    averaged as (
      select symbol, session,
        if(count(impact) over {w} = {n}, avg(impact) over {w}, null) as amihud_illiquidity_21,
        count(two_day) over {w} = {n} as has_ranges,
        if(has_ranges, avg(two_day) over {w}, null) as corwin_schultz_21,
        if(has_ranges, sqrt(greatest(avg(product) over {w}, 0)), null) as abdi_ranaldo_21,
        if(count(before_r) over {w} = {n}, 2 * sqrt(greatest(-covarSampStable(r, before_r) over {w}, 0)), null) as roll_21
      from paired
    )
    select a.*, e.edge as edge_21 from averaged a
    left join ({edge.query(relation, n - 1)}) e on e.symbol = a.symbol and e.session = a.session"""
