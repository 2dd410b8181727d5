from fractions import Fraction

from tutorial_pkg.practice.formula import read_formula
from tutorial_pkg.practice.items import Exercise, Slip
from tutorial_pkg.practice.why_lookup_wins.shared import PLACES

TERMS = {
    "12·V": "converting",
    "4·V + 4·d": "multiplying",
    "16·V + 4·d": "the sum of both moments, but the first moment ends before the second begins",
    "12·V + 4·d": "all three tensors, which never exist at the same time",
    "8·V": "only the integers",
    "4·V": "only the floats",
    "4·d": "only the output",
    "8": "the id, which exists already",
    "4·V·d": "the table, which exists already",
}
HUGE = 10**40  # so large that rounding does not matter


def stub(budget, V, d):
    """The largest N for which the one-hot route needs at most `budget` bytes."""
    ...


def solution(budget, V, d):
    """The largest N for which the one-hot route needs at most `budget` bytes."""
    bytes_per_token = max(12 * V, 4 * V + 4 * d)
    return budget // bytes_per_token


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


def bytes_per_token(batch):
    """The divisor that an answer uses, as a function of V and d. It is found with a huge budget."""

    def divisor(V, d):
        tokens = batch(HUGE, V, d)
        exact = HUGE / Fraction(0 if isinstance(tokens, bool) else tokens)
        simple = (exact.limit_denominator(most) for most in (10_000, 2**31))
        return next(one for one in simple if abs(one - exact) < exact / 10**12)

    return divisor


def reader(answer):
    says = read_formula(bytes_per_token(answer), bytes_per_token(solution), PLACES, TERMS, lambda V, d: (V, d))
    return says and f"Look at what the budget is divided by. {says}"


exercise = Exercise(
    task="""### Exercise 5 (a new situation): how many tokens fit?

`largest_batch(budget, V, d)`: the largest number of tokens `N` for which the one-hot route's peak is at most `budget`
bytes. Use the peak of exercise 2, the larger of 12·N·V (converting) and 4·N·V + 4·N·d (multiplying). The result is an
integer.

With 8 GB for GPT-2, `largest_batch(8_000_000_000, 50_257, 768)` is 13265. That is nearly thirteen texts of 1,024
tokens, and nothing is trained yet.""",
    stub=stub,
    solution=solution,
    cases=cases,
    success="You can calculate what fits before you run it. So no kernel runs out of memory.",
    hints=["How many bytes does one token need at the peak?", "`budget // (bytes for one token)` rounds down."],
    reader=reader,
    parts=lambda budget, V, d: dict(token=max(12 * V, 4 * V + 4 * d)),
    slips=[
        Slip("This is the same as comparing V with d. Compare the bytes of the two moments.", lambda budget, V, d: budget // (12 * V if V > d else 4 * V + 4 * d)),
        Slip("V and d are swapped. A one-hot row has V columns.", lambda budget, V, d: budget // max(12 * d, 4 * d + 4 * V), idea=3),
        Slip("This is the smaller of the two moments. Both must fit.", lambda budget, V, d: budget // min(12 * V, 4 * V + 4 * d)),
        Slip("The moments do not share the budget. Each can use all of it, so the smaller number decides.", lambda p: p.budget // (12 * p.V) + p.budget // (4 * p.V + 4 * p.d)),
        Slip("Only whole tokens fit. Round down: use // in place of /.", lambda p: p.budget / p.token),
        Slip("This rounds up, so the last token does not fit. Round down.", lambda p: -(-p.budget // p.token)),
        Slip("This rounds to the nearest integer, which may be one token too many. Round down, with //.", lambda p: round(p.budget / p.token)),
        Slip("A batch that needs exactly the budget still fits. Compare with <=, not with <.", lambda p: max((p.budget - 1) // p.token, 0)),
        Slip("If not even one token fits, the answer is 0.", lambda p: max(1, p.right)),
        Slip("The table is subtracted from the budget. It exists already, so do not count it.", lambda p: (p.budget - 4 * p.V * p.d) // p.token),
        Slip("This divides by 12 and then multiplies by V. Put parentheses around what you divide by.", lambda p: p.budget // 12 * p.V),
        Slip("% returns the remainder, the bytes that are left over. Use // to count the tokens that fit.", lambda p: p.budget % p.token),
        Slip("These are the bytes of the largest batch. Return the number of its tokens.", lambda p: p.right * p.token),
        Slip("These are the bytes of one token. Return how many tokens fit.", lambda p: p.token),
        Slip("This says whether one token fits. Return how many tokens fit.", lambda p: p.budget >= p.token),
        Slip("This counts only whole texts of 1,024 tokens. Count single tokens.", lambda p: p.right // 1024 * 1024),
    ],
)
