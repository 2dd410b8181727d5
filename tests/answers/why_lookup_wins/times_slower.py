"""Other answers to `times_slower`: right ones in other styles, and wrong ones that a general rule catches."""

import torch

from answers import caught, right


@right
def sorted_by_hand(slow, fast):
    def middle(times):
        times, n = sorted(times[1:]), len(times) - 1
        return (times[(n - 1) // 2] + times[n // 2]) / 2

    return middle(slow) / middle(fast)


@right
def numpy(slow, fast):
    import numpy as np

    return np.median(slow[1:]) / np.median(fast[1:])


@right
def quantile(a, b):
    return (torch.tensor(a[1:]).quantile(0.5) / torch.tensor(b[1:]).quantile(0.5)).item()


@right
def unpacked(slow, fast):
    import statistics

    _, *slow = slow
    _, *fast = fast
    return statistics.median(slow) / statistics.median(fast)


@caught("changes its input `slow`")
def popped(slow, fast):
    import statistics

    slow.pop(0), fast.pop(0)
    return statistics.median(slow) / statistics.median(fast)
