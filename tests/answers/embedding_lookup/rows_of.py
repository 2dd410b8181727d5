"""Other answers to `rows_of`: right ones in other styles, and wrong ones that a general rule catches."""

import torch
from torch import nn

from answers import right


@right
def loop(words, vocabulary, table):
    rows = []
    for word in words:
        rows.append(table[vocabulary.index(word)].tolist())
    return rows


@right
def dictionary(text, vocab, W):
    number = {word: i for i, word in enumerate(vocab)}
    return torch.index_select(W, 0, torch.tensor([number[word] for word in text], dtype=torch.int32))


@right
def layer(words, vocabulary, table):
    layer = nn.Embedding.from_pretrained(table)
    return layer(torch.tensor([vocabulary.index(word) for word in words], dtype=torch.int64))


@right
def numpy(words, vocabulary, table):
    return table.numpy()[[vocabulary.index(word) for word in words]]
