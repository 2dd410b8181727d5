"""TorchRec splits the course's six-row table on the CPU, by rows and by columns. The script compares the results with
the whole table.

python -m torch.distributed.run --standalone --nproc-per-node 2 tests/robustness/torchrec_table.py

in an environment with TorchRec: notebook 08 says how to make one. Each version of TorchRec needs a certain version of
torch.
"""

import torch
import torch.distributed as dist
import torch.nn.functional as F
from torchrec import EmbeddingBagCollection, EmbeddingBagConfig, KeyedJaggedTensor
from torchrec.distributed.embeddingbag import EmbeddingBagCollectionSharder
from torchrec.distributed.shard import shard
from torchrec.distributed.sharding_plan import column_wise, construct_module_sharding_plan, row_wise
from torchrec.distributed.types import ShardingEnv

BATCHES = ([4, 0, 3, 2, 5, 1], [1, 1, 0, 5, 4, 2])  # different ids in each process


def main() -> None:
    dist.init_process_group("gloo")
    rank, processes = dist.get_rank(), dist.get_world_size()
    torch.manual_seed(42)
    table = torch.randn(6, 4)  # TorchRec needs a multiple of 4 as width
    config = EmbeddingBagConfig(name="table", num_embeddings=6, embedding_dim=4, feature_names=["words"])
    sharder = EmbeddingBagCollectionSharder()
    for name, way in {"rows": row_wise(), "columns": column_wise(ranks=list(range(processes)))}.items():
        bags = EmbeddingBagCollection(device=torch.device("meta"), tables=[config])
        plan = construct_module_sharding_plan(
            bags, {"table": way}, sharder=sharder, local_size=processes, world_size=processes, device_type="cpu"
        )
        env = ShardingEnv.from_process_group(dist.group.WORLD)
        split = shard(bags, plan, env=env, device=torch.device("cpu"), sharder=sharder)
        (weight,) = split.state_dict().values()
        for part in weight.local_shards():
            (row, column), (rows, columns) = part.metadata.shard_offsets, part.metadata.shard_sizes
            with torch.no_grad():
                part.tensor.copy_(table[row : row + rows, column : column + columns])
        ids = torch.tensor(BATCHES[rank % 2])
        one_each = torch.ones(len(ids), dtype=torch.int64)  # each bag has one id
        out = split(KeyedJaggedTensor(keys=["words"], values=ids, lengths=one_each)).values()
        equal = torch.tensor(int(torch.equal(out, F.embedding(ids, table))))
        dist.all_reduce(equal, dist.ReduceOp.MIN)
        if rank == 0:
            print(f"split by {name} over {processes} processes, equal to the whole table: {bool(equal)}", flush=True)
    dist.destroy_process_group()


if __name__ == "__main__":
    main()
