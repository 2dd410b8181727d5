from __future__ import annotations

from statistics import fmean, geometric_mean, median, mode

from tutorial_pkg.practice.items import Exercise, Slip
from tutorial_pkg.practice.lazy import torch
from tutorial_pkg.practice.samples import family


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


def means(slow, fast):
    return fmean(slow[1:]) / fmean(fast[1:])


def upper_of_the_two(slow, fast):

    def middle(times):
        return sorted(times[1:])[len(times[1:]) // 2]

    return middle(slow) / middle(fast)


def difference(slow, fast):
    return median(slow[1:]) - median(fast[1:])


def one_place_too_far(slow, fast):

    def middle(times):
        times, n = sorted(times[1:]), len(times) - 1
        return times[n // 2] if n % 2 or n < 3 else (times[n // 2] + times[n // 2 + 1]) / 2

    return middle(slow) / middle(fast)


def even_and_odd_exchanged(slow, fast):

    def middle(times):
        times, n = sorted(times[1:]), len(times) - 1
        return (times[n // 2 - 1] + times[n // 2]) / 2 if n % 2 else times[n // 2]

    return middle(slow) / middle(fast)


def two_in_the_middle_unsorted(slow, fast):

    def middle(times):
        return times[len(times) // 2 - 1] + times[len(times) // 2]

    return middle(slow) / middle(fast)


def counts(slow, fast):
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


exercise = Exercise(
    task="""### Exercise 6 (bug hunt): a comparison that is not fair

Two routes were timed in turns, and `slow` and `fast` are the lists of seconds, in the order of the runs. The
**first** run of each was a warm-up. Wanted: how many times slower `slow` is than `fast`, the **median** of its runs
over the median of the other's, both without the warm-up. (The median of an even number of runs is the mean of the
two in the middle.)

With `slow = [9.0, 4.1, 3.7, 6.2]` and `fast = [5.3, 2.0, 1.1, 2.6]`, that is 2.05. The code below says 5.23. It
treats the two lists differently, and that is not its only mistake. Fix it.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    success="Both sides are treated alike, the first run pays for neither, and one odd run no longer decides.",
    hints=[
        "The mean of one list over the best of the other: which of the two looks better than it should?",
        "Leave out the first of each, take the median of both: import statistics; statistics.median(slow[1:]).",
    ],
    slips=[
        Slip(
            "Medians, good. But the first run of each is still in: it pays for fetching memory and filling caches.",
            lambda slow, fast: median(slow) / median(fast),
        ),
        Slip(
            "Once they are sorted, the first is the best run and no longer the warm-up: leave it out before.",
            lambda slow, fast: median(sorted(slow)[1:]) / median(sorted(fast)[1:]),
        ),
        Slip(
            "These are means: one run in which the machine was busy with something else moves them. Take medians.",
            means,
        ),
        Slip(
            "These are the best runs. Fair, but the median is asked for: what one usually gets.",
            lambda slow, fast: min(slow[1:]) / min(fast[1:]),
        ),
        Slip(
            "The ratio is upside down: this says how many times faster it is.",
            lambda slow, fast: median(fast[1:]) / median(slow[1:]),
        ),
        Slip(
            "Of an even number of runs this takes the lower of the two in the middle, as torch.median does, not their mean: statistics.median does that.",
            lambda slow, fast: (torch.tensor(slow[1:]).median() / torch.tensor(fast[1:]).median()).item(),
        ),
        Slip(
            "The slowest run is left out here, and that need not be the warm-up: it is the first.",
            lambda slow, fast: median(sorted(slow)[:-1]) / median(sorted(fast)[:-1]),
        ),
        Slip(
            "Sorted, good. But of an even number of runs this takes the upper of the two in the middle, not their mean: statistics.median does that.",
            upper_of_the_two,
        ),
        Slip(
            "This is the run in the middle of the list; the median is the one in the middle once they are sorted.",
            lambda slow, fast: slow[1:][len(slow[1:]) // 2] / fast[1:][len(fast[1:]) // 2],
        ),
        Slip(
            "This is the median of the runs' ratios; the ratio of the two medians is asked for.",
            lambda slow, fast: median([a / b for a, b in zip(slow[1:], fast[1:], strict=True)]),
        ),
        Slip("This is the difference in seconds; how many *times* slower is a ratio.", difference),
        Slip(
            "One has been taken off: 2.0 means that it takes twice as long.",
            lambda slow, fast: median(slow[1:]) / median(fast[1:]) - 1,
        ),
        Slip(
            "This is in percent; the plain ratio is asked for.",
            lambda slow, fast: 100 * median(slow[1:]) / median(fast[1:]),
        ),
        Slip(
            "The ratio is rounded, and too much: give it as it is.",
            lambda slow, fast: round(median(slow[1:]) / median(fast[1:]), 1),
        ),
        Slip(
            "// cuts the ratio down to a whole number; divide with /.",
            lambda slow, fast: median(slow[1:]) // median(fast[1:]),
        ),
        Slip("These are the warm-up runs, the very ones that should not count.", lambda slow, fast: slow[0] / fast[0]),
        Slip(
            "This compares one run of each, the last; the median of all but the first is asked for.",
            lambda slow, fast: slow[-1] / fast[-1],
        ),
        Slip(
            "Two runs are left out at the front; only the first was a warm-up.",
            lambda slow, fast: median(slow[2:]) / median(fast[2:]),
        ),
        Slip(
            "The last run is left out as well as the first; only the first was a warm-up.",
            lambda slow, fast: median(slow[1:-1] or slow[1:]) / median(fast[1:-1] or fast[1:]),
        ),
        Slip(
            "These are geometric means, which one odd run moves as well; take medians.",
            lambda slow, fast: geometric_mean(slow[1:]) / geometric_mean(fast[1:]),
        ),
        Slip(
            "The ratio is rounded, and too much: give it as it is.",
            lambda slow, fast: round(median(slow[1:]) / median(fast[1:]), 2),
        ),
        Slip(
            "These are the ratios run by run; one number is asked for, the median of one list over the other's.",
            lambda slow, fast: ([a / b for a, b in zip(slow[1:], fast[1:], strict=True)]),
        ),
        Slip(
            "Both lists are treated alike now; but these are means, and the warm-up is still in both.",
            lambda slow, fast: fmean(slow) / fmean(fast),
        ),
        Slip(
            "Place 1 is the middle of three runs; of n runs it is n // 2, and of an even number two are in the middle.",
            lambda slow, fast: sorted(slow[1:])[1] / sorted(fast[1:])[1],
        ),
        Slip(
            "These are the two medians; how many times slower is the one over the other.",
            lambda slow, fast: (median(slow[1:]), median(fast[1:])),
        ),
        Slip(
            "The mode is the run that comes most often; the median is the one in the middle of the sorted runs.",
            lambda slow, fast: mode(slow[1:]) / mode(fast[1:]),
        ),
        Slip(
            "All runs are in one list here; each list has a median of its own, and the one is divided by the other.",
            lambda slow, fast: median(slow[1:] + fast[1:]),
        ),
        Slip(
            "Two things: the first run of each is still in, and of an even number of runs torch.median takes the lower of the two in the middle.",
            lambda slow, fast: (torch.tensor(slow).median() / torch.tensor(fast).median()).item(),
        ),
        Slip(
            "Of n sorted runs, counted from 0, the two in the middle are at n // 2 - 1 and n // 2.", one_place_too_far
        ),
        Slip(
            "Odd and even have changed places: of an odd number of runs one is in the middle, of an even number two are.",
            even_and_odd_exchanged,
        ),
        Slip(
            "Lists can't be divided: a median makes one number of each list, and these can.",
            lambda slow, fast: slow[1:] / fast[1:],
        ),
        Slip(
            "Two things: the ratio is upside down, and the first run of each is still in.",
            lambda slow, fast: median(fast) / median(slow),
        ),
        Slip(
            "Two things: the ratio is upside down, and these are means; the median is asked for.",
            lambda slow, fast: fmean(fast[1:]) / fmean(slow[1:]),
        ),
        Slip(
            "These are the slowest runs; the median is asked for, what one usually gets.",
            lambda slow, fast: max(slow[1:]) / max(fast[1:]),
        ),
        Slip(
            "The difference of the two medians, in parts of the slower one; how many times slower is their ratio.",
            lambda slow, fast: (median(slow[1:]) - median(fast[1:])) / median(slow[1:]),
        ),
        Slip(
            "The last run of each is left out here; the warm-up is the first: times[1:].",
            lambda slow, fast: median(slow[:-1]) / median(fast[:-1]),
        ),
        Slip(
            "This is the mean of the runs' ratios; the ratio of the two medians is asked for.",
            lambda slow, fast: fmean([a / b for a, b in zip(slow[1:], fast[1:], strict=True)]),
        ),
        Slip(
            "These are the two in the middle of the lists as they are, warm-up included; leave it out, then sort.",
            two_in_the_middle_unsorted,
        ),
        Slip(
            "All of slow's runs, added up, stand over one run of fast; take the median of each.",
            lambda slow, fast: sum(slow[1:]) / min(fast[1:]),
        ),
        Slip("This counts the runs; what matters is how long they took.", counts),
        *family(slips, *cases()[0]),
    ],
)
