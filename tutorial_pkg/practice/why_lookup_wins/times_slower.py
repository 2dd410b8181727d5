from itertools import product
from math import isclose
from statistics import fmean, geometric_mean, median, median_high, median_low

from tutorial_pkg.practice.items import Exercise, Slip

# What an answer may compute from a list of runs.
STATISTICS = {
    "the median": median,
    "the mean": fmean,
    "the shortest": min,
    "the longest": max,
    "the sum": sum,
    "the last": lambda times: times[-1],
    "the number": len,
    "the lower median (as torch.median)": median_low,
    "the upper median": median_high,
    "the geometric mean": geometric_mean,
    "the middle one, unsorted,": lambda times: times[len(times) // 2],
}
RUNS = {
    "of all runs but the first": lambda times: times[1:],
    "of all runs": lambda times: times,
    "of all runs but the last": lambda times: times[:-1],
    "of all runs but the first two": lambda times: times[2:],
    "of all runs but the first and the last": lambda times: times[1:-1],
    "of all runs except the shortest": lambda times: sorted(times)[1:],
    "of all runs but the longest": lambda times: sorted(times)[:-1],
}
# The reader also tries one of these for `slow` and a different one for `fast`.
PLAIN = [f"{what} {which}" for what, which in product([*STATISTICS][:6], [*RUNS][:3])]
WANTED = "the median of all runs but the first"
# Two pairs of lists, of odd and of even length, on which all these numbers differ.
MEASURED = [([31.0, 4.3, 8.2, 2.7, 16.4, 5.9, 3.1], [1.3, 2.9, 0.7, 7.1, 1.9, 0.3, 2.3]), ([8.9, 47.0, 6.1, 5.3, 9.7, 2.1, 3.7, 7.9], [11.3, 1.1, 4.1, 0.9, 3.3, 2.7, 0.5, 1.7])]


def stub(slow, fast):
    """How many times slower one route is than the other, in a fair comparison."""
    return sum(slow) / len(slow) / min(fast)


def solution(slow, fast):
    """How many times slower one route is than the other, in a fair comparison."""
    from statistics import median

    return median(slow[1:]) / median(fast[1:])  # the first run of each was a warm-up


def cases():
    return [
        ([9.0, 4.1, 3.7, 6.2], [5.3, 2.0, 1.1, 2.6]),
        ([30.0, 8.0, 6.0, 10.0, 7.0], [9.0, 1.0, 3.0, 2.0, 4.0]),
        ([0.5, 0.3, 0.31, 0.9], [0.2, 0.1, 0.12, 0.11]),
        ([7.0, 5.0], [2.0, 1.0]),
        ([100.0, 3.0, 1.0, 2.0, 50.0, 4.0], [1.0, 6.0, 4.0, 5.0, 7.0, 90.0]),
    ]


def reader(answer):
    """A sentence that says which number the answer takes from each list (such as the median), and from which runs."""
    try:
        results = [float(answer(list(slow), list(fast))) for slow, fast in MEASURED]
    except Exception:  # an error, or not a number
        return None
    values = {}
    for (which, some), (what, number) in product(RUNS.items(), STATISTICS.items()):
        values[f"{what} {which}"] = [(number(some(slow)), number(some(fast))) for slow, fast in MEASURED]
    pairs = [(way, way) for way in values] + [*product(PLAIN, repeat=2)]
    for turned, (top, bottom) in product((False, True), pairs):
        ratios = [a / b for (a, _), (_, b) in zip(values[top], values[bottom], strict=True)]
        ratios = [1 / ratio if turned else ratio for ratio in ratios]
        if any(all(isclose(result, round(ratio, n), rel_tol=1e-6) for result, ratio in zip(results, ratios, strict=True)) for n in (12, 4, 3, 2)):
            says = "The ratio is upside down. " * turned
            if top != bottom:
                return f"{says}For `slow` this takes {top}, and for `fast` it takes {bottom}. Treat both lists equally. Take {WANTED}."
            even = " (Of an even number of runs, it is the mean of the two in the middle.)" * ("er median" in top)
            return says + ("Divide `slow` by `fast`." if top == WANTED else f"This takes {top}. Take {WANTED}.{even}")
    return None


exercise = Exercise(
    task="""### Exercise 6 (bug hunt): a comparison that is not fair

Two routes were timed in turns, and `slow` and `fast` are the lists of seconds, in the order of the runs. The
**first** run of each was a warm-up. Return how many times slower `slow` is than `fast`: the **median** of the runs in
`slow`, divided by the median of the runs in `fast`, both without the warm-up. (The median of an even number of runs is
the mean of the two in the middle.)

With `slow = [9.0, 4.1, 3.7, 6.2]` and `fast = [5.3, 2.0, 1.1, 2.6]`, the result is 2.05. The code below returns 5.23.
It treats the two lists differently, and that is not its only mistake. Fix it.""",
    stub=stub,
    solution=solution,
    cases=cases,
    success="Now both lists are treated equally, without their warm-up runs. With a median, a single slow run does not matter.",
    hints=[
        "The mean of `slow` is divided by the shortest run of `fast`. Which of the two lists has an advantage?",
        "Leave out the first run of each list, and take the median of both: import statistics; statistics.median(slow[1:]).",
    ],
    reader=reader,
    parts=lambda slow, fast: dict(a=slow[1:], b=fast[1:]),
    slips=[
        Slip("This is the median of the ratios. Return the ratio of the two medians.", lambda p: median([a / b for a, b in zip(p.a, p.b, strict=True)])),
        Slip("This is the mean of the ratios. Return the ratio of the two medians.", lambda p: fmean([a / b for a, b in zip(p.a, p.b, strict=True)])),
        Slip("All runs are in one list here. Take the median of each list, and divide.", lambda p: median(p.a + p.b)),
        Slip("This is the difference of the medians, divided by the slower one. Return the ratio of the two medians.", lambda p: (median(p.a) - median(p.b)) / median(p.a)),
        Slip("This is the difference in seconds. Return the ratio.", lambda p: median(p.a) - median(p.b)),
        Slip("The ratio is rounded. Return it as it is.", lambda p: round(p.right, 1)),
        Slip("The ratio is rounded. Return it as it is.", lambda p: round(p.right, 2)),
        Slip("These are the warm-up runs. Leave them out.", lambda slow, fast: slow[0] / fast[0]),
        Slip("These are the ratios run by run. Return one number, the ratio of the two medians.", lambda p: [a / b for a, b in zip(p.a, p.b, strict=True)]),
        Slip("These are the two medians. Divide the first by the second.", lambda p: (median(p.a), median(p.b))),
        Slip("Lists cannot be divided. Take the median of each list first.", lambda p: p.a / p.b),
    ],
)
