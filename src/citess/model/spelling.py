"""Names as they are compared: folded, and as a skeleton of consonants that scripts share.

For matching only: nothing here is ever stored or shown as a name.
"""

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

_TATWEEL: Final = "\u0640"
_SAME_LETTER: Final = str.maketrans(
    {"\u0671": "\u0627", "\u0649": "\u064a", "\u0629": "\u0647", _TATWEEL: None}
    | dict.fromkeys("'\u2019\u2018`\u00b4\u02bc", None)
)
_INITIALS: Final = re.compile(r"(?<=\b\w)\.(?=\w\b)")
_NOT_WORD: Final = re.compile(r"[\W_]+")
_ARABIZI: Final = str.maketrans({"2": "", "3": "", "5": "kh", "6": "t", "7": "h", "9": "q"})
_ARABIZI_WORD: Final = re.compile(r"(?=.*[a-z])(?=.*[235679])[a-z235679 ]+")
_ARTICLES: Final = frozenset({"le", "la", "les", "el", "al", "l"})
_DIVISION: Final = re.compile(
    r"(?:gouvernorat|governorate|governorato|gobernacion|wilaya)(?: (?:de|d|of|di))? "
    r"| governorate$|\u0648\u0644\u0627\u064a\u0647 "
)
"""What says that a name is that of a governorate, and is no part of it."""
_ARABIC_ARTICLE: Final = "\u0627\u0644"
_ARABIC: Final[Mapping[str, str]] = {
    "\u0628": "b", "\u062a": "t", "\u062b": "t", "\u062c": "j", "\u062d": "h", "\u062e": "K",
    "\u062f": "d", "\u0630": "d", "\u0631": "r", "\u0632": "z", "\u0633": "s", "\u0634": "S",
    "\u0635": "s", "\u0636": "d", "\u0637": "t", "\u0638": "d", "\u063a": "k", "\u0641": "f",
    "\u0642": "k", "\u0643": "k", "\u0644": "l", "\u0645": "m", "\u0646": "n",
}  # fmt: skip
_ARABIC_HA: Final = "\u0647"
_TELLING: Final = frozenset({"a", "i", _ARABIC_HA, "\u064a"})
_DIGRAPHS: Final = (("kh", "K"), ("ch", "S"), ("sh", "S"), ("gh", "k"), ("ph", "f"), ("qu", "k"),
                    ("th", "t"), ("dh", "d"), ("dj", "j"), ("x", "ks"))  # fmt: skip
_LATIN: Final = str.maketrans({"q": "k", "g": "k", "c": "k", "v": "f", "p": "b"})
_VOWELS: Final = re.compile(r"[aeiouyw\s]+")
_DOUBLED: Final = re.compile(r"(.)\1+")


def fold(name: str) -> str:
    """Fold a name: no case, accents, harakat, tatweel, punctuation; one form of alef, ya and ta.

    Initials join: T.C.S.E. is TCSE.

    Examples
    --------
    >>> fold("Cit'ESS  Sidi-Bouzid"), fold("Kébili")
    ('citess sidi bouzid', 'kebili')
    >>> fold("\u0623\u0631\u064a\u0627\u0646\u0629") == fold("\u0627\u0631\u064a\u0627\u0646\u0647")
    True
    """
    plain = unicodedata.normalize("NFKD", name).casefold()
    letters = "".join(c for c in plain if not unicodedata.combining(c)).translate(_SAME_LETTER)
    digits = "".join(str(unicodedata.digit(c)) if c.isdigit() else c for c in letters)
    return _NOT_WORD.sub(" ", _INITIALS.sub("", digits)).strip()


def is_arabic(folded: str) -> bool:
    """Tell whether a folded name is written in Arabic letters."""
    return any("\u0600" <= c <= "\u06ff" for c in folded)


def is_arabizi(folded: str) -> bool:
    """Tell whether a folded name writes Arabic sounds with digits: ``9asrine``."""
    return _ARABIZI_WORD.fullmatch(folded) is not None


def latin(folded: str) -> str:
    """Folded name with the digits of Arabizi as letters."""
    return folded.translate(_ARABIZI) if is_arabizi(folded) else folded


def bare(folded: str) -> str:
    """Folded name without articles at its beginning, nor the word for its division of the land.

    Examples
    --------
    >>> bare(fold("Gouvernorat de Mahdia")), bare(fold("El Kef")), bare(fold("Al-Mahdiyah"))
    ('mahdia', 'kef', 'mahdiya')
    """
    name = _DIVISION.sub("", latin(folded))
    first, _, rest = name.partition(" ")
    if rest and first in _ARTICLES:
        name = rest
    name = f"{name[:-2]}a" if name.endswith("ah") else name
    return name.removeprefix(_ARABIC_ARTICLE)


def same_ending(a: str, b: str) -> bool:
    """Tell whether two bare names end alike where an ending makes another word.

    A final *a* or *i* is a feminine or says where somebody is from: Mahdi is no Mahdia.

    Examples
    --------
    >>> same_ending("mahdi", "mahdia"), same_ending("kasserin", "kasserine")
    (False, True)
    """
    endings = {a[-1:].replace("y", "i"), b[-1:].replace("y", "i")}
    return len(endings) == 1 or endings.isdisjoint(_TELLING)


def skeleton(folded: str) -> str:
    """Consonants of a folded name, in letters that Latin and Arabic spellings share.

    Examples
    --------
    >>> {skeleton(fold(name)) for name in ("Kasserine", "9asrine", "القصرين", "El Qasrin")}
    {'ksrn'}
    """
    words = [_bones(word) for word in latin(folded).split() if word not in _ARTICLES]
    return "".join(words)


def _bones(word: str) -> str:
    if is_arabic(word):
        last = word.removeprefix(_ARABIC_ARTICLE).removesuffix(_ARABIC_HA)
        return "".join("h" if c == _ARABIC_HA else _ARABIC.get(c, "") for c in last)
    for pair, letter in _DIGRAPHS:
        word = word.replace(pair, letter)
    return _VOWELS.sub("", _DOUBLED.sub(r"\1", word.translate(_LATIN)))


def similarity(a: str, b: str) -> float:
    """Share of letters that two strings have in common, in order: 0 to 1 (indel similarity).

    By rapidfuzz where the extra ``i18n`` is installed, which is faster and gives the same.

    Examples
    --------
    >>> similarity("kasserine", "kaserine") > 0.9, similarity("", "")
    (True, 1.0)
    """
    try:
        from rapidfuzz.distance import Indel  # noqa: PLC0415  (an extra)
    except ImportError:
        return plain_similarity(a, b)
    return float(Indel.normalized_similarity(a, b))


def plain_similarity(a: str, b: str) -> float:
    """Give the same in plain Python: twice the longest common subsequence, over both lengths."""
    if not a and not b:
        return 1.0
    row = [0] * (len(b) + 1)
    for x in a:
        corner = 0
        for n, y in enumerate(b, 1):
            corner, row[n] = row[n], corner + 1 if x == y else max(row[n], row[n - 1])
    return 2 * row[-1] / (len(a) + len(b))
