"""Names of places and parties in Latin and Arabic script, brought so near to one another that any
spelling meets any other.

A name is *folded* (case, marks, letters written for one another), made *bare* (without articles and
words such as town), turned into its *sound* (one Latin spelling for both scripts and all
romanisations) and from there into its *skeleton*, the consonants alone: عين الفيجة, Ayn al-Fijah and
Ein el-Fijeh all have the skeleton `nfj`. Skeletons find candidates by an index, sounds rank them.
"""

from __future__ import annotations

import itertools
import re
import unicodedata

_LETTERS = str.maketrans(
    {
        "أ": "ا",
        "إ": "ا",
        "آ": "ا",
        "ٱ": "ا",
        "ى": "ي",
        "ی": "ي",
        "ئ": "ي",
        "ؤ": "و",
        "ة": "ه",
        "ک": "ك",
        "ـ": None,
        "ı": "i",
        "ʿ": None,
        "ʾ": None,
        "`": None,
        "'": None,
        "’": None,
        "‘": None,
        "ß": "ss",
        "æ": "ae",
        "ø": "o",
    }
)

# Latin articles: al and its kin always, the others (ash, ed, en) before the letter they took on.
_ARTICLE = re.compile(r"[aeiu]?(l|dh|d|n|r|sh|s|th|t|z)")
# Words that say what a place is and not what it is called.
_KINDS = """
    area city country district governorate hamlet mantiqat markaz mintaqat mouhafazat muhafazat nahia
    nahiya nahiyah nahiyat neighborhood neighbourhood of province quarter region subdistrict suburb
    the town village
    بلده ضاحيه قريه محافظه مدينه منطقه ناحيه
"""
_KIND_WORDS = frozenset(_KINDS.split())
# What English writes before a name and Arabic behind it.
_ADJECTIVES = {
    english: arabic
    for arabic, words in {
        "sharqi": "east eastern",
        "gharbi": "west western",
        "shamali": "north northern",
        "janubi": "south southern",
        "kabir": "big great greater large",
        "saghir": "little small",
        "fawqani": "upper",
        "tahtani": "lower",
    }.items()
    for english in words.split()
}

# The adjectives' feminine as it sounds in either script, which English does not tell.
_MASCULINE = {
    feminine: masculine
    for masculine, forms in {
        "carki": "carkia crkia crki",
        "garbi": "garbia grbia grbi",
        "camali": "camalia cmalia cmali",
        "janubi": "janubia jnubia jnubi",
        "kabir": "kabira kbira kbir",
        "sagir": "sagira sgira sgir",
        "faukani": "faukania fukania fukani",
        "tahtani": "tahtania thtania thtani",
    }.items()
    for feminine in forms.split()
}

_ARABIC_SOUNDS = dict(
    zip("بپتثجچحخدذرزسشصضطظفڤغقكگلمنهوي", "bbttjchxddrzscsdtzffgkkglmnhui", strict=True)
) | {"ا": "a"}
_LATIN_SOUNDS = {"q": "k", "c": "k", "v": "f", "p": "b", "e": "a", "o": "u", "w": "u", "y": "i"}
# c stands for sh, x for kh.
_DIGRAPHS = re.compile("tch|sh|ch|kh|gh|th|dh|ph|dj|ck|x")
_DIGRAPH_SOUNDS = {
    "tch": "C",
    "sh": "C",
    "ch": "C",
    "kh": "X",
    "gh": "g",
    "th": "t",
    "dh": "d",
    "ph": "f",
    "dj": "j",
    "ck": "k",
    "x": "ks",
}
_ALPHABET = "bcdfghjklmnrstxz"


def fold(text: str) -> str:
    """Lower case, without marks, vowel signs, ayns, hyphens or repeated spaces.

    Arabic letters that are written for one another (alefs, yas, ta marbuta) become one letter.
    """
    marked = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    plain = "".join(letter for letter in marked if not unicodedata.combining(letter))
    return re.sub(r"[\W_]+", " ", plain.translate(_LETTERS)).strip()


def proper(text: str) -> str:
    """The folded name without words that only say what kind of place it is: town, مدينة."""
    words = fold(text).split()
    return " ".join([word for word in words if word not in _KIND_WORDS] or words)


def bare(text: str) -> str:
    """The proper name without its articles."""
    words = proper(text).split()
    kept = [
        _without_article(word)
        for word, following in itertools.pairwise([*words, ""])
        if not _is_article(word, following)
    ]
    return " ".join(kept or words)


def sound(text: str) -> str:
    """How the bare name sounds, in one spelling of sixteen consonants and three vowels."""
    words = bare(text).split()
    last = words[-1] if words else ""
    heard = [_word_sound(word, is_last=word is last) for word in words if word not in _ADJECTIVES]
    heard += [_word_sound(_ADJECTIVES[word], is_last=True) for word in words if word in _ADJECTIVES]
    return " ".join(_MASCULINE.get(word, word) for word in heard if word)


def stem(text: str) -> str:
    """The sound without its short vowels: consonants, glides (ai, ua) and a vowel at the end."""
    heard = sound(text)
    return re.sub("(?<![aiu])[aiu](?![aiu]|$)", "", heard).replace(" ", "")


def skeleton(text: str) -> str:
    """The consonants of the name's sound; where it has none, the sound itself."""
    heard = sound(text)
    return (re.sub("[aiu ]", "", heard) or heard.replace(" ", ""))[:60]


def near_skeletons(consonants: str) -> set[str]:
    """The skeletons one letter away: one more, one fewer, another one, or two exchanged."""
    cuts = [(consonants[:at], consonants[at:]) for at in range(len(consonants) + 1)]
    fewer = {head + tail[1:] for head, tail in cuts if tail}
    exchanged = {head + tail[1] + tail[0] + tail[2:] for head, tail in cuts if len(tail) > 1}
    others = {head + letter + tail[1:] for head, tail in cuts if tail for letter in _ALPHABET}
    more = {head + letter + tail for head, tail in cuts for letter in _ALPHABET}
    return (fewer | exchanged | others | more) - {consonants, ""}


def _is_article(word: str, following: str) -> bool:
    found = _ARTICLE.fullmatch(word)
    return bool(found and following and (found[1] == "l" or following.startswith(found[1])))


def _without_article(word: str) -> str:
    return word[2:] if word.startswith("ال") and len(word) > 3 else word


def _word_sound(word: str, *, is_last: bool) -> str:
    if "\u0600" <= word[0] <= "\u06ff":
        heard = "".join(_ARABIC_SOUNDS.get(letter, "") for letter in word.removesuffix("ه"))
        return _single(heard + "a" * (word.endswith("ه") and not heard.endswith("a")))
    word = re.sub(r"([aeiouy])h$", r"\1", word)
    if not is_last:
        # A ta marbuta is heard before another word: Maarat al-Numan is Maara.
        word = re.sub(r"([ae])t$", r"\1", word)
    word = _DIGRAPHS.sub(lambda found: _DIGRAPH_SOUNDS[found[0]], word)
    return _single("".join(_LATIN_SOUNDS.get(letter, letter) for letter in word).lower())


def _single(heard: str) -> str:
    """Letters written double are heard once."""
    return re.sub(r"(.)\1+", r"\1", heard)
