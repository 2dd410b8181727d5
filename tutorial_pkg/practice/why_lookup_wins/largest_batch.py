from __future__ import annotations

from tutorial_pkg.practice.items import Exercise, Slip
from tutorial_pkg.practice.samples import family, one_slip
from tutorial_pkg.practice.why_lookup_wins.one_hot_bytes import parts, peak


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
        (4_800, 40, 64),  # V between d / 2 and d
        (4_800, 40, 40),
        (4_800, 20, 64),  # between d / 4 and d / 2
        (100_003, 60, 40),  # between d and 2·d
        (100_003, 17, 41),
    ]


def slips(budget, V, d):
    """What one slip gives, by what is said of it."""
    token = max(12 * V, 4 * V + 4 * d)
    peaks = one_slip(peak, **parts(V, d))
    right = budget // token
    return {says: budget // one if one > 0 else 0 for says, one in peaks.items()} | {
        "In the first moment the whole numbers and their float copy are both there: 8 + 4 bytes for each number.": (
            budget // max(8 * V, 4 * V + 4 * d)
        ),
        "% gives what is left of the budget; // says how many tokens fit. And multiplying may hold more.": (
            budget % (12 * V)
        ),
        "Two things: this rounds up, and the first moment is left out.": -(-budget // (4 * V + 4 * d)),
        "Two things: there is no half token, and the second moment is left out.": budget / (12 * V),
        "Two things: there is no half token, and the first moment is left out.": budget / (4 * V + 4 * d),
        "Two things: one token too many, and the second moment is left out.": budget // (12 * V) + 1,
        "The two moments do not share the budget out: each has all of it, and the worse decides.": (
            budget // (12 * V) + budget // (4 * V + 4 * d)
        ),
        "A one-hot vector is as wide as the vocabulary, V, not d.": budget // (12 * d),
        "In multiplying, the floats have 4 bytes a number, not one.": budget // max(12 * V, V + 4 * d),
        "Everything is counted twice, as if gradients were there as well.": budget // (2 * token),
        "The table is counted for each token; it is there before.": budget // (token + 4 * V * d),
        "A row's bytes are taken off the budget first; every token has its own.": (budget - 4 * d) // token,
        "The budget is divided by 1,000; it is in bytes.": budget // 1000 // token,
        "The budget is divided by 1,024 twice; it is in bytes.": budget // 1024**2 // token,
        "The budget is taken for gigabytes; it is in bytes.": budget * 1024**3 // token,
        "The budget is taken for 10⁹ bytes each; it is in bytes.": budget * 10**9 // token,
        "The budget is turned into bits, and a token is counted in bytes.": budget * 8 // token,
        "This is counted in bits: a token takes bytes, and so does the budget.": budget // (8 * token),
        "This is cut down to whole texts of 1,024 tokens; single tokens are counted.": right // 1024 * 1024,
        "This is divided by 1,024: texts and not tokens.": right / 1024,
        "This is cut down to a power of 2; any number of tokens may be a batch.": 1 << right.bit_length() >> 1,
        "These are a token's bytes; how many tokens fit is asked for.": token,
        "These are a token's numbers in bytes, and how many of the tables fit is divided out: V and d are added in a "
        "token, not multiplied.": budget // (12 * V * d),
        "`budget // 12 * V` divides by 12 and then multiplies by V; brackets go around what you divide by.": (
            budget // 12 * V
        ),
        "A token takes 12·V bytes or 4·V + 4·d, not 12·(V + d).": budget // (12 * (V + d)),
        "Numbers are counted for a token, not their bytes.": budget // max(3 * V, V + d),
        "Numbers are counted for a token, not their bytes: whole numbers and floats once each.": (
            budget // max(2 * V, V + d)
        ),
        "This is a root of it; the peak grows with N, not with its square.": int(right**0.5),
        "This says whether one token fits; how many fit is asked for.": budget >= token,
        "The floats and the output have 4 bytes a number, not 8.": budget // max(16 * V, 8 * V + 8 * d),
        "In multiplying, the floats and the output have 4 bytes a number, not 8.": budget // max(12 * V, 8 * V + 8 * d),
        "The floats have 4 bytes a number, not 2.": budget // max(10 * V, 2 * V + 2 * d),
        "The two choices have changed places, and V is compared with d.": (
            budget // (4 * V + 4 * d) if V > d else budget // (12 * V)
        ),
        "The half is on the wrong side: the first moment is the larger from V above half of d on.": (
            budget // (12 * V) if V > 2 * d else budget // (4 * V + 4 * d)
        ),
        "The largest of the three parts is taken; at each moment two of them are there.": budget // max(8 * V, 4 * d),
    }


exercise = Exercise(
    task="""### Exercise 5 (a new situation): what would still fit?

`largest_batch(budget, V, d)`: the largest number of tokens `N` for which the one-hot route's peak stays within `budget`
bytes. Use the peak of exercise 2, the larger of 12·N·V (converting) and 4·N·V + 4·N·d (multiplying). The result is a
whole number.

With 8 GB for GPT-2, `largest_batch(8_000_000_000, 50_257, 768)` is 13265: thirteen texts of 1,024 tokens fit, and
nothing has been trained yet.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    success="A look at the bytes before the run says what fits, and no kernel has to die for the answer.",
    hints=["How many bytes does one token take at the peak?", "`budget // (bytes for one token)` rounds down."],
    slips=[
        Slip(
            "Right for a large vocabulary. Where V is less than half of d, multiplying takes more than converting.",
            lambda budget, V, d: budget // (12 * V),
        ),
        Slip(
            "This is the second moment alone. While the float copy is made, the int64 one-hot (8 bytes a number) is there too, and that is more once V is above half of d.",
            lambda budget, V, d: budget // (4 * V + 4 * d),
        ),
        Slip(
            "There is no half token: round down, with // in place of /.",
            lambda budget, V, d: budget / max(12 * V, 4 * V + 4 * d),
        ),
        Slip(
            "This rounds up, so the last token no longer fits.",
            lambda budget, V, d: -(-budget // max(12 * V, 4 * V + 4 * d)),
        ),
        Slip(
            "V and d have changed places: a one-hot row is as wide as the vocabulary.",
            lambda budget, V, d: budget // max(12 * d, 4 * d + 4 * V),
            idea=3,
        ),
        Slip(
            "This is the smaller of the two moments; both have to fit.",
            lambda budget, V, d: budget // min(12 * V, 4 * V + 4 * d),
        ),
        Slip(
            "V is compared with d here; a number of the int64 one-hot has 8 bytes and one of the output 4, so the first moment is the larger from V above half of d on: compare the bytes.",
            lambda budget, V, d: budget // (12 * V if V > d else 4 * V + 4 * d),
        ),
        Slip(
            "V is compared with d here; a number of the int64 one-hot has 8 bytes and one of the output 4, so the first moment is the larger from V above half of d on: compare the bytes.",
            lambda budget, V, d: budget // (12 * V if V >= d else 4 * V + 4 * d),
        ),
        Slip(
            "The two moments are added, but the first is over when the second begins: take the larger one.",
            lambda budget, V, d: budget // (16 * V + 4 * d),
        ),
        Slip(
            "The whole numbers are gone by the time the output is made, so the three are never there together.",
            lambda budget, V, d: budget // (12 * V + 4 * d),
        ),
        Slip(
            "This rounds to the nearest whole number, which may be one token too many: round down, with //.",
            lambda budget, V, d: round(budget / max(12 * V, 4 * V + 4 * d)),
        ),
        Slip("That is one token less than would fit.", lambda budget, V, d: budget // max(12 * V, 4 * V + 4 * d) - 1),
        Slip(
            "That is one token too many. (In a loop: the one that no longer fits is the last that was tried.)",
            lambda budget, V, d: budget // max(12 * V, 4 * V + 4 * d) + 1,
        ),
        Slip(
            "A batch that needs the budget to the last byte still stays within it: at most, not less than.",
            lambda budget, V, d: max((budget - 1) // max(12 * V, 4 * V + 4 * d), 0),
        ),
        Slip(
            "A batch that needs the budget to the last byte still stays within it: at most, not less than.",
            lambda budget, V, d: (budget - 1) // max(12 * V, 4 * V + 4 * d),
        ),
        Slip(
            "Where not even one token fits, the answer is 0.",
            lambda budget, V, d: max(1, budget // max(12 * V, 4 * V + 4 * d)),
        ),
        Slip(
            "Only the floats of the one-hot vectors are counted; look at all that is there at each of the two moments.",
            lambda budget, V, d: budget // (4 * V),
        ),
        Slip(
            "Only the int64 one-hot is counted; while it is turned into floats, both are there.",
            lambda budget, V, d: budget // (8 * V),
        ),
        Slip(
            "That is what a lookup could do: only its output is counted, 4 bytes times d for each token.",
            lambda budget, V, d: budget // (4 * d),
        ),
        Slip(
            "The table is taken off the budget first; it is there before and does not count here.",
            lambda budget, V, d: (budget - 4 * V * d) // max(12 * V, 4 * V + 4 * d),
        ),
        Slip(
            "This is divided by 1,024, once too often: the budget is in bytes, and tokens are asked for, not texts.",
            lambda budget, V, d: budget // max(12 * V, 4 * V + 4 * d) // 1024,
        ),
        Slip(
            "The floats are counted twice; at each moment they are there once.", lambda budget, V, d: budget // (16 * V)
        ),
        Slip(
            "In the second moment the floats are there beside the output: they are what is multiplied.",
            lambda budget, V, d: budget // max(12 * V, 4 * d),
        ),
        Slip(
            "In the second moment it is the floats that are there beside the output, not the whole numbers.",
            lambda budget, V, d: budget // max(12 * V, 8 * V + 4 * d),
        ),
        Slip(
            "These are the bytes that the largest batch takes; the number of its tokens is asked for.",
            lambda budget, V, d: budget // max(12 * V, 4 * V + 4 * d) * max(12 * V, 4 * V + 4 * d),
        ),
        Slip(
            "% gives what is left of the budget; // says how many tokens fit.",
            lambda budget, V, d: budget % max(12 * V, 4 * V + 4 * d),
        ),
        Slip(
            "That is how many tables of this size fit; a token takes one one-hot vector as wide as V, and one row.",
            lambda budget, V, d: budget // (4 * V * d),
        ),
        Slip(
            "The ids' 8 bytes are counted with it; they are there before.",
            lambda budget, V, d: budget // (max(12 * V, 4 * V + 4 * d) + 8),
        ),
        Slip(
            "Two things: this rounds up, and where V is less than half of d, multiplying takes more than converting.",
            lambda budget, V, d: -(-budget // (12 * V)),
        ),
        *family(slips, *cases()[0]),
    ],
)
