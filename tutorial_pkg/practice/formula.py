"""Read the formula that an answer computes, and say how it differs from the right formula.

The answer and the solution are called on a grid of sizes. The results determine the polynomial exactly: `12·N·V`,
`4·N·V + 4·N·d`, `4·N·d / P`. So each coefficient of a learner's formula is known, and the form of the code does not
matter.
"""

import contextlib
import inspect
import itertools
import math
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from .timeout import run_with_timeout

Formula = dict[tuple[int, ...], Fraction]  # the exponents of a term, in the variables' order → its coefficient
Grid = Mapping[str, Sequence]
SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
SECONDS = 0.3


def read_formula(
    answer: Callable[..., Any],
    solution: Callable[..., Any],
    sizes: Mapping[tuple[str, ...], Grid],
    terms: Mapping[str, str],
    arguments: Callable[..., tuple] | None = None,
) -> str | None:
    """What is wrong with the formula that `answer` computes, in one or two sentences. None if nothing was found.

    This never raises an error, and it stops after 0.3 seconds.

    Args:
        answer: the learner's function.
        solution: the right function.
        sizes: places where the formula is one polynomial. Each key says what is true there, in words such as
            `("where V is above d",)` or `('for "linear"',)`. Each value maps the variables to their sizes, in the order
            of the variables in a term. Three sizes, and a fourth size for a check, find powers up to 2. Five sizes, and
            a sixth size for the check, also find N / P and N / P². A single size is a constant, not a variable.
        terms: words for a formula, such as `{"8·N": "the ids, which exist already"}`, and for a factor, with a dot in
            front: `{"·4": "a float32 takes 4 bytes"}`.
        arguments: makes the arguments of a call from one size for each variable, given by name. Without it, each
            parameter of the solution is a variable.

    >>> grid = {(): {"N": (3, 5, 7, 8), "V": (11, 13, 17, 20), "d": (19, 23, 29, 30)}}
    >>> words = {"·4": "a float32 takes 4 bytes"}
    >>> read_formula(lambda V, d, N: N * d, lambda V, d, N: 4 * N * d, grid, words)
    'The factor 4 is missing (a float32 takes 4 bytes).'
    """
    make = arguments or (lambda **size: tuple(size[name] for name in inspect.signature(solution).parameters))

    def compare() -> str | None:
        found = {}  # place → the answer's formula and the right formula, if they differ there
        for where, grid in sizes.items():
            with contextlib.suppress(Exception):  # the answer raises an error there, or it is not a polynomial
                right = _values(lambda size: solution(*make(**size)), grid)
                if (got := _values(lambda size: answer(*make(**size)), grid)) != right:
                    found[where] = _polynomial(got, grid), _polynomial(right, grid)
        return _Teller([name for name, some in grid.items() if len(some) > 1], terms).all(found, list(sizes))

    try:
        return run_with_timeout(SECONDS, compare)
    except Exception:  # it took too long, or the answer's results raise an error when they are compared
        return None


# ---------------------------------------------------------------------------------------------------- the polynomial


def _values(function: Callable[[dict], Any], grid: Grid) -> dict[tuple, Fraction]:
    """The function's result for each choice of sizes. The last result is for the sizes of the check."""
    free = {name: sizes for name, sizes in grid.items() if len(sizes) > 1}
    fixed = {name: sizes[0] for name, sizes in grid.items() if name not in free}
    points = [*itertools.product(*(sizes[:-1] for sizes in free.values())), tuple(sizes[-1] for sizes in free.values())]
    return {point: _number(function(fixed | dict(zip(free, point, strict=True)))) for point in points}


def _number(value: Any) -> Fraction:
    """The exact number behind a float: 0.1 is 1/10, and 2 / 3 is 2/3."""
    value = value.item() if hasattr(value, "item") else value
    if isinstance(value, bool) or not isinstance(value, (int, float, Fraction)):
        raise TypeError("not a number")
    if (exact := Fraction(value)).denominator <= 2**40:
        return exact
    for meant in (Fraction(f"{value:.11g}"), exact.limit_denominator(10_000)):
        if abs(meant - exact) <= abs(exact) / 10**13:
            return meant
    raise ValueError("not a simple fraction")


def _polynomial(values: dict[tuple, Fraction], grid: Grid) -> Formula:
    """The polynomial with these values. If there is none, polynomials with negative powers are tried."""
    *points, check = values
    for negative in (0, 1):
        found = {point: values[point] for point in points}
        for place, sizes in enumerate(sizes[:-1] for sizes in grid.values() if len(sizes) > 1):
            found = _interpolated(found, place, sizes, -negative * (len(sizes) // 2) * (len(sizes) > 3))
        formula = {powers: factor for powers, factor in sorted(found.items()) if factor}
        terms = (f * math.prod(Fraction(x) ** p for x, p in zip(check, one, strict=True)) for one, f in formula.items())
        if sum(terms) == values[check]:
            return formula
    raise ValueError("not a polynomial of so few powers")


def _interpolated(values: dict[tuple, Fraction], place: int, sizes: Sequence[int], low: int) -> dict[tuple, Fraction]:
    """Replace the values at the sizes of one variable with the coefficients of its powers, from the power `low` on."""
    shares, found = {}, {}
    for size in sizes:  # the polynomial that is 1 at this size and 0 at the others
        shares[size] = [Fraction(size) ** -low]
        for other in sizes:
            if other != size:
                lower, upper = [*shares[size], 0], [0, *shares[size]]
                shares[size] = [(up - other * down) / (size - other) for down, up in zip(lower, upper, strict=True)]
    for point, value in values.items():
        for power, share in enumerate(shares[point[place]], start=low):
            key = (*point[:place], power, *point[place + 1 :])
            found[key] = found.get(key, 0) + value * share
    return found


# -------------------------------------------------------------------------------------------------- saying what it is


def in_words(formula: Formula, names: Sequence[str]) -> str:
    """A formula as the course writes it.

    >>> in_words({(1, 1): Fraction(12), (1, -1): Fraction(4), (0, 2): Fraction(-1, 2)}, ["N", "V"])
    '12·N·V + 4·N / V − V² / 2'
    """
    text = ""
    for powers, factor in sorted(formula.items(), reverse=True):
        top, below = _named(powers, names)
        top = [f"{abs(factor.numerator):,}"] * (abs(factor.numerator) != 1 or not top) + top
        below = [f"{factor.denominator:,}"] * (factor.denominator != 1) + below
        text += (" − " if factor < 0 else " + ") + " / ".join(["·".join(top), *below])
    return text.removeprefix(" + ").replace(" − ", "−", text.startswith(" − ")) or "0"


def _named(powers: tuple, names: Sequence[str]) -> tuple[list[str], list[str]]:
    """The factors of the numerator and of the denominator, such as (["N²"], ["P"])."""
    each = [
        (power, name + f"{abs(power)}".translate(SUPERSCRIPTS) * (abs(power) > 1))
        for power, name in zip(powers, names, strict=True)
    ]
    return [name for power, name in each if power > 0], [name for power, name in each if power < 0]


def _quotient(got: Formula, right: Formula) -> tuple[tuple[int, ...], Fraction] | None:
    """If `got` is `right` times one term: this term's powers and its number."""
    pairs = zip(sorted(got.items()), sorted(right.items()), strict=False)
    found = {(tuple(map(int.__sub__, one, other)), f / g) for (one, f), (other, g) in pairs}
    return found.pop() if len(found) == 1 and len(got) == len(right) else None


def _where(wrong: list[tuple], places: list[tuple]) -> str:
    """A condition that is true in all wrong places and in no other place. Empty if the formula is wrong everywhere."""
    if len(wrong) == len(places):
        return ""
    traits = {trait: {place for place in places if trait in place} for place in wrong for trait in place}
    inside = [trait for trait, there in traits.items() if there <= set(wrong)]
    for count in (1, 2, 3):
        for some in itertools.combinations(inside, count):
            if set.union(*(traits[trait] for trait in some)) == set(wrong):
                return " and ".join(some)
    least = [trait for trait in wrong[0] if not any(there < traits[trait] for there in map(traits.get, wrong[0]))]
    return " and ".join(least).replace(" and where ", " and ")


class _Teller:
    """Says how formulas differ: `names` are the variables, and `terms` are words for formulas and factors."""

    def __init__(self, names: list[str], terms: Mapping[str, str]) -> None:
        self.names, self.terms = names, terms

    def all(self, found: dict, places: list[tuple]) -> str | None:
        """One or two sentences on what is wrong, and where."""
        factors = {_quotient(got, right) for got, right in found.values()}
        rights = [number for _, right in found.values() for number in right.values()]
        alike = None  # mistakes that are wrong in every formula
        if len(factors) == 1 and None not in factors and not any(self.known(got) for got, _ in found.values()):
            alike = self.factors(*factors.pop(), rights)
        says: dict[str | None, list] = {}
        for where, (got, right) in found.items():
            says.setdefault(alike or self.difference(got, right), []).append(where)
        says.pop(None, None)
        sentences = []
        for what, wrong in list(says.items())[:2]:
            due = {in_words(found[where][1], self.names) for where in wrong}
            what = f"{where}, {what}." if (where := _where(wrong, places)) else f"{what}."
            if " this is " in f" {what}" and len(due) == 1 and (formula := due.pop()) in self.terms:
                what += f" It must be {formula} ({self.terms[formula]})."
            sentences.append(what)
        return " ".join(one if one.split()[0] in self.names else one[0].upper() + one[1:] for one in sentences) or None

    def difference(self, got: Formula, right: Formula) -> str | None:
        """How one formula differs from the right formula. None if there is nothing short to say."""
        if known := self.known(got):
            return known
        if factor := _quotient(got, right):
            return self.factors(*factor, list(right.values()))
        lost, extra = ([p for p in one if p not in other] for one, other in ((right, got), (got, right)))
        if len(lost) == 1 < len(extra) == len(got) and (factors := self.added(extra, *lost)):
            return f"{factors} are added. They must be multiplied"
        parts = []
        for powers in right:
            if powers in got and got[powers] != right[powers]:
                here, due = (in_words({powers: one[powers]}, self.names) for one in (got, right))
                parts.append(f"{here} is where {due} should be")
        for powers in [*extra]:  # a term that is similar to one of the missing terms
            nearest = min(lost, key=lambda other: _apart(powers, other), default=None)
            if nearest and (says := self.nearly({powers: got[powers]}, {nearest: right[nearest]})):
                parts.append(says)
                lost.remove(nearest)
                extra.remove(powers)
        for some, how in (
            ({powers: right[powers] for powers in lost}, "is missing"),
            ({powers: got[powers] for powers in extra if got[powers] > 0}, "is too much"),
            ({powers: -got[powers] for powers in extra if got[powers] < 0}, "is subtracted, and should not be"),
        ):
            if some:
                parts.append(f"{self.explained(some)} {how}")
        if len(parts) < 3 and max(len(lost), len(extra)) < 3:
            return ", and ".join(parts)
        return f"this is {self.explained(got)}" if len(got) < 4 else None

    def known(self, got: Formula) -> str | None:
        """Facts about the whole formula."""
        ours = in_words(got, self.names)
        if ours in self.terms:
            return f"this is {ours} ({self.terms[ours]})"
        return f"this is always {ours}" if set(got) <= {(0,) * len(self.names)} else None

    def nearly(self, mine: Formula, due: Formula) -> str | None:
        """How a term differs from the expected term, if the two terms are similar."""
        (powers, factor), (near, right) = *mine.items(), *due.items()
        if _apart(powers, near) > 3 or factor * right < 0:
            return None
        says = self.factors(*_quotient(mine, due), [right])
        return says and f"in {in_words(mine, self.names)}, {says}"

    def explained(self, formula: Formula) -> str:
        """A formula, with the words for it or for its terms."""
        whole = in_words(formula, self.names)
        if whole in self.terms or min(formula.values()) < 0:
            return whole + self.why(whole)
        return " + ".join(term + self.why(term) for term in whole.split(" + "))

    def why(self, key: str) -> str:
        return f" ({self.terms[key]})" if key in self.terms else ""

    def added(self, terms: list[tuple], product: tuple) -> str:
        """The factors that are added but must be multiplied, as in N·(V + d) for N·V·d. Otherwise an empty text."""
        common = [min(powers) for powers in zip(*terms, strict=True)]
        rest = [tuple(p - c for p, c in zip(powers, common, strict=True)) for powers in terms]
        if tuple(c + sum(some) for c, some in zip(common, zip(*rest, strict=True), strict=True)) != product:
            return ""
        *most, last = (in_words({powers: Fraction(1)}, self.names) for powers in sorted(rest, reverse=True))
        return f"{', '.join(most)} and {last}"

    def factors(self, powers: tuple, number: Fraction, rights: list) -> str | None:
        """Explains a result that is the right result times `number` and times variables with these powers."""
        more, less = ("·".join(some) for some in _named(powers, self.names))
        due = {abs(right) for right in rights}
        only, up, down = due.pop() if len(due) == 1 else Fraction(1), number.numerator, number.denominator
        whole = all((right / down).denominator == 1 for right in rights)
        if more and not less and up == 1 != down and whole:
            says, down = [f"{more} is where {down:,} should be{self.why(f'·{down}')}"], 1
        elif less and (more or down == 1 != up):
            here = f"{up}·{more}" if more and up != 1 else more or f"{up:,}"
            says, up = [f"{here} is where {less} should be{self.why('·' + less)}"], 1
        else:
            says = [f"the factor {more} is too much"] * bool(more)
            says += [f"the factor {less} is missing{self.why('·' + less)}"] * bool(less)
        if (up, down) == (-1, 1):
            says.append("the sign is wrong")
        elif only != 1 and (up, down) not in ((1, 1), (1, only)) and (only * up / down).denominator == 1:
            says.append(f"{only.numerator * up // down:,} is where {only.numerator:,} should be{self.why(f'·{only}')}")
        elif up == 1 != down and whole:
            says.append(f"the factor {down:,} is missing{self.why(f'·{down}')}")
        elif down == 1 != up:
            says.append(f"the factor {up:,} is too much")
        elif down != 1:
            says.append("it is " + f"multiplied by {up:,} and " * (up != 1) + f"divided by {down:,}")
        return ", and ".join(says) if len(says) < 3 else None


def _apart(one: tuple, other: tuple) -> int:
    return sum(abs(p - q) for p, q in zip(one, other, strict=True))
