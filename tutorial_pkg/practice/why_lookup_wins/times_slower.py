"""### Exercise 6 (bug hunt): a comparison that is not fair

Two routes were timed in turns, and `slow` and `fast` are the lists of seconds, in the order of the runs. The
**first** run of each was a warm-up. Wanted: how many times slower `slow` is than `fast`, the **median** of its runs
over the median of the other's, both without the warm-up. (The median of an even number of runs is the mean of the
two in the middle.)

With `slow = [9.0, 4.0, 4.0, 6.0]` and `fast = [5.0, 2.0, 1.0, 2.0]`, that is 2.0. The code below says 5.75. It
treats the two lists differently, and that is not its only mistake. Fix it.
"""

import torch

from tutorial_pkg.practice.pieces import wrong

MEANS = "Both sides are treated alike, the first run pays for neither, and one odd run no longer decides."
HINTS = [
    "The mean of one list over the best of the other: which of the two looks better than it should?",
    "Leave out the first of each, take the median of both: import statistics; statistics.median(slow[1:]).",
]


def stub(slow, fast):
    """How many times slower one route is than the other, fairly compared."""
    return sum(slow) / len(slow) / min(fast)


def solution(slow, fast):
    """How many times slower one route is than the other, fairly compared."""
    from statistics import median

    return median(slow[1:]) / median(fast[1:])  # the first run of each was a warm-up


def cases():
    return [
        ([9.0, 4.0, 4.0, 6.0], [5.0, 2.0, 1.0, 2.0]),
        ([30.0, 8.0, 6.0, 10.0, 7.0], [9.0, 1.0, 3.0, 2.0, 4.0]),
        ([0.5, 0.3, 0.31, 0.9], [0.2, 0.1, 0.12, 0.11]),
        ([7.0, 5.0], [2.0, 1.0]),
        ([100.0, 3.0, 1.0, 2.0, 50.0, 4.0], [1.0, 6.0, 4.0, 5.0, 7.0, 90.0]),
    ]


@wrong()
def warm_up_counted(slow, fast):
    """Medians, good. But the first run of each is still in: it pays for fetching memory and filling caches."""
    from statistics import median

    return median(slow) / median(fast)


@wrong()
def sorted_then_without_the_first(slow, fast):
    """Once they are sorted, the first is the best run and no longer the warm-up: leave it out before."""
    from statistics import median

    return median(sorted(slow)[1:]) / median(sorted(fast)[1:])


@wrong()
def means(slow, fast):
    """These are means: one run in which the machine was busy with something else moves them. Take medians."""
    from statistics import mean

    return mean(slow[1:]) / mean(fast[1:])


@wrong()
def best_runs(slow, fast):
    """These are the best runs. Fair, but the median is asked for: what one usually gets."""
    return min(slow[1:]) / min(fast[1:])


@wrong()
def upside_down(slow, fast):
    """The ratio is upside down: this says how many times faster it is."""
    from statistics import median

    return median(fast[1:]) / median(slow[1:])


@wrong()
def the_best_is_left(slow, fast):
    """One side's median stands against the other side's best run: treat both alike."""
    from statistics import median

    return median(slow[1:]) / min(fast[1:])


@wrong()
def torch_median(slow, fast):
    """torch.median gives the lower of the two in the middle, not their mean: statistics.median does that."""
    return (torch.tensor(slow[1:]).median() / torch.tensor(fast[1:]).median()).item()


@wrong()
def warm_up_of_slow_counted(slow, fast):
    """Medians, good. But the warm-up of `slow` is still in, so the two are not treated alike."""
    from statistics import median

    return median(slow) / median(fast[1:])


@wrong()
def warm_up_of_fast_counted(slow, fast):
    """Medians, good. But the warm-up of `fast` is still in, so the two are not treated alike."""
    from statistics import median

    return median(slow[1:]) / median(fast)


@wrong()
def without_the_last(slow, fast):
    """The last run is left out here; the warm-up was the first."""
    from statistics import median

    return median(slow[:-1]) / median(fast[:-1])


@wrong()
def without_the_slowest(slow, fast):
    """The slowest run is left out here, and that need not be the warm-up: it is the first."""
    from statistics import median

    return median(sorted(slow)[:-1]) / median(sorted(fast)[:-1])


@wrong()
def means_with_the_warm_up(slow, fast):
    """These are means, and of all runs: leave the first of each out, and take medians."""
    from statistics import mean

    return mean(slow) / mean(fast)


@wrong()
def best_with_the_warm_up(slow, fast):
    """These are the best runs; the median is asked for, and without the first run of each."""
    return min(slow) / min(fast)


@wrong()
def mean_over_best(slow, fast):
    """The warm-ups are out, but one side's mean stands against the other side's best run: take the median of both."""
    from statistics import mean

    return mean(slow[1:]) / min(fast[1:])


@wrong()
def median_over_best(slow, fast):
    """One side's median stands against the other side's best run, and the warm-ups are still in."""
    from statistics import median

    return median(slow) / min(fast)


@wrong()
def upper_of_the_two(slow, fast):
    """Sorted, good. But of an even number of runs this takes the upper of the two in the middle, not their mean:
    statistics.median does that."""

    def middle(times):
        return sorted(times[1:])[len(times[1:]) // 2]

    return middle(slow) / middle(fast)


@wrong()
def middle_unsorted(slow, fast):
    """This is the run in the middle of the list; the median is the one in the middle once they are sorted."""
    return slow[1:][len(slow[1:]) // 2] / fast[1:][len(fast[1:]) // 2]


@wrong()
def median_of_ratios(slow, fast):
    """This is the median of the runs' ratios; the ratio of the two medians is asked for."""
    from statistics import median

    return median([a / b for a, b in zip(slow[1:], fast[1:], strict=True)])


@wrong()
def slowest_runs(slow, fast):
    """These are the slowest runs, which say most about what else the machine was doing. Take medians."""
    return max(slow[1:]) / max(fast[1:])


@wrong()
def difference(slow, fast):
    """This is the difference in seconds; how many *times* slower is a ratio."""
    from statistics import median

    return median(slow[1:]) - median(fast[1:])


@wrong()
def times_more(slow, fast):
    """One has been taken off: 2.0 means that it takes twice as long."""
    from statistics import median

    return median(slow[1:]) / median(fast[1:]) - 1


@wrong()
def in_percent(slow, fast):
    """This is in percent; the plain ratio is asked for."""
    from statistics import median

    return 100 * median(slow[1:]) / median(fast[1:])


@wrong()
def one_decimal(slow, fast):
    """The ratio is rounded, and too much: give it as it is."""
    from statistics import median

    return round(median(slow[1:]) / median(fast[1:]), 1)


@wrong()
def whole_times(slow, fast):
    """// cuts the ratio down to a whole number; divide with /."""
    from statistics import median

    return median(slow[1:]) // median(fast[1:])
