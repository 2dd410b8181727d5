"""Settings that all tests share."""

from hypothesis import settings

# On a busy machine, one example can take long although the code is fine.
settings.register_profile("course", deadline=None)
settings.load_profile("course")

collect_ignore = ["robustness/torchrec_table.py"]  # not a test, but a script for an environment with TorchRec
