from tutorial_pkg.practice.items import Exercise, Finding, Slip

WAYS = ("all-reduce", "all-gather", "all-to-all")


def solution(way, P, N, d):
    rows = 4 * N * d  # bytes of all rows
    others = (P - 1) / P  # a process sends nothing to itself
    if way == "all-reduce":
        return 2 * others * rows
    if way == "all-gather":
        return others * rows
    return others * rows / P


def cases():
    sizes = [(2, 6, 3), (4, 256, 64), (1, 6, 3), (1024, 8192, 128)]
    return [(way, *size) for size in sizes for way in WAYS]


def view(result, way, P, N, d):
    if isinstance(result, (dict, list, tuple)):
        return Finding(f"{len(result)} results. Return only the bytes for `way`")
    return result


def reader(answer):
    """How the answer's formula differs from the right formula, for each of the three ways."""
    from tutorial_pkg.practice.formula import read_formula

    sizes = {"P": (2, 4, 8, 16, 32, 64, 128), "N": (3, 5, 7, 11, 13, 17), "d": (19, 23, 29, 31, 37, 41)}
    words = {
        "·4": "a float32 takes 4 bytes",
        "·8": "2 rounds of 4 bytes for each number",
        "·d": "a row has d numbers",
        "·N": "there is one row for each id",
        "4·N·d": "all rows; a process sends nothing to itself, so use (P − 1)/P of them",
        "8·N·d": "all rows twice; a process sends nothing to itself, so use (P − 1)/P of them",
        "4·N·d / P": "all rows of the process's own N/P ids; a process sends nothing to itself, so count (P − 1)/P of these rows",
        "0": "`//` rounds the share down to 0: divide with `/`",
    }
    grids = {(f'for "{way}"',): {"way": (way,), **sizes} for way in WAYS}
    return read_formula(answer, solution, grids, words)


def sent(share):
    """A wrong answer: the formula with `share(P)` in place of (P - 1) / P."""
    return lambda way, P, N, d: {"all-reduce": 2, "all-gather": 1, "all-to-all": 1 / P}[way] * share(P) * 4 * N * d


exercise = Exercise(
    task="""### Exercise 1 (worked): what one process sends

`sent_bytes(way, P, N, d)` returns the bytes that one of `P` processes sends in one lookup of `N` ids. Each row has `d` float32
numbers.

- `"all-reduce"`: every process has N rows, with zeros for the ids of other processes. The sum goes to all processes. Each process
  sends 2·(P − 1)/P times the bytes of the N rows.
- `"all-gather"`: every process has 1/P of each row, and sends it to the other processes. Each process sends (P − 1)/P times
  the bytes of the N rows.
- `"all-to-all"`: every process has its own N/P ids, and gets only the rows for these ids. Each process sends (P − 1)/P times
  the bytes of N/P rows.

`sent_bytes("all-reduce", 2, 6, 3)` is 72. Which of the three ways sends less with more processes?
""",
    solution=solution,
    cases=cases,
    view=view,
    reader=reader,
    success="Only all-to-all sends less with more processes, because each process gets only the rows for its own ids.",
    hints=["All three results are (P − 1)/P of something.", "N rows of d float32 numbers take 4·N·d bytes."],
    slips=[
        Slip("This is right for two processes only. For P processes, the share of the others is (P − 1)/P.", sent(lambda P: 1 / 2)),
        Slip("1/P is the share of one process. The share of the others is (P − 1)/P.", sent(lambda P: 1 / P)),
        Slip("The share is inverted here. It is (P − 1)/P.", sent(lambda P: P / max(P - 1, 1))),
        Slip("There are P − 1 other processes here, not P + 1.", sent(lambda P: (P + 1) / P)),
        Slip("In the all-to-all, each process has N/P ids. Divide the rows by P.", lambda way, P, N, d: solution("all-reduce" if way == "all-reduce" else "all-gather", P, N, d)),
    ],
)
