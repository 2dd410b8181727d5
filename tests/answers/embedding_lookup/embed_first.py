"""Other answers to `embed_first`: right ones in other styles, and wrong ones that a general rule catches."""

import torch
from torch import nn

from answers import right


@right
def from_weights(text, vocabulary, dimension):
    layer = nn.Embedding.from_pretrained(torch.randn(len(vocabulary), dimension), freeze=False)
    return layer, layer.weight[[vocabulary.index(word) for word in text.split()]]


@right
def counted(words, vocab, d):
    number = {word: i for i, word in enumerate(vocab)}
    emb = nn.Embedding(num_embeddings=max(number.values()) + 1, embedding_dim=d)
    return emb, emb(torch.tensor([number[word] for word in words.split()], dtype=torch.int32))


@right
def float64(text, vocabulary, dimension):
    layer = nn.Embedding(len(vocabulary), dimension, dtype=torch.float64)
    return [layer, layer(torch.tensor(list(map(vocabulary.index, text.split()))))]
