"""Settings that all tests share."""

import gc
import os
import signal

from hypothesis import settings

# If each test process used several threads, the processes would wait for each other. So each process and its kernels
# use one thread.
if "PYTEST_XDIST_WORKER" in os.environ:
    os.environ.setdefault("OMP_NUM_THREADS", "1")

# A program that a shell runs in the background ignores interrupts. Tests that interrupt themselves need Python's own
# handler.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# A busy machine may need a long time for one example. That says nothing about the code.
settings.register_profile("course", deadline=None)
settings.load_profile("course")

collect_ignore = ["robustness/torchrec_table.py"]  # not a test, but a script for an environment with TorchRec


# Nothing that is imported becomes garbage: tutorial_pkg/kernel.py does the same for a kernel's start.
gc.disable()


def pytest_collection_finish() -> None:
    gc.collect()
    gc.freeze()
    gc.enable()
