"""Guard: files are read in worker processes under limits, so that one that breaks its reader costs that file alone."""

import logging
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, as_completed
from contextlib import suppress
from multiprocessing import get_context
from pathlib import Path
from typing import Any, Final

from pebble import ProcessExpired, ProcessPool

from kodukant_analysis.loaders.folder import RawFile
from kodukant_analysis.loaders.vocabulary import use_words_of
from kodukant_analysis.loaders.workbook import Delivery, load_file, refused
from kodukant_analysis.privacy import PersonKeys

CRASHED: Final = "file-crashed"
TOO_LARGE: Final = "file-too-large"
TOO_SLOW: Final = "file-too-slow"
SECONDS: Final = 25
SECONDS_PER_MEGABYTE: Final = 10
MAX_SECONDS: Final = 120
MAX_MEMORY: Final = 900 * 2**20
_STDERR: Final = 2
_log = logging.getLogger(__name__)


def load_files(files: Sequence[RawFile], keys: PersonKeys, workers: int, words: Path | None) -> Iterator[Delivery]:
    """The delivery of each file as it gets done; one whose reader dies, hangs or grows too big is refused by name.

    `words` is the folder of the site's own vocabulary, or None.
    """
    calls = {file.name: (file.path, file.name, keys, file.seen) for file in files}
    for name, result in guarded(load_file, calls, workers, words):
        yield refused(name, result) if isinstance(result, str) else result


def guarded(
    function: Callable[..., Any], calls: Mapping[str, tuple[Any, ...]], workers: int, words: Path | None
) -> Iterator[tuple[str, Any]]:
    """Each call's name and result as it gets done in a worker process; of one that fails, the rule that names why.

    The first argument of a call is the file that it reads.
    """
    with ProcessPool(workers, initializer=_limit, initargs=(words,), context=get_context("spawn")) as pool:
        futures: dict[Future[Any], str] = {
            pool.schedule(function, args, timeout=_seconds(args[0])): name for name, args in calls.items()
        }
        for future in as_completed(futures):
            yield futures[future], _result(future, futures[future])


def _seconds(path: Path) -> float:
    return min(SECONDS + SECONDS_PER_MEGABYTE * path.stat().st_size / 2**20, MAX_SECONDS)


def _result(future: Future[Any], name: str) -> Any:
    """What a call gave, or a rule; a mistake of ours is logged without its message, which may quote a cell."""
    error = future.exception()
    if error is None:
        return future.result()
    if isinstance(error, TimeoutError):
        return TOO_SLOW
    if isinstance(error, MemoryError):
        return TOO_LARGE
    if not isinstance(error, ProcessExpired):
        _log.error("%s could not be read: %s", name, type(error).__name__)
    return CRASHED


def _limit(words: Path | None) -> None:
    """Prepares a worker: no more memory than its share, where the system can hold a process to that, and no word.

    What a reader says as it breaks may quote a cell.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), _STDERR)
    with suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    use_words_of(words)
