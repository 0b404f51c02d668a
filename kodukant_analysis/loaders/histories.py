"""Histories: the rows of one action in delivery after delivery, under one name."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count, groupby
from typing import Final

from kodukant_analysis.loaders.identifiers import identifier
from kodukant_analysis.loaders.naming import Row, category, other_script, topic_of
from kodukant_analysis.loaders.regions import is_one_municipality
from kodukant_analysis.loaders.wording import key

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

    def tell(self, row: Row) -> None:
        row["action_id"], self.latest = self.id, row
        self.words.add(_words(row))
        self.told |= {name: row.get(name) for name in ("discussion_id", *_TELLING) if self.told.get(name) is None}


_Index = dict[str, dict[str, _Action]]


@dataclass
class _Actions:
    """The actions known so far: by discussion, by words, and those by words whose discussion is not told."""

    vague: frozenset[str]
    by_discussion: _Index = field(default_factory=lambda: defaultdict(dict))
    by_words: _Index = field(default_factory=lambda: defaultdict(dict))
    loose: _Index = field(default_factory=lambda: defaultdict(dict))
    ids: set[str] = field(default_factory=set)

    def name(self, delivery: Sequence[Row]) -> None:
        """Names the actions of a delivery, of which no two are one action."""
        same = self._worded_alike(delivery)
        here = {action.id for action in same if action}
        fresh = [row for row, action in zip(delivery, same, strict=True) if action is None]
        found = [action or self._translated(row, fresh, here) for row, action in zip(delivery, same, strict=True)]
        for row, action in zip(delivery, found, strict=True):
            self._keep(row, action or self._new(row))

    def _worded_alike(self, delivery: Sequence[Row]) -> list[_Action | None]:
        """The known action of each row that has the same words, None where none has or it is not certain."""
        same: list[_Action | None] = []
        taken: set[str] = set()
        told = defaultdict(list)
        for row in delivery:
            told[_words(row)].append(row)
        for row in delivery:
            free = [action for action in self._alike(row) if action.id not in taken]
            own = [action for action in free if row["discussion_id"] and action.id in self._of(row)]
            fitting = own or self._certain([a for a in free if self._may_be(row, a)], told[_words(row)])
            same.append(next(iter(fitting), None))
            taken |= {action.id for action in fitting[:1]}
        return same

    def _of(self, row: Row) -> dict[str, _Action]:
        """The actions of a row's discussion."""
        return self.by_discussion[row["discussion_id"] or ""]

    def _alike(self, row: Row) -> list[_Action]:
        """The actions with a row's words: those of its discussion first, then those that may be of it."""
        words = _words(row)
        own = [action for action in self._of(row).values() if words in action.words]
        others = self.loose if self._is_firm(row["discussion_id"]) else self.by_words
        return own + [action for action in others[words].values() if action not in own]

    def _is_firm(self, discussion: str | None) -> bool:
        """Whether a discussion is told, and told so that another file would tell the same."""
        return bool(discussion) and discussion not in self.vague

    def _certain(self, fitting: list[_Action], rows: Iterable[Row]) -> list[_Action]:
        """The actions a row may be, if all of them and all rows like it tell one place and day."""
        rivals = [row for row in rows if fitting and self._may_be(row, fitting[0])]
        scenes = {_scene(action.told) for action in fitting}, {_scene(row) for row in rivals}
        return fitting if all(len(scene) == 1 for scene in scenes) else []

    def _may_be(self, row: Row, action: _Action) -> bool:
        are_two = self._is_firm(row["discussion_id"]) and self._is_firm(action.told["discussion_id"])
        return not are_two and not _differ(row, action.told) and _is_same_place(row, action.told)

    def _translated(self, row: Row, fresh: Iterable[Row], here: set[str]) -> _Action | None:
        """The known action that a row tells in the other language, or None when that is not certain."""
        known = [action for action in self._of(row).values() if action.id not in here]
        if not known:
            return None
        mark = _fingerprint(row)
        alike = [other for other in fresh if _fingerprint(other) == mark]
        found = [a for a in known if _fingerprint(a.latest) == mark and other_script(row, a.latest, "action")]
        return found[0] if len(alike) == len(found) == 1 else None

    def _new(self, row: Row) -> _Action:
        name = next(name for name in _names(row) if name not in self.ids)
        self.ids.add(name)
        return _Action(name, {"place": None, **row}, row)

    def _keep(self, row: Row, action: _Action) -> None:
        action.tell(row)
        discussion = row["discussion_id"]
        self.by_words[_words(row)][action.id] = action
        if discussion:
            self.by_discussion[discussion][action.id] = action
        if not self._is_firm(discussion):
            self.loose[_words(row)][action.id] = action


def _names(row: Row) -> Iterator[str]:
    """What an action may be called, the first that is free: by its discussion or else its place, and its words."""
    place = [row.get("prefecture"), row.get(_PLACE[0]) or row.get(_PLACE[1]), row.get("place_code") or _place(row)]
    scene = [row["discussion_id"]] if row["discussion_id"] else place if any(place[1:]) else [row["source_file"]]
    yield from (identifier("a", *scene, _words(row), number) for number in count(1))


def _words(row: Row) -> str:
    return key(row.get("action") or "")


def _place(row: Row) -> str:
    return key(row.get("place") or "")


def _scene(row: Row) -> tuple[object, ...]:
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


def _fingerprint(row: Row) -> tuple[object, ...]:
    return row["discussion_id"], category(row), row.get("owners"), row.get("due_on"), row.get("due_kind")
