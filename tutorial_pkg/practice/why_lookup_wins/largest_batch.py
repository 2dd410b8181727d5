"""### Exercise 5 (a new situation): what would still fit?

`largest_batch(budget, V, d)`: the largest number of tokens `N` for which the one-hot route's peak stays within `budget`
bytes. Use the peak of exercise 2, the larger of 12·N·V (converting) and 4·N·V + 4·N·d (multiplying). The result is a
whole number.

With 8 GB for GPT-2, `largest_batch(8_000_000_000, 50_257, 768)` is 13265: thirteen texts of 1,024 tokens fit, and
nothing has been trained yet.
"""

from tutorial_pkg.practice.pieces import wrong

MEANS = "A look at the bytes before the run says what fits, and no kernel has to die for the answer."
HINTS = ["How many bytes does one token take at the peak?", "`budget // (bytes for one token)` rounds down."]


def stub(budget, V, d):
    """The most tokens for which the one-hot route stays within that many bytes."""
    ...


def solution(budget, V, d):
    """The most tokens for which the one-hot route stays within that many bytes."""
    bytes_a_token = max(12 * V, 4 * V + 4 * d)
    return budget // bytes_a_token


def cases():
    return [
        (8_000_000_000, 50_257, 768),
        (8_000_000_000, 128_256, 4096),
        (1_000_000, 10, 64),
        (999, 100, 16),
        (1200, 100, 16),
        (2400, 100, 400),
        (0, 6, 3),
    ]


@wrong()
def converting_only(budget, V, d):
    """Right for a large vocabulary. Where V is less than half of d, multiplying takes more than converting."""
    return budget // (12 * V)


@wrong()
def int64_forgotten(budget, V, d):
    """The int64 one-hot, 8 bytes a number, is missing: it is there while the float copy is made."""
    return budget // (4 * V + 4 * d)


@wrong()
def not_whole(budget, V, d):
    """There is no half token: round down, with // in place of /."""
    return budget / max(12 * V, 4 * V + 4 * d)


@wrong()
def rounded_up(budget, V, d):
    """This rounds up, so the last token no longer fits."""
    return -(-budget // max(12 * V, 4 * V + 4 * d))


@wrong(idea=3)
def swapped(budget, V, d):
    """V and d have changed places: a one-hot row is as wide as the vocabulary."""
    return budget // max(12 * d, 4 * d + 4 * V)


@wrong()
def the_smaller_moment(budget, V, d):
    """This is the smaller of the two moments; both have to fit."""
    return budget // min(12 * V, 4 * V + 4 * d)
