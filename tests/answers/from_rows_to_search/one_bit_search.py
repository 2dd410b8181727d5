"""Other answers to `one_bit_search`: right ones in other styles, and wrong ones that a general rule catches."""

import torch

from answers import caught, right


@right
def by_signs(query, texts):
    mean = texts.mean(dim=0)
    ones = torch.where(texts > mean, 1.0, -1.0) @ torch.where(query > mean, 1.0, -1.0)
    return ((ones + len(query)) / 2).round().long()


@right
def by_xor(query, texts):
    mean = texts.mean(dim=0)
    return len(query) - ((texts > mean) ^ (query > mean)).sum(dim=1)


@right
def text_by_text(query, texts):
    mean = texts.mean(dim=0)
    return torch.tensor([int(((text > mean) == (query > mean)).sum()) for text in texts])


@caught("Got True and False. For each text, count the True values")
def compared_only(query, texts):
    mean = texts.mean(dim=0)
    return (texts > mean) == (query > mean)


@caught("Got one number")
def all_texts(query, texts):
    mean = texts.mean(dim=0)
    return ((texts > mean) == (query > mean)).sum()


@caught("Got a number for each of the 3 dimensions")
def wrong_dimension(query, texts):
    mean = texts.mean(dim=0)
    return ((texts > mean) == (query > mean)).sum(dim=0)


@caught("raises")
def bits_subtracted(query, texts):
    mean = texts.mean(dim=0)
    return ((texts > mean) - (query > mean)).abs().sum(dim=1)
