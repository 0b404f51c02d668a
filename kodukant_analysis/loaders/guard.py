"""Guard: files are read in worker processes, so that a file that breaks its reader costs that file alone."""

import logging
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import get_context
from typing import Final

from kodukant_analysis.loaders.folder import RawFile
from kodukant_analysis.loaders.workbook import Delivery, load_file, refused
from kodukant_analysis.privacy import PersonKeys

CRASHED: Final = "file-crashed"
_log = logging.getLogger(__name__)


def load_files(files: Sequence[RawFile], keys: PersonKeys, workers: int) -> Iterator[Delivery]:
    """The delivery of each file as it gets done; a file whose reader dies is refused, the others are read."""
    left = list(files)
    try:
        with _pool(workers) as pool:
            futures = {pool.submit(load_file, file.path, file.name, keys): file for file in files}
            for future in as_completed(futures):
                delivery = _result(future, futures[future])
                left.remove(futures[future])
                yield delivery
    except BrokenProcessPool:
        for file in left:
            yield _load_alone(file, keys)


def _load_alone(file: RawFile, keys: PersonKeys) -> Delivery:
    try:
        with _pool(1) as pool:
            return _result(pool.submit(load_file, file.path, file.name, keys), file)
    except BrokenProcessPool:
        return refused(file.name, CRASHED)


def _result(future: Future[Delivery], file: RawFile) -> Delivery:
    """A delivery, or a refusal for a mistake of ours: logged without its message, which may quote a cell."""
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, BrokenProcessPool):
        raise error
    _log.error("%s could not be read: %s", file.name, type(error).__name__)
    return refused(file.name, CRASHED)


def _pool(workers: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(workers, mp_context=get_context("spawn"))
