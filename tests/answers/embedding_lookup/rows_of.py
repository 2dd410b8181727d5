"""Other answers to `rows_of`: right ones in other styles, and wrong ones that a general rule catches."""

import torch

from answers import caught, right


@caught("raises TypeError")
def words_as_ids(words, vocabulary, table):
    return table[words]


@caught("the rows of the ids [5]. The words")
def last_lost(words, vocabulary, table):
    return table[torch.tensor([vocabulary[word] for word in words], dtype=torch.long)[:-1]]


@caught("one-hot vectors")
def one_hots(words, vocabulary, table):
    return torch.eye(len(table))[torch.tensor([vocabulary[word] for word in words], dtype=torch.long)]


@caught("one number for each word")
def first_column(words, vocabulary, table):
    return table[torch.tensor([vocabulary[word] for word in words], dtype=torch.long), 0]


@caught("2 numbers for each word")
def two_columns(words, vocabulary, table):
    return table[torch.tensor([vocabulary[word] for word in words], dtype=torch.long), :2]


@right
def encoded(words, vocabulary, table):
    from tutorial_pkg.tokens import encode

    return table[torch.tensor(encode(" ".join(words), vocabulary), dtype=torch.long)]


@right
def other_names(text, vocab, W):
    return torch.index_select(W, 0, torch.tensor([vocab[word] for word in text], dtype=torch.int32))


@right
def numpy(words, vocabulary, table):
    return table.numpy()[[vocabulary[word] for word in words]]


@caught("Got a list. Return one tensor, of shape (2, 3).")
def a_list_of_rows(words, vocabulary, table):
    return [table[vocabulary[word]] for word in words]


@caught("The wrong calls are those in which `words` is empty.")
def by_lists_of_numbers(words, vocabulary, table):
    return torch.tensor([table[vocabulary[word]].tolist() for word in words])
