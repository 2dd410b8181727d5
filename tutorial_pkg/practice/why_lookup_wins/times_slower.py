"""### Exercise 6 (bug hunt): a comparison that is not fair

Two routes were timed in turns, and `slow` and `fast` are the lists of seconds, in the order of the runs. The
**first** run of each was a warm-up. Wanted: how many times slower `slow` is than `fast`, the **median** of its runs
over the median of the other's, both without the warm-up. (The median of an even number of runs is the mean of the
two in the middle.)

With `slow = [9.0, 4.1, 3.7, 6.2]` and `fast = [5.3, 2.0, 1.1, 2.6]`, that is 2.05. The code below says 5.23. It
treats the two lists differently, and that is not its only mistake. Fix it.
"""

from statistics import fmean, geometric_mean, median, mode

import torch

from tutorial_pkg.practice.items import wrong
from tutorial_pkg.practice.samples import family

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
        ([9.0, 4.1, 3.7, 6.2], [5.3, 2.0, 1.1, 2.6]),
        ([30.0, 8.0, 6.0, 10.0, 7.0], [9.0, 1.0, 3.0, 2.0, 4.0]),
        ([0.5, 0.3, 0.31, 0.9], [0.2, 0.1, 0.12, 0.11]),
        ([7.0, 5.0], [2.0, 1.0]),
        ([100.0, 3.0, 1.0, 2.0, 50.0, 4.0], [1.0, 6.0, 4.0, 5.0, 7.0, 90.0]),
    ]


@wrong()
def warm_up_counted(slow, fast):
    """Medians, good. But the first run of each is still in: it pays for fetching memory and filling caches."""
    return median(slow) / median(fast)


@wrong()
def sorted_then_without_the_first(slow, fast):
    """Once they are sorted, the first is the best run and no longer the warm-up: leave it out before."""
    return median(sorted(slow)[1:]) / median(sorted(fast)[1:])


@wrong()
def means(slow, fast):
    """These are means: one run in which the machine was busy with something else moves them. Take medians."""
    return fmean(slow[1:]) / fmean(fast[1:])


@wrong()
def best_runs(slow, fast):
    """These are the best runs. Fair, but the median is asked for: what one usually gets."""
    return min(slow[1:]) / min(fast[1:])


@wrong()
def upside_down(slow, fast):
    """The ratio is upside down: this says how many times faster it is."""
    return median(fast[1:]) / median(slow[1:])


@wrong()
def torch_median(slow, fast):
    """Of an even number of runs this takes the lower of the two in the middle, as torch.median does, not their mean:
    statistics.median does that."""
    return (torch.tensor(slow[1:]).median() / torch.tensor(fast[1:]).median()).item()


@wrong()
def without_the_slowest(slow, fast):
    """The slowest run is left out here, and that need not be the warm-up: it is the first."""
    return median(sorted(slow)[:-1]) / median(sorted(fast)[:-1])


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
    return median([a / b for a, b in zip(slow[1:], fast[1:], strict=True)])


@wrong()
def difference(slow, fast):
    """This is the difference in seconds; how many *times* slower is a ratio."""
    return median(slow[1:]) - median(fast[1:])


@wrong()
def times_more(slow, fast):
    """One has been taken off: 2.0 means that it takes twice as long."""
    return median(slow[1:]) / median(fast[1:]) - 1


@wrong()
def in_percent(slow, fast):
    """This is in percent; the plain ratio is asked for."""
    return 100 * median(slow[1:]) / median(fast[1:])


@wrong()
def one_decimal(slow, fast):
    """The ratio is rounded, and too much: give it as it is."""
    return round(median(slow[1:]) / median(fast[1:]), 1)


@wrong()
def whole_times(slow, fast):
    """// cuts the ratio down to a whole number; divide with /."""
    return median(slow[1:]) // median(fast[1:])


@wrong()
def the_warm_ups(slow, fast):
    """These are the warm-up runs, the very ones that should not count."""
    return slow[0] / fast[0]


@wrong()
def the_last_runs(slow, fast):
    """This compares one run of each, the last; the median of all but the first is asked for."""
    return slow[-1] / fast[-1]


@wrong()
def two_runs_left_out(slow, fast):
    """Two runs are left out at the front; only the first was a warm-up."""
    return median(slow[2:]) / median(fast[2:])


@wrong()
def last_left_out_too(slow, fast):
    """The last run is left out as well as the first; only the first was a warm-up."""
    return median(slow[1:-1] or slow[1:]) / median(fast[1:-1] or fast[1:])


@wrong()
def geometric_means(slow, fast):
    """These are geometric means, which one odd run moves as well; take medians."""
    return geometric_mean(slow[1:]) / geometric_mean(fast[1:])


@wrong()
def two_decimals(slow, fast):
    """The ratio is rounded, and too much: give it as it is."""
    return round(median(slow[1:]) / median(fast[1:]), 2)


@wrong()
def each_run_by_itself(slow, fast):
    """These are the ratios run by run; one number is asked for, the median of one list over the other's."""
    return [a / b for a, b in zip(slow[1:], fast[1:], strict=True)]


@wrong()
def means_with_the_warm_up(slow, fast):
    """Both lists are treated alike now; but these are means, and the warm-up is still in both."""
    return fmean(slow) / fmean(fast)


@wrong()
def second_of_the_sorted(slow, fast):
    """Place 1 is the middle of three runs; of n runs it is n // 2, and of an even number two are in the middle."""
    return sorted(slow[1:])[1] / sorted(fast[1:])[1]


@wrong()
def two_medians(slow, fast):
    """These are the two medians; how many times slower is the one over the other."""
    return median(slow[1:]), median(fast[1:])


@wrong()
def most_common_runs(slow, fast):
    """The mode is the run that comes most often; the median is the one in the middle of the sorted runs."""
    return mode(slow[1:]) / mode(fast[1:])


@wrong()
def all_in_one_list(slow, fast):
    """All runs are in one list here; each list has a median of its own, and the one is divided by the other."""
    return median(slow[1:] + fast[1:])


@wrong()
def torch_median_with_the_warm_up(slow, fast):
    """Two things: the first run of each is still in, and of an even number of runs torch.median takes the lower of the
    two in the middle."""
    return (torch.tensor(slow).median() / torch.tensor(fast).median()).item()


@wrong()
def one_place_too_far(slow, fast):
    """Of n sorted runs, counted from 0, the two in the middle are at n // 2 - 1 and n // 2."""

    def middle(times):
        times, n = sorted(times[1:]), len(times) - 1
        return times[n // 2] if n % 2 or n < 3 else (times[n // 2] + times[n // 2 + 1]) / 2

    return middle(slow) / middle(fast)


@wrong()
def even_and_odd_exchanged(slow, fast):
    """Odd and even have changed places: of an odd number of runs one is in the middle, of an even number two are."""

    def middle(times):
        times, n = sorted(times[1:]), len(times) - 1
        return (times[n // 2 - 1] + times[n // 2]) / 2 if n % 2 else times[n // 2]

    return middle(slow) / middle(fast)


@wrong()
def divided_as_lists(slow, fast):
    """Lists can't be divided: a median makes one number of each list, and these can."""
    return slow[1:] / fast[1:]


@wrong()
def upside_down_with_the_warm_up(slow, fast):
    """Two things: the ratio is upside down, and the first run of each is still in."""
    return median(fast) / median(slow)


@wrong()
def upside_down_means(slow, fast):
    """Two things: the ratio is upside down, and these are means; the median is asked for."""
    return fmean(fast[1:]) / fmean(slow[1:])


@wrong()
def slowest_runs(slow, fast):
    """These are the slowest runs; the median is asked for, what one usually gets."""
    return max(slow[1:]) / max(fast[1:])


@wrong()
def part_of_the_slower(slow, fast):
    """The difference of the two medians, in parts of the slower one; how many times slower is their ratio."""
    return (median(slow[1:]) - median(fast[1:])) / median(slow[1:])


@wrong()
def last_left_out(slow, fast):
    """The last run of each is left out here; the warm-up is the first: times[1:]."""
    return median(slow[:-1]) / median(fast[:-1])


@wrong()
def mean_of_ratios(slow, fast):
    """This is the mean of the runs' ratios; the ratio of the two medians is asked for."""
    return fmean([a / b for a, b in zip(slow[1:], fast[1:], strict=True)])


@wrong()
def two_in_the_middle_unsorted(slow, fast):
    """These are the two in the middle of the lists as they are, warm-up included; leave it out, then sort."""

    def middle(times):
        return times[len(times) // 2 - 1] + times[len(times) // 2]

    return middle(slow) / middle(fast)


@wrong()
def sum_over_the_best(slow, fast):
    """All of slow's runs, added up, stand over one run of fast; take the median of each."""
    return sum(slow[1:]) / min(fast[1:])


@wrong()
def counts(slow, fast):
    """This counts the runs; what matters is how long they took."""
    return len(slow) / len(fast)


SUMMARIES = {
    "the median of {}, all but the first": lambda times: median(times[1:]),
    "the median of {}, all of them": median,
    "the median of {}, all but the last": lambda times: median(times[:-1]),
    "the mean of {}, all but the first": lambda times: fmean(times[1:]),
    "the mean of {}, all of them": fmean,
    "the best run of {}, all but the first": lambda times: min(times[1:]),
    "the best run of {}, all of them": min,
    "the slowest run of {}, all but the first": lambda times: max(times[1:]),
    "the last run of {}": lambda times: times[-1],
}


def slips(slow, fast):
    """What two summaries give that are not alike, by what is said of it."""
    found = {}
    for above, top in SUMMARIES.items():
        for below, bottom in SUMMARIES.items():
            if above != below and above != "the best run of {}, all of them":  # a warm-up that is the best is in fast
                says = f"This is {above.format('slow')}, over {below.format('fast')}"
                found[f"{says}: treat both alike, and take the medians of all but the first."] = top(slow) / bottom(
                    fast
                )
    return found


globals().update(family(slips, *cases()[0]))
