"""What several exercises use to read formulas: sizes, and the meaning of terms in words."""

SMALL, MEDIUM, LARGE = (11, 13, 17, 20), (61, 67, 71, 74), (211, 223, 227, 230)
# Which of 12·V and 4·V + 4·d is larger depends on V compared with d.
PLACES = {
    ("where V is above d / 2", "where V is above d"): {"V": LARGE, "d": SMALL},
    ("where V is above d / 2", "where V is between d / 2 and d"): {"V": MEDIUM, "d": (79, 83, 89, 90)},
    ("where V is below d / 2",): {"V": SMALL, "d": LARGE},
}
EXISTING = {"8·N": "the ids, which exist already", "4·V·d": "the table, which exists already"}
