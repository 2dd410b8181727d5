"""Other answers to `with_new_row`: right ones in other styles, and wrong ones that a general rule catches."""

import torch

from answers import caught, right


@right
def stacked(table, piece_ids):
    return torch.vstack([table, table[piece_ids].sum(0) / len(piece_ids)])


@right
def filled(table, piece_ids):
    new = table.new_empty(len(table) + 1, table.shape[1])
    new[:-1] = table
    new[-1] = table.index_select(0, piece_ids).mean(0)
    return new


@right
def counted(table, piece_ids):
    share = torch.bincount(piece_ids, minlength=len(table)).to(table.dtype) / len(piece_ids)
    return torch.cat((table, (share @ table).reshape(1, -1)))


@caught("the new row only")
def row_only(table, piece_ids):
    return table[piece_ids].mean(dim=0)


@caught("the table and the row separately")
def apart(table, piece_ids):
    return table, table[piece_ids].mean(dim=0)


@caught("a table without the new row")
def replaced(table, piece_ids):
    return torch.cat([table[1:], table[piece_ids].mean(dim=0, keepdim=True)])


@caught("a new row for each piece")
def every_piece(table, piece_ids):
    return torch.cat([table, table[piece_ids]])


@caught("join along dim=0")
def new_column(table, piece_ids):
    return torch.cat([table, table.mean(dim=1, keepdim=True)], dim=1)


@caught("a tensor of shape (6, 2)")
def three_rows(table, piece_ids):
    row = table[piece_ids].mean(dim=0)
    return torch.stack([*table, row, row, row])


@caught("the new row first")
def on_top(table, piece_ids):
    return torch.stack([table[piece_ids].mean(dim=0), *table])


@caught("changed old rows")
def centred(table, piece_ids):
    return torch.cat([table - 1, table[piece_ids].mean(dim=0)[None]])


@caught("torch.cat cannot join a single number. Did a mean or sum go over all dimensions?")
def one_number_for_all(table, piece_ids):
    return torch.cat([table, table[piece_ids].mean()])


@caught("One dimension is missing: take the mean over dim=0")
def mean_over_everything(table, piece_ids):
    return torch.cat([table, table[piece_ids].mean()[None]])


@caught("in a list of tensors. Join them into one tensor with torch.stack.")
def a_list_of_rows(table, piece_ids):
    return [*table, table[piece_ids].mean(0)]


@caught("The new row is the mean of the first piece's numbers. Take the mean over the pieces: dim=0.")
def mean_of_the_first_piece(table, piece_ids):
    return torch.cat([table, table[piece_ids].mean(1)[0].expand(1, table.shape[1])])
