"""Other answers to `embed_first`: right ones in other styles, and wrong ones that a general rule catches."""

import torch
from torch import nn

from answers import caught, right


@caught("only the layer. Return the pair (layer, rows)")
def layer_only(text, vocabulary, dimension):
    return nn.Embedding(len(vocabulary), dimension)


@caught("one tensor. Return the pair (layer, rows)")
def rows_only(text, vocabulary, dimension):
    return nn.Embedding(len(vocabulary), dimension)(torch.tensor([vocabulary[word] for word in text.split()]))


@caught("the rows first and the layer second")
def rows_first(text, vocabulary, dimension):
    layer = nn.Embedding(len(vocabulary), dimension)
    return layer(torch.tensor([vocabulary[word] for word in text.split()])), layer


@caught("a pair that begins with a Parameter")
def weight_for_layer(text, vocabulary, dimension):
    layer = nn.Embedding(len(vocabulary), dimension)
    return layer.weight, layer(torch.tensor([vocabulary[word] for word in text.split()]))


@caught("numbers that are not in the table of this layer")
def rows_of_another_layer(text, vocabulary, dimension):
    other = nn.Embedding(len(vocabulary), dimension)
    return nn.Embedding(len(vocabulary), dimension), other(torch.tensor([vocabulary[word] for word in text.split()]))


@caught("a layer with padding_idx=0")
def padded(text, vocabulary, dimension):
    ids, layer = torch.tensor([vocabulary[word] for word in text.split()]), nn.Embedding(len(vocabulary), dimension)
    layer.padding_idx = 0
    return layer, layer(ids)


@caught("got 1000 for 6 tokens")
def thousand(text, vocabulary, dimension):
    ids, layer = torch.tensor([vocabulary[word] for word in text.split()]), nn.Embedding(len(vocabulary), dimension)
    layer = nn.Embedding(1000, dimension)
    return layer, layer(ids)


@caught("3 things. Return the pair")
def three_things(text, vocabulary, dimension):
    ids, layer = torch.tensor([vocabulary[word] for word in text.split()]), nn.Embedding(len(vocabulary), dimension)
    return layer, ids, layer(ids)


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


@caught("got 7 for 6 tokens. Each token needs one row.")
def one_row_more(text, vocabulary, dimension):
    layer = nn.Embedding(len(vocabulary) + 1, dimension)
    return layer, layer(torch.tensor([vocabulary[word] for word in text.split()]))


@caught("is the whole table. Look up only the ids of this text's words.")
def ids_of_the_vocabulary(text, vocabulary, dimension):
    layer = nn.Embedding(len(vocabulary), dimension)
    return layer, layer(torch.tensor([vocabulary[word] for word in vocabulary]))
