"""Other answers to `embed_first`: right ones in other styles, and wrong ones that a general rule catches."""

import torch
from torch import nn

from answers import caught, right


@caught("transposed. Each word has a row")
def turned(text, vocabulary, dimension):
    ids, layer = torch.tensor([vocabulary[word] for word in text.split()]), nn.Embedding(len(vocabulary), dimension)
    return layer, layer(ids).T


@caught("a tensor of shape (2, 3). 3 words have 3 rows")
def last_lost(text, vocabulary, dimension):
    ids, layer = torch.tensor([vocabulary[word] for word in text.split()]), nn.Embedding(len(vocabulary), dimension)
    return layer, layer(ids[:-1])


@caught("the rows of the ids [4, 3, 0]. The text has the ids [0, 3, 4]")
def backwards(text, vocabulary, dimension):
    ids, layer = torch.tensor([vocabulary[word] for word in text.split()]), nn.Embedding(len(vocabulary), dimension)
    return layer, layer(ids.flip(0))


@caught("got a list. Return the tensor")
def a_list(text, vocabulary, dimension):
    ids, layer = torch.tensor([vocabulary[word] for word in text.split()]), nn.Embedding(len(vocabulary), dimension)
    return layer, layer(ids).tolist()


@right
def encoded(text, vocabulary, dimension):
    from tutorial_pkg.tokens import encode

    layer = nn.Embedding(len(vocabulary), dimension)
    return layer, layer(torch.tensor(encode(text, vocabulary)))


@right
def counted(words, vocab, d):
    emb = nn.Embedding(num_embeddings=max(vocab.values()) + 1, embedding_dim=d)
    return emb, emb(torch.tensor([vocab[word] for word in words.split()], dtype=torch.int32))


@right
def float64(text, vocabulary, dimension):
    layer = nn.Embedding(len(vocabulary), dimension, dtype=torch.float64)
    return [layer, layer(torch.tensor(list(map(vocabulary.get, text.split()))))]
