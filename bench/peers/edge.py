"""EDGE over windows of bars (Ardia, Guidotti and Kroencke 2024), from rolling means of the products of its terms."""

# x1 and x2 of the paper as sums of products, each with a weight that is constant in a window.
products = {"a": ("r1", "r2"), "b": ("tau", "r2"), "e": ("r3", "r4"), "f": ("tau", "r4"), "g": ("r1", "r5"), "h": ("tau", "r5"), "i": ("r5", "r4")}
first, second = "abef", "ghif"


def add(d, n):
    """Adds `edge`: the spread over the n pairs of bars up to each row."""
    o = d.when(d["has_open"] & d["has_range"] & d.present(d["previous_close"]), d.log(d["open"]))
    d.set(o=o, h=d.log(d["high"]), l=d.log(d["low"]), c1=d.log(d["previous_close"]))
    d.set(h1=d.log(d["previous_high"]), l1=d.log(d["previous_low"]))
    m, m1 = (d["h"] + d["l"]) / 2, (d["h1"] + d["l1"]) / 2
    moved = d.number((d["h"] != d["l"]) | (d["l"] != d["c1"]))
    d.set(r1=m - d["o"], r2=d["o"] - m1, r3=m - d["c1"], r4=d["c1"] - m1, r5=d["o"] - d["c1"])
    d.set(tau=d.when(d.present(d["o"]), moved))
    different = lambda x, y: d.number(d[x] != d[y])
    d.set(po=d["tau"] * (different("o", "h") + different("o", "l")), pc=d["tau"] * (different("c1", "h1") + different("c1", "l1")))
    d.set(**{f"x_{key}": d[x] * d[y] for key, (x, y) in products.items()})
    pairs = {"".join(sorted(p + q)) for group in (first, second) for p in group for q in group}
    d.set(
        **{f"m_{key}": d.mean(d[f"x_{key}"], n) for key in products},
        **{f"y_{pair}": d.mean(d[f"x_{pair[0]}"] * d[f"x_{pair[1]}"], n) for pair in pairs},
        **{f"s_{name}": d.total(d[name], n) for name in ("tau", "po", "pc", "r1", "r3", "r5")},
    )
    a, c = -4 * n / d["s_po"], -4 * n / d["s_pc"]
    d.set(w_a=a, w_b=-a * d["s_r1"] / d["s_tau"], w_e=c, w_3=-c * d["s_r3"] / d["s_tau"], w_5=-c * d["s_r5"] / d["s_tau"])

    def moments(group, weights):
        parts = [(key, d[f"w_{weight}"]) for key, weight in zip(group, weights)]
        mean = sum(weight * d[f"m_{key}"] for key, weight in parts)
        square = sum(v * w * d["y_" + "".join(sorted(p + q))] for p, v in parts for q, w in parts)
        return mean, square - mean * mean

    (e1, v1), (e2, v2) = moments(first, "abe3"), moments(second, "abe5")
    d.set(e1=e1, v1=v1, e2=e2, v2=v2)
    total = d["v1"] + d["v2"]
    squared = d.when(total > 0, (d["v2"] * d["e1"] + d["v1"] * d["e2"]) / total, (d["e1"] + d["e2"]) / 2)
    d.set(edge=d.when((d["s_tau"] > 1.5) & (d["s_po"] > 0.5) & (d["s_pc"] > 0.5), squared.abs() ** 0.5))


def query(relation, n):
    """The same in SQL: columns `symbol`, `session` and `edge` from a relation of bars."""
    pairs = sorted({"".join(sorted(p + q)) for group in (first, second) for p in group for q in group})
    w = f"(partition by symbol order by session rows between {n - 1} preceding and current row)"
    xs = [f"{x} * {y} as x_{key}" for key, (x, y) in products.items()]
    means = [f"avg(x_{key}) over {w} as m_{key}" for key in products] + [f"avg(x_{p[0]} * x_{p[1]}) over {w} as y_{p}" for p in pairs]
    sums = [f"sum({name}) over {w} as s_{name}" for name in ("tau", "po", "pc", "r1", "r3", "r5")]

    def moments(group, weights):
        parts = [(key, f"w_{weight}") for key, weight in zip(group, weights)]
        mean = " + ".join(f"{weight} * m_{key}" for key, weight in parts)
        square = " + ".join(f"{v} * {w} * y_{''.join(sorted(p + q))}" for p, v in parts for q, w in parts)
        return mean, f"{square} - pow({mean}, 2)"

    (e1, v1), (e2, v2) = moments(first, "abe3"), moments(second, "abe5")
    return f"""
    select symbol, session, if(count = {n} and s_tau >= 2 and s_po > 0 and s_pc > 0,
        sqrt(abs(if(v1 + v2 > 0, (v2 * e1 + v1 * e2) / (v1 + v2), (e1 + e2) / 2))), null) as edge
    from (
      select *, {e1} as e1, {v1} as v1, {e2} as e2, {v2} as v2 from (
        select *, -4 * {n} / s_po as w_a, -w_a * s_r1 / s_tau as w_b, -4 * {n} / s_pc as w_e,
          -w_e * s_r3 / s_tau as w_3, -w_e * s_r5 / s_tau as w_5
        from (
          select symbol, session, count(o) over {w} as count, {', '.join(means + sums)} from (
            select *, {', '.join(xs)}, tau * ((o != h) + (o != l)) as po, tau * ((c1 != h1) + (c1 != l1)) as pc from (
              select symbol, session, if(has_open and has_range and previous_close is not null, log(open), null) as o,
                log(high) as h, log(low) as l, log(previous_close) as c1, log(previous_high) as h1, log(previous_low) as l1,
                (h + l) / 2 as m, (h1 + l1) / 2 as m1,
                m - o as r1, o - m1 as r2, m - c1 as r3, c1 - m1 as r4, o - c1 as r5,
                if(o is null, null, toFloat64((h != l) or (l != c1))) as tau
              from {relation}
            )
          )
        )
      )
    )"""
