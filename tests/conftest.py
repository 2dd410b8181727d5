"""Settings that all tests share."""

from hypothesis import settings

# A busy machine may take long over one example: that says nothing about the code.
settings.register_profile("course", deadline=None)
settings.load_profile("course")

collect_ignore = ["robustness/torchrec_table.py"]  # a script for an environment with TorchRec; its test runs it there
