from __future__ import annotations

from tutorial_pkg.practice.items import Exercise, Slip


def stub(numbers): ...


def solution(numbers):
    return [2 * number for number in numbers]


def cases():
    return [([1, 2],), ([0, -3, 5],), ([],)]


exercise = Exercise(
    task="""### Exercise 3: double every number

`unit_search(numbers)` should return a list with every number doubled: `unit_search([1, 2])` returns `[2, 4]`.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    success="Every number is doubled.",
    hints=["Go through the numbers with a loop, or with a list comprehension."],
    slips=[
        Slip("This doubles the list: its numbers are repeated. Double each number.", lambda numbers: numbers * 2),
        Slip("This adds 2 to each number. Multiply by 2.", lambda numbers: [number + 2 for number in numbers]),
        Slip("These are the squares. Multiply each number by 2.", lambda numbers: [number**2 for number in numbers]),
        Slip("This is the sum of the doubled numbers. Return a list.", lambda p: sum(p.right)),
    ],
)
