"""The words of the vocabulary: no spelling says two things, no stem is too short, unseen wordings are understood."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import pytest

from kodukant_analysis.loaders.columns import field_of
from kodukant_analysis.loaders.spellings import read_spellings
from kodukant_analysis.loaders.vocabulary import DATASETS, vocabulary
from kodukant_analysis.loaders.wording import key

SHORTEST_STEM = 4
# Abbreviations that begin no other word, and stems that short because their words are.
SHORT = {"~ vv", "~ vpk", "~ nkk", "~ mtü", "~ нко", "~ oü", "~ мэр", "~ шум", "~ код"}
# Lists of one kind of word: the same text may belong to only one of them.
EXCLUSIVE = ("numbers", "rough_numbers", "months", "seasons")


def _tables(part: dict[str, object], name: str = "") -> Iterator[tuple[str, dict[str, list[str]]]]:
    if all(isinstance(words, list) for words in part.values()):
        yield name, part  # type: ignore[misc]  # a table of lists
    else:
        for inner, table in part.items():
            yield from _tables(table, f"{name}.{inner}")  # type: ignore[arg-type]


SPELLINGS = read_spellings(None)
CODES = dict(table for part in ("headers", "values") for table in _tables(SPELLINGS[part], part))
LISTS = CODES | {f"words.{name}": SPELLINGS["words"][name] for name in EXCLUSIVE}


def _evened(word: str) -> str:
    if word.startswith("~"):
        return "~ " + " ".join(sorted(stem if stem.startswith("-") else key(stem) for stem in word[1:].split()))
    return key(word) or word


def _repeated(words: Iterable[str]) -> list[str]:
    return sorted(word for word, times in Counter(words).items() if times > 1)


@pytest.mark.parametrize("table", LISTS)
def test_no_spelling_stands_under_two_codes_of_one_table(table: str) -> None:
    spellings = [word for words in LISTS[table].values() for word in {_evened(word) for word in words}]
    assert _repeated(spellings) == []


@pytest.mark.parametrize("table", CODES)
def test_every_line_of_stems_has_a_stem_that_says_something(table: str) -> None:
    lines = [word for words in CODES[table].values() for word in words if word.startswith("~") and word not in SHORT]
    short = [line for line in lines if not _says_something(line)]
    assert short == []


def _says_something(line: str) -> bool:
    """Whether one stem of a line is long enough, or several together are: "~ jäi ära"."""
    lengths = [len(stem.lstrip("-")) for stem in line[1:].split()]
    return max(lengths) >= SHORTEST_STEM or sum(lengths) >= SHORTEST_STEM + 2


@pytest.mark.parametrize("table", LISTS)
def test_no_code_is_without_spellings(table: str) -> None:
    assert [code for code, words in LISTS[table].items() if not words or not all(map(str.strip, words))] == []


def test_a_spelling_holds_no_space_too_many() -> None:
    spellings = [word for table in LISTS.values() for words in table.values() for word in words]
    assert [word for word in spellings if word != re.sub(r"\s+", " ", word).strip()] == []


HEADERS = {
    "discussions": """
        Mitu inimest kohal oli?                        | attendees
        Mitu inimest oli kohal (koos politseinikega)?  | attendees
        Mitu politseinikku kohal oli?                  | police_team
        Rahvast koos                                   | attendees
        osalejate_arv                                  | attendees
        ParticipantsTotal                              | attendees
        Сколько человек пришло?                        | attendees
        Количество присутствовавших                    | attendees
        How many people came to the meeting?           | attendees
        How many people were invited?                  | invited
        Kutseid välja saadeti                          | invited
        Скольких пригласили                            | invited
        Mitu inimest registreerus?                     | registered
        Сколько человек записалось заранее             | registered
        Kell mitu algas                                | starts_at
        Mis kell lõppes?                               | ends_at
        Во сколько закончили                           | ends_at
        event_date                                     | held_on
        EventDate                                      | held_on
        Koosoleku toimumise kuupäev                    | held_on
        Когда проходила встреча                        | held_on
        Kohtumise kpv                                  | held_on
        Планируемая дата встречи                       | planned_on
        Kavandatud kuupäev                             | planned_on
        Kas koosolek sai peetud?                       | status
        Состоялась ли встреча?                         | status
        Millises vallas                                | municipality
        Kus koosolek toimus                            | place
        Где собирались                                 | place
        Kus täpselt (ruum)                             | venue
        Kas ruum oli broneeritud?                      | has_room
        Зал заказан?                                   | has_room
        Kohalik vedaja olemas?                         | has_local_leader
        Местный организатор                            | has_local_leader
        Kuidas inimesi teavitati                       | channels
        Как приглашали людей                           | channels
        Mis kuupäeval kokkuvõte osalejatele saadeti?   | summary_sent_on
        Memo saatmise kuupäev                          | summary_sent_on
        Протокол разослан                              | summary_sent_on
        Minutes circulated on                          | summary_sent_on
        Mitu inimest sai kokkuvõtte                    | summary_recipients
        Сколько человек получили резюме                | summary_recipients
        Kes ruumi hoidis                               | space_holder
        Кто проводил встречу                           | space_holder
        Ruumi hoidja kodumaakond                       | space_holder_county
        Kes vedas (politseist)                         | lead_officer
        Mis keeles räägiti?                            | language
        Kohtumise tüüp                                 | method
        Kui kaua kestis                                | duration
        Mille jätk                                     | follow_up_no
        Koosoleku number                               | discussion_no
        Järgmise kohtumise kuupäev                     |
        Kuupäeva selgitus                              |
        Rahvastik                                      |
        Lääne prefektuuri aruanne                      |
        Договор с приютом                              |
        Mobiililevi kaob metsas                        |
        Koolide arv                                    |
        Hind kokku                                     |
    """,
    "attendance": """
        Ees- ja perekonnanimi (trükitähtedega)         | name
        Фамилия, имя участника                         | name
        First and last name                            | name
        Kellena osalete?                               | group
        Taust                                          | group
        В качестве кого Вы участвуете                  | group
        Participant type                               | group
        Mis asutusest tulite?                          | organisation
        Workplace                                      | organisation
        Количество человек                             | attendees
        Mitu inimest                                   | attendees
        Tuli algusringi                                | in_opening_ring
        Первый круг                                    | in_opening_ring
        Jäi lõpuni                                     | in_closing_ring
        Stayed until the end                           | in_closing_ring
        Mitmes rühmas käis                             | discussion_groups
        В скольких группах был(а)                      | discussion_groups
        Millises lauas istus                           | group_names
        Osaleb esimest korda                           | is_first_time
        Отметка о присутствии                          | presence
        Mobiili number                                 | personal
        Date of birth                                  | personal
        Kas osales varem?                              |
        Attended before?                               |
        Кол-во приглашённых                            |
        до конца года                                  |
    """,
    "topics": """
        Mis muret teeb?                                | title
        Что Вас беспокоит?                             | title
        Problem statement                              | title
        Probleemi valdkond                             | category
        Kelle mure see on                              | raised_by
        Кто озвучил проблему                           | raised_by
        Who raised it?                                 | raised_by
        Mitu inimest arutas                            | participants
        Punkte kokku                                   | points
        Количество голосов                             | points
        Tähtsuse järjekord                             | rank
        Lahendusettepanekud                            | solutions
        Пути решения проблемы                          | solutions
        Mis saab edasi?                                | next_step
        Что будет дальше?                              | next_step
        Way forward                                    | next_step
        Arutelu sisu lühidalt                          | summary
        Mure number                                    | topic_no
        Liikluskoormus                                 |
        Event notes                                    |
    """,
    "actions": """
        Kes vastutab?                                  | owners
        Kelle õlul                                     | owners
        Kelle ülesanne                                 | owners
        Tegija                                         | owners
        Кто будет делать                               | owners
        Who is responsible?                            | owners
        Ülesande täitja                                | owners
        Kellega koos                                   | partners
        Кто помогает                                   | partners
        Millal peab valmis olema?                      | due_on
        DueDate                                        | due_on
        Срок мероприятия                               | due_on
        Ülesande tähtaeg                               | due_on
        К какому числу                                 | due_on
        Kas sai tehtud?                                | status
        Täidetud (jah/ei)                              | status
        Hetkeolukord                                   | status
        Статус задачи                                  | status
        Текущий статус выполнения                      | status
        Mida lubati                                    | action
        О чём договорились                             | action
        What needs to be done                          | action
        Kokkuleppe päev                                | agreed_on
        Когда договорились                             | agreed_on
        Millal valmis sai                              | done_on
        Фактическая дата выполнения                    | done_on
        Valmidusaste                                   | progress_share
        Viimati uuendatud                              | reported_on
        Last updated                                   | reported_on
        Staatuse põhjendus                             |
        Järgmine tähtaeg                               |
        Prügikastid parki                              |
        Ilm                                            |
    """,
}
VALUES = {
    "status": """
        jäi katki                                      | cancelled
        vald loobus                                    | cancelled
        jäi ära, rahvast ei tulnud                     | cancelled
        больше не нужно                                | cancelled
        отказались                                     | cancelled
        отказали в разрешении                          | rejected
        lükati tagasi                                  | rejected
        ei saa teha, tee ei ole valla oma              | rejected
        raha ei saanud                                 | rejected
        lükati edasi                                   | postponed
        lükkus kevadesse                               | postponed
        отложили до весны                              | postponed
        ei jõudnud                                     | not_started
        alles plaanis                                  | not_started
        не успели                                      | not_started
        to be done in spring                           | not_started
        tellimus tehtud                                | in_progress
        hinnapakkumine võetud                          | in_progress
        в процессе согласования                        | in_progress
        ждём ответа от города                          | on_hold
        päring tehtud, ootame vastust                  | on_hold
        нет денег                                      | on_hold
        osa tehtud                                     | partial
        valla poolt tehtud                             | done
        lamp paigaldatud                               | done
        установлено 12.05                              | done
        saadetud valda                                 | handed_over
        направлено в самоуправление                    | handed_over
        ежемесячно                                     | continuous
        ei ole paigaldatud                             |
        saab paigaldatud                               |
        teeme ära                                      |
        to be completed by May                         |
        не установлено                                 |
        2022. a I pool                                 |
        Noortel pole õhtuti midagi teha                |
    """,
    "discussion_status": """
        sai peetud                                     | held
        toimub 15.04                                   | planned
        to be held in May                              | planned
        будет проведено осенью                         | planned
        jäi ära, ruumi ei saanud                       | cancelled
        jäi toimumata                                  | cancelled
        сорвалось                                      | cancelled
        tulemus hea                                    |
        pole kindel                                    |
    """,
    "group": """
        liikluspolitseinik                             | police
        abipolitseinikud                               | assistant_police
        abivallavanem                                  | local_government
        vallavolikogu liige                            | local_government
        munitsipaalpolitsei                            | local_government
        чиновник горуправления                         | local_government
        sotsiaalpedagoogid                             | school_youth_work
        lasteaia direktor                              | school_youth_work
        sotsiaalkindlustusameti ohvriabi               | other_state
        külaseltsi esinaine                            | village_elder
        kohalik ettevõtja                              | business
        korteriühistu esinaine                         | ngo_housing
        председатель КТ                                | ngo_housing
        Raasiku VPK                                    | volunteer_rescuer
        koolinoored                                    | youth
        külavanema naine                               |
        бывший мэр                                     |
        ametnik                                        |
        koosolek                                       |
    """,
    "next_step": """
        ei võeta midagi ette                           | no_action
        политика не нужна, к сведению                  | no_action
        politsei kontrollib                            | action
        läheb valda                                    | handed_over
        passed to municipality                         | handed_over
        arutati pikalt                                 |
    """,
    "category": """
        Linnavalgustus                                 | lighting
        Hundid murravad koeri                          | wildlife_hunting
        Mobiililevi puudub                             | crisis_preparedness
        Jäätmed metsa all                              | environment_waste
        Hulkuvad noored                                | youth
        Suitsetavad noored                             | alcohol_drugs
        Category                                       |
        Ära jäänud                                     |
    """,
}


def _drawn(tables: dict[str, str]) -> list[tuple[str, str, str]]:
    lines = [(name, line) for name, drawn in tables.items() for line in drawn.strip().splitlines()]
    return [(name, *(part.strip() for part in line.rsplit("|", 1))) for name, line in lines]  # type: ignore[misc]


@pytest.mark.parametrize(("dataset", "header", "field"), _drawn(HEADERS))
def test_a_header_in_other_words_names_its_field_or_none(dataset: str, header: str, field: str) -> None:
    assert field_of(dataset, header) == field


@pytest.mark.parametrize(("kind", "text", "code"), _drawn(VALUES))
def test_a_value_in_other_words_gives_its_code_or_none(kind: str, text: str, code: str) -> None:
    assert (vocabulary().values[kind].find(text) or "") == code


@pytest.mark.parametrize("dataset", DATASETS)
def test_every_whole_spelling_of_a_dataset_names_its_own_field(dataset: str) -> None:
    own = SPELLINGS["headers"][dataset]
    wrong = {
        word: field_of(dataset, word)
        for field, words in own.items()
        for word in words
        if not word.startswith("~") and field_of(dataset, word) != field
    }
    assert wrong == {}
