"""What the picture of notebook 00 shows, read from the figure's own data."""

import pytest
import torch
from matplotlib.patches import Rectangle

from tutorial_pkg.draw.in_ten_minutes import two_ones

TABLE = torch.tensor([[1.0, -2.0], [3.0, 4.0], [-5.0, 6.0]])
WORDS = {"fox": 0, "house": 1, "in": 2}


@pytest.mark.parametrize("ids", [[0, 1], [2, 0], [1, 2], [1]])
def test_two_ones_give_the_sum_of_two_rows(ids):
    figure = two_ones(TABLE, torch.tensor(ids), WORDS)
    vector, table, total = ([float(text.get_text()) for text in ax.texts] for ax in figure.axes)
    assert vector == [float(row in ids) for row in range(3)]
    assert table == TABLE.flatten().tolist()
    assert total == (torch.tensor(vector) @ TABLE).tolist() == TABLE[ids].sum(0).tolist()
    frames = [patch for patch in figure.axes[1].patches if isinstance(patch, Rectangle) and not patch.get_fill()]
    assert [frame.get_y() + 0.5 for frame in frames] == sorted(ids)
    assert [tick.get_text() for tick in figure.axes[1].get_yticklabels()] == ["0 fox", "1 house", "2 in"]


@pytest.mark.parametrize("ids", [[0, 0], [0, 1, 2]])
def test_other_than_two_different_ids_are_refused(ids):
    with pytest.raises(ValueError, match="expected two different ones"):
        two_ones(TABLE, ids, WORDS)
