from tutorial_pkg.practice.items import Exercise, Finding, Slip
from tutorial_pkg.practice.lazy import F, torch
from tutorial_pkg.practice.samples import random


def stub(states, mask):
    return states.mean(dim=1)


def solution(states, mask):
    real = mask[:, :, None].to(states.dtype)  # (B, N, 1): 1 at a real token, 0 at padding
    return (states * real).sum(dim=1) / real.sum(dim=1)


def cases():
    def mask(lengths, N):
        return torch.arange(N) < torch.tensor(lengths)[:, None]

    return [
        (torch.tensor([[[1.0, 2.0], [3.0, 4.0], [9.0, 9.0]]]), torch.tensor([[True, True, False]])),
        (random(3, 5, 4, seed=1), mask([5, 2, 1], 5)),
        (random(2, 7, 3, seed=2) + 3, mask([3, 6], 7)),
        (random(4, 4, 4, seed=3), mask([1, 2, 3, 4], 4)),
        (random(1, 3, 2, seed=4, dtype=torch.float64), mask([2], 3)),
    ]


def view(result, states, mask):
    B, N, d = states.shape
    if not isinstance(result, torch.Tensor):
        return result
    if result.isnan().any():
        return Finding("numbers that are nan. Leave the padding out of the sum, and do not divide by 0")
    if result.shape == (B, N, d):
        return Finding(f"a vector for each token, shape {tuple(result.shape)}. Return one vector for each text: {(B, d)}")
    if result.shape == (d,):
        return Finding("one vector for all texts. Return one vector for each text: sum over dimension 1 only")
    return result


exercise = Exercise(
    task="""### Exercise 2 (find the mistake): the mean without padding

`masked_mean(states, mask)` takes the states of a padded batch, shape `(B, N, d)`, and a mask of shape `(B, N)`. The mask is True at real tokens. The function should return the mean of
each text's real states: shape `(B, d)`. For one text with the states `[1, 2]`, `[3, 4]` and `[9, 9]`, where the last is padding, it should return `[2, 3]`.

The code below has a bug that people often report: the vector of a text changes with the other texts of its batch. Correct the code.
""",
    stub=stub,
    solution=solution,
    cases=cases,
    view=view,
    success="The vector of a text no longer depends on how much padding follows it.",
    hints=[
        "Leave the padding out of the sum. Leave it out of the divisor, too.",
        "`mask[:, :, None]` has shape (B, N, 1). Multiply the states by it, sum over dimension 1, and divide by the sum of the mask over dimension 1.",
    ],
    parts=lambda states, mask: {"real": mask[..., None].to(states.dtype), "kept": states * mask[..., None]},
    slips=[
        Slip("The padding is set to 0 here, but it still counts in the division. Divide by the number of real tokens.", lambda p: p.kept.mean(1)),
        Slip("The padding is in the sum. Multiply the states by the mask first.", lambda p: p.states.sum(1) / p.real.sum(1)),
        Slip("This is the sum of the real states. Divide it by the number of real tokens.", lambda p: p.kept.sum(1)),
        Slip("The padding is in the mean. Leave it out.", lambda p: p.states.mean(1)),
        Slip("The mask is reversed here: this is the mean of the padding.", lambda p: (p.states * (1 - p.real)).sum(1) / (1 - p.real).sum(1)),
        Slip("This divides by the number of real tokens in the whole batch. Count them for each text.", lambda p: p.kept.sum(1) / p.real.sum()),
        Slip("This divides by the number of real tokens of the first text. Count them for each text.", lambda p: p.kept.sum(1) / p.real[0].sum()),
        Slip("The length of the first text is used for all texts. Use the mask of each text.", lambda p: p.states[:, : p.mask[0].sum()].mean(1)),
        Slip("This divides by the average number of real tokens in a text. Count them for each text.", lambda p: p.kept.sum(1) / p.real.sum() * len(p.mask)),
        Slip("The sum has the shape (B, d), and the divisor has the shape (B,). Use mask.sum(1, keepdim=True).", lambda p: p.kept.sum(1) / p.mask.sum(1)),
        Slip("This is each text's first state. Return the mean of its real states.", lambda p: p.states[:, 0]),
        Slip("This is each text's last state, which may be padding. Return the mean of the real states.", lambda p: p.states[:, -1]),
        Slip("These are the largest numbers of the real states. Return their mean.", lambda p: p.states.masked_fill(p.real == 0, float("-inf")).amax(1)),
        Slip("The vectors are divided by their length here. Return the means themselves.", lambda p: F.normalize(p.right, dim=1)),
    ],
)
