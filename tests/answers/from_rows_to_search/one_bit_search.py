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


@caught("A number that is equal to the mean has the bit False. Use `>`, not `>=`.")
def at_least_the_mean(query, texts):
    return ((query >= texts.mean(0)) == (texts >= texts.mean(0))).sum(1)


@caught("`sign` has three values, with 0 for a number equal to the mean.")
def signs(query, texts):
    return ((query - texts.mean(0)).sign() == (texts - texts.mean(0)).sign()).sum(1)


@caught("Each vector is compared with its own mean. Use the mean of each column")
def means_of_rows(query, texts):
    return ((query > query.mean()) == (texts > texts.mean(1, keepdim=True))).sum(1)
