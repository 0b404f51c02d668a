"""Histories: the rows of one action in delivery after delivery, under one name."""

from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby, product
from operator import itemgetter
from typing import Final, TypeVar

from kodukant_analysis.loaders.identifiers import identifier
from kodukant_analysis.loaders.naming import Row, category, other_script, topic_of
from kodukant_analysis.loaders.regions import is_one_municipality
from kodukant_analysis.loaders.wording import key

_T = TypeVar("_T")
_PLACE: Final = ("municipality_code_then", "municipality_code", "place_code")
# What two reports of one action cannot differ in.
_TELLING: Final = (*_PLACE, "prefecture", "agreed_on")


def name_actions(rows: Iterable[Row], topics: Mapping[str, list[Row]], vague: frozenset[str] = frozenset()) -> None:
    """Sets `action_id` and `topic_id`, delivery by delivery; `vague` are discussions that one file alone can name.

    An action is known again by its words within its discussion, or within its place where a delivery does not tell the
    discussion, the n-th of the same words being the n-th; or, where a later delivery tells it in the other language, by
    its topic's category, its owners and its due date, if only one on each side has them.
    """
    known = _Actions(vague)
    rows = sorted(rows, key=lambda row: (*_delivery(row), row["source_row"]))
    for _, delivery in groupby(rows, key=_delivery):
        known.name(list(delivery))
    for row in rows:
        row["topic_id"] = topic_of(row, topics.get(row["discussion_id"], []))


def _delivery(row: Row) -> tuple[date, str, str]:
    return row.get("reported_on") or date.min, row["source_file"], row["source_sheet"]


@dataclass(eq=False)
class _Action:
    """An action: its name, its words, what its deliveries told of its place and day first, and its latest row."""

    id: str
    told: Row
    latest: Row
    words: set[str] = field(default_factory=set)
    discussions: set[str] = field(default_factory=set)

    def tell(self, row: Row) -> None:
        row["action_id"], self.latest = self.id, row
        self.words.add(_words(row))
        self.discussions |= {row["discussion_id"]} - {None}
        self.told |= {name: row.get(name) for name in ("discussion_id", *_TELLING) if self.told.get(name) is None}


@dataclass
class _Queue:
    """Known actions in their order, of which those already taken are passed over; `told` is what the first told."""

    left: deque[tuple[int, _Action]] = field(default_factory=deque)

    @property
    def told(self) -> Row:
        return self.left[0][1].told

    def is_open(self, taken: set[str]) -> bool:
        while self.left and self.left[0][1].id in taken:
            self.left.popleft()
        return bool(self.left)


_Kind = tuple[object, ...]


@dataclass
class _Choice:
    """The actions of some words that a delivery's rows may be: those of one kind are compared once for all of them."""

    vague: frozenset[str]
    actions: dict[date | None, dict[_Kind, _Queue]]
    rows: dict[date | None, dict[_Kind, Row]]
    queues: dict[_Kind, list[_Queue]] = field(default_factory=dict)
    rivals: dict[_Kind, set[_Kind]] = field(default_factory=dict)

    def certain(self, row: Row, taken: set[str]) -> _Action | None:
        """The first free action a row may be, if all of them and all rows like it tell one place and day."""
        kind = _kind(row)
        if kind not in self.queues:
            self.queues[kind] = [queue for queue in _of_day(self.actions, row) if self._may_be(row, queue, taken)]
        fitting = [queue for queue in self.queues[kind] if queue.is_open(taken)]
        if len({_scene(queue.told) for queue in fitting}) != 1:
            return None
        first = min(fitting, key=lambda queue: queue.left[0][0])
        return first.left[0][1] if len(self._rivals(first, taken)) == 1 else None

    def _rivals(self, queue: _Queue, taken: set[str]) -> set[_Kind]:
        """The places and days of the rows that may be the actions of a queue."""
        kind = _kind(queue.told)
        if kind not in self.rivals:
            rows = _of_day(self.rows, queue.told)
            self.rivals[kind] = {_scene(row) for row in rows if self._may_be(row, queue, taken)}
        return self.rivals[kind]

    def _may_be(self, row: Row, queue: _Queue, taken: set[str]) -> bool:
        if not queue.is_open(taken):
            return False
        told = queue.told
        are_two = all(_is_firm(one["discussion_id"], self.vague) for one in (row, told))
        return not are_two and not _differ(row, told) and _is_same_place(row, told)


_Index = dict[tuple[str, str], dict[str, _Action]]


@dataclass
class _Actions:
    """The actions known so far: by discussion and words, by words, and those by words whose discussion is not told."""

    vague: frozenset[str]
    by_discussion: _Index = field(default_factory=lambda: defaultdict(dict))
    by_words: _Index = field(default_factory=lambda: defaultdict(dict))
    by_mark: dict[_Kind, dict[str, _Action]] = field(default_factory=lambda: defaultdict(dict))
    joined: dict[tuple[str, str], int] = field(default_factory=dict)
    numbers: Counter[str] = field(default_factory=Counter)

    def name(self, delivery: Sequence[Row]) -> None:
        """Names the actions of a delivery, of which no two are one action."""
        same = self._worded_alike(delivery)
        here = {action.id for action in same if action}
        fresh = Counter(_fingerprint(row) for row, action in zip(delivery, same, strict=True) if action is None)
        found = [action or self._translated(row, fresh, here) for row, action in zip(delivery, same, strict=True)]
        for row, action in zip(delivery, found, strict=True):
            self._keep(row, action or self._new(row))

    def _worded_alike(self, delivery: Sequence[Row]) -> list[_Action | None]:
        """The known action of each row that has the same words, None where none has or it is not certain.

        Those of its discussion go first, then those that may be of it.
        """
        same: list[_Action | None] = []
        taken: set[str] = set()
        rows: dict[str, dict[date | None, dict[_Kind, Row]]] = defaultdict(lambda: defaultdict(dict))
        for row in delivery:
            rows[_words(row)][row.get("agreed_on")].setdefault(_kind(row), row)
        own: dict[tuple[str, str], _Queue] = {}
        choices: dict[tuple[str, str], _Choice] = {}
        for row in delivery:
            discussion, words = row["discussion_id"] or "", _words(row)
            scene, pool = (discussion, words), ("loose" if _is_firm(discussion, self.vague) else "", words)
            own[scene] = own.get(scene) or self._own(scene)
            choices[pool] = choices.get(pool) or _Choice(self.vague, _by_kind(self.by_words[pool]), rows[words])
            queue = own[scene]
            found = queue.left[0][1] if queue.is_open(taken) else choices[pool].certain(row, taken)
            same.append(found)
            taken |= {found.id} if found else set()
        return same

    def _own(self, scene: tuple[str, str]) -> _Queue:
        """The actions of a discussion that have some words, in the order in which they came to it."""
        known = ((self.joined[scene[0], action.id], action) for action in self.by_discussion[scene].values())
        return _Queue(deque(sorted(known, key=itemgetter(0))))

    def _translated(self, row: Row, fresh: Mapping[_Kind, int], here: set[str]) -> _Action | None:
        """The known action that a row tells in the other language, or None when that is not certain."""
        mark = _fingerprint(row)
        if not row["discussion_id"] or fresh[mark] > 1:
            return None
        known = [action for action in self.by_mark[mark].values() if action.id not in here]
        found = [action for action in known if other_script(row, action.latest, "action")]
        return found[0] if len(found) == 1 else None

    def _new(self, row: Row) -> _Action:
        """A new action, named by its discussion or else its place, and its words, the n-th of them by n."""
        parts = _named_by(row)
        alike = identifier("a", *parts)
        self.numbers[alike] += 1
        return _Action(identifier("a", *parts, self.numbers[alike]), {"place": None, **row}, row)

    def _keep(self, row: Row, action: _Action) -> None:
        self.by_mark[_fingerprint(action.latest)].pop(action.id, None)
        action.tell(row)
        self.by_mark[_fingerprint(row)][action.id] = action
        discussion, words = row["discussion_id"], _words(row)
        self.by_words["", words][action.id] = action
        for place in product(action.discussions, action.words):
            self.by_discussion[place][action.id] = action
        if discussion:
            self.joined.setdefault((discussion, action.id), len(self.joined))
        if not _is_firm(discussion, self.vague):
            self.by_words["loose", words][action.id] = action


def _is_firm(discussion: str | None, vague: frozenset[str]) -> bool:
    """Whether a discussion is told, and told so that another file would tell the same."""
    return bool(discussion) and discussion not in vague


def _by_kind(actions: Mapping[str, _Action]) -> dict[date | None, dict[_Kind, _Queue]]:
    """Known actions in queues of one kind, by their day."""
    queues: dict[date | None, dict[_Kind, _Queue]] = defaultdict(lambda: defaultdict(_Queue))
    for rank, action in enumerate(actions.values()):
        queues[action.told.get("agreed_on")][_kind(action.told)].left.append((rank, action))
    return queues


def _of_day(by_day: Mapping[date | None, Mapping[_Kind, _T]], row: Row) -> list[_T]:
    """What may be of a row's day: all that tell the same day or none, all there is where the row tells none."""
    day = row.get("agreed_on")
    days = dict.fromkeys((day, None)) if day else by_day
    return [found for day in days for found in by_day.get(day, {}).values()]


def _named_by(row: Row) -> _Kind:
    place = [row.get("prefecture"), row.get(_PLACE[0]) or row.get(_PLACE[1]), row.get("place_code") or _place(row)]
    scene = [row["discussion_id"]] if row["discussion_id"] else place if any(place[1:]) else [row["source_file"]]
    return *scene, _words(row)


def _kind(row: Row) -> _Kind:
    """All that a row is compared by."""
    return _scene(row), row.get("place"), row["source_file"]


def _words(row: Row) -> str:
    return key(row.get("action") or "")


def _place(row: Row) -> str:
    return key(row.get("place") or "")


def _scene(row: Row) -> _Kind:
    return row["discussion_id"], _place(row), *(row.get(name) for name in _TELLING)


def _differ(one: Row, other: Row) -> bool:
    return any(one.get(name) and other.get(name) and one[name] != other[name] for name in _TELLING)


def _is_same_place(one: Row, other: Row) -> bool:
    """Whether two rows name one place; of two that name none, whether they stand in one file, or folder and day."""
    if any(_place(row) or row.get("municipality_code") for row in (one, other)):
        names = [_place(row) or None for row in (one, other)], [row.get("place_code") for row in (one, other)]
        is_one_name = any(left and left == right for left, right in names)
        return is_one_name or is_one_municipality(one, other, one.get("agreed_on") or other.get("agreed_on"))
    is_one_day = one.get("agreed_on") and one.get("agreed_on") == other.get("agreed_on")
    folders = {row["source_file"].rpartition("/")[0] for row in (one, other)}
    return one["source_file"] == other["source_file"] or (bool(is_one_day) and len(folders) == 1)


def _fingerprint(row: Row) -> _Kind:
    return row["discussion_id"], category(row), row.get("owners"), row.get("due_on"), row.get("due_kind")
