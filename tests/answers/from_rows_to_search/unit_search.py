"""Other answers to `unit_search`: right ones in other styles, and wrong ones that a general rule catches."""

from answers import caught, right


@right
def by_addition(numbers):
    return [number + number for number in numbers]


@right
def by_a_loop(numbers):
    doubled = []
    for number in numbers:
        doubled.append(2 * number)
    return doubled


@right
def by_map(numbers):
    return map((2).__mul__, numbers)


@caught("changes its input `numbers` in place")
def in_place(numbers):
    for i in range(len(numbers)):
        numbers[i] *= 2
    return numbers
