"""Other answers to `times_slower`: right ones in other styles, and wrong ones that a rule catches."""

import torch

from answers import caught, right


@right
def sorted_by_hand(slow, fast):
    def middle(times):
        times, n = sorted(times[1:]), len(times) - 1
        return (times[(n - 1) // 2] + times[n // 2]) / 2

    return middle(slow) / middle(fast)


@right
def quantile(a, b):
    return (torch.tensor(a[1:]).quantile(0.5) / torch.tensor(b[1:]).quantile(0.5)).item()


@right
def unpacked(slow, fast):
    import statistics

    _, *slow = slow
    _, *fast = fast
    return statistics.median(slow) / statistics.median(fast)


@caught("This changes its input `slow`")
def popped(slow, fast):
    import statistics

    slow.pop(0), fast.pop(0)
    return statistics.median(slow) / statistics.median(fast)


@caught("This takes the longest of all runs but the first. Take the median of all runs but the first.")
def slowest(slow, fast):
    return max(slow[1:]) / max(fast[1:])


@caught(
    "For `slow` this takes the mean of all runs but the first, and for `fast` it takes the shortest of all runs but"
)
def unlike(slow, fast):
    return sum(slow[1:]) / len(slow[1:]) / sorted(fast[1:])[0]


@caught("The ratio is upside down. Divide `slow` by `fast`.")
def upside_down(slow, fast):
    import statistics

    return statistics.median(fast[1:]) / statistics.median(slow[1:])


@caught("This takes the mean of all runs but the first. Take the median of all runs but the first.")
def rounded_means(slow, fast):
    return round(sum(slow[1:]) / sum(fast[1:]) * len(fast[1:]) / len(slow[1:]), 2)
