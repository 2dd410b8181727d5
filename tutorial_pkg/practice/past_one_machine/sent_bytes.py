from __future__ import annotations

from tutorial_pkg.practice.items import Exercise, Slip


def solution(way, P, N, d):
    """Bytes that one of P processes sends for N ids and rows of d numbers."""
    rows = 4 * N * d
    others = (P - 1) / P  # the share of the others: nobody sends anything to itself
    return {"all-reduce": 2 * others * rows, "all-gather": others * rows, "all-to-all": others * rows / P}[way]


def cases():
    sizes = [(2, 6, 3), (4, 256, 64), (1, 6, 3), (1024, 8192, 128)]
    return [(way, *size) for size in sizes for way in ("all-reduce", "all-gather", "all-to-all")]


def to_itself_too(way, P, N, d):
    rows = 4 * N * d
    return {"all-reduce": 2 * rows, "all-gather": rows, "all-to-all": rows / P}[way]


def of_two_processes(way, P, N, d):
    half = 4 * N * d / 2
    return {"all-reduce": 2 * half, "all-gather": half, "all-to-all": half / P}[way]


def numbers(way, P, N, d):
    return solution(way, P, N, d) / 4


def _sent(way, P, rows, others):
    return {"all-reduce": 2 * others * rows, "all-gather": others * rows, "all-to-all": others * rows / P}[way]


def bits(way, P, N, d):
    return _sent(way, P, 32 * N * d, (P - 1) / P)


def ways_swapped(way, P, N, d):
    other = {"all-reduce": "all-gather", "all-gather": "all-reduce"}
    return _sent(other.get(way, way), P, 4 * N * d, (P - 1) / P)


exercise = Exercise(
    task="""### Exercise 1 (worked): what one process sends

`sent_bytes(way, P, N, d)`: how many bytes one of `P` processes sends so that rows of `d` float32 get to where they are
needed, for a batch of `N` ids.

- `"all-reduce"`: everybody has N rows, partly zeros, and the sum goes to all: 2·(P − 1)/P of them.
- `"all-gather"`: everybody has a P-th of every row, and sends it to the P − 1 others: (P − 1)/P of N rows.
- `"all-to-all"`: everybody has N/P ids of its own. It sends rows to those who asked for them, and they asked for N/P
  rows from each of P processes alike: (P − 1)/P of N/P rows.

`sent_bytes("all-reduce", 2, 6, 3)` is 72. Which of the three gets cheaper, the more processes there are?
""",
    solution=solution,
    cases=cases,
    success="Only all-to-all sends less with more processes: whoever needs no row that others asked for is not sent any.",
    hints=["All three are (P − 1)/P of something.", "N rows of d numbers have 4·N·d bytes."],
    slips=[
        Slip("Nobody sends anything to itself: of P processes, P − 1 are others.", to_itself_too),
        Slip("Half is what one of two processes sends; of P, it is (P − 1)/P.", of_two_processes),
        Slip("These are numbers, and a float32 has 4 bytes.", numbers),
        Slip(
            "An all-reduce goes round twice: once to add up, once to hand out the sums.",
            lambda way, P, N, d: solution("all-gather" if way == "all-reduce" else way, P, N, d),
        ),
        Slip(
            "In an all-to-all, each process has only its own N/P ids to answer for.",
            lambda way, P, N, d: solution("all-gather" if way == "all-to-all" else way, P, N, d),
        ),
        Slip("Here a number has 2 bytes; a float32 has 4.", lambda way, P, N, d: _sent(way, P, 2 * N * d, (P - 1) / P)),
        Slip("Here a number has 8 bytes; a float32 has 4.", lambda way, P, N, d: _sent(way, P, 8 * N * d, (P - 1) / P)),
        Slip("These are bits; a float32 has 4 bytes.", bits),
        Slip(
            "The others' share is (P − 1)/P; here it is P − 1, as if each process sent all rows to each other one. (Or the processes were added up; what *one* sends is asked for.)",
            lambda way, P, N, d: _sent(way, P, 4 * N * d, P - 1),
        ),
        Slip(
            "1/P is a process's own share, the one that it does not send; the others' is (P − 1)/P.",
            lambda way, P, N, d: _sent(way, P, 4 * N * d, 1 / P),
        ),
        Slip(
            "(P − 1) // P is 0: a share is a fraction, so divide with `/`.",
            lambda way, P, N, d: _sent(way, P, 4 * N * d, (P - 1) // P),
        ),
        Slip("A row has d numbers; here each has one.", lambda way, P, N, d: _sent(way, P, 4 * N, (P - 1) / P)),
        Slip(
            "There are N rows, one for each id; here there is one.",
            lambda way, P, N, d: _sent(way, P, 4 * d, (P - 1) / P),
        ),
        Slip("The all-gather and the all-reduce are swapped: the all-reduce goes round twice.", ways_swapped),
        Slip(
            "In the all-to-all, a process's N/P ids were divided by P once more; of its N/P rows it sends (P − 1)/P.",
            lambda way, P, N, d: solution(way, P, N, d) / (P if way == "all-to-all" else 1),
        ),
        Slip(
            "This is the all-reduce's figure for all three ways.",
            lambda way, P, N, d: _sent("all-reduce", P, 4 * N * d, (P - 1) / P),
        ),
        Slip(
            "This is the all-gather's figure for all three ways.",
            lambda way, P, N, d: _sent("all-gather", P, 4 * N * d, (P - 1) / P),
        ),
        Slip(
            "All three ways came back; the one that is called `way` is asked for.",
            lambda way, P, N, d: ({one: solution(one, P, N, d) for one in ("all-reduce", "all-gather", "all-to-all")}),
        ),
        Slip(
            "The share is upside down: P − 1 of P processes are others, (P − 1)/P.",
            lambda way, P, N, d: _sent(way, P, 4 * N * d, P / max(P - 1, 1)),
        ),
        Slip(
            "The others are P − 1 of P processes, not P + 1.",
            lambda way, P, N, d: _sent(way, P, 4 * N * d, (P + 1) / P),
        ),
        Slip(
            "In the all-to-all each process has N/P ids; here they were multiplied by P.",
            lambda way, P, N, d: solution(way, P, N, d) * (P * P if way == "all-to-all" else 1),
        ),
        Slip(
            "The all-gather goes round once; only the all-reduce goes twice.",
            lambda way, P, N, d: solution(way, P, N, d) * (2 if way == "all-gather" else 1),
        ),
        Slip(
            "The sign is turned round: the others are P − 1, not 1 − P.",
            lambda way, P, N, d: _sent(way, P, 4 * N * d, (1 - P) / P),
        ),
        Slip(
            "In the all-to-all N rows were divided by N; each process has N/P ids of its own.",
            lambda way, P, N, d: solution(way, P, N, d) * (P / N if way == "all-to-all" else 1),
        ),
        Slip(
            "The all-gather has (P − 1)/P of N rows; only the all-to-all has N/P ids for each process.",
            lambda way, P, N, d: solution(way, P, N, d) / (P if way == "all-gather" else 1),
        ),
        Slip("A row has d numbers; here it has d².", lambda way, P, N, d: _sent(way, P, 4 * N * d * d, (P - 1) / P)),
        Slip("There are N rows; here there are N².", lambda way, P, N, d: _sent(way, P, 4 * N * N * d, (P - 1) / P)),
        Slip(
            "The all-reduce goes round twice; here it is three times.",
            lambda way, P, N, d: solution(way, P, N, d) * (1.5 if way == "all-reduce" else 1),
        ),
        Slip(
            "The all-reduce goes round twice; here it is four times.",
            lambda way, P, N, d: solution(way, P, N, d) * (2 if way == "all-reduce" else 1),
        ),
    ],
)
