"""A driver to be killed: `python -m tests.cluster.driver ADDRESS RECORD INPUT...`; it says how much it has kept."""

from __future__ import annotations

import sys

from dragoman.cluster import connected
from dragoman.record import Record, RecordWriter
from tests.cluster.stubs import Slow, run


def main() -> None:
    address, folder, *inputs = sys.argv[1:]
    record = Record(folder, create=True)
    with connected(address), RecordWriter(record, articles=16) as writer:
        for done in run(inputs, record, Slow):
            for coded in done.coded:
                writer.add(coded)
            print(f"kept {writer.added}", flush=True)


if __name__ == "__main__":
    main()
