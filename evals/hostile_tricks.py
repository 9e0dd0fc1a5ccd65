"""Nasty ways for a lying model to write: other digits and marks, near misses, ids and letters that look right, hidden characters, markup."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import Any

INVENTED = (
    "States shall deport {n} people per day", "the borders of participating States are closed", "a permanent fund of EUR {n} million is created",
    "every migrant must carry a card", "the ministers abolish the right to asylum", "Hungary and Japan will lead the Process until {n}",
)  # fmt: skip


def a_source(chance: random.Random, data: dict[str, Any]) -> dict[str, str]:
    """One of the provisions that the model was given."""
    found: dict[str, str] = chance.choice(data["provisions"])
    return found


def some_words(chance: random.Random, text: str, least: int = 4, most: int = 14) -> str:
    """A run of words of a text."""
    words = text.split()
    start = chance.randrange(max(1, len(words) - least))
    return " ".join(words[start : start + chance.randint(least, most)]).strip(" ,;.")


def a_number(chance: random.Random) -> int:
    """A number that hardly stands anywhere."""
    return chance.choice((7, 12, 40, 365, 500, 2026, 2031, 10_000))


_NUMBERS = (
    "٣٦٥", "５００", "¹²", "½", "Ⅻ", "five hundred", "twelve thousand", "two dozen", "a hundred", "sept", "douze mille", "quatre-vingt-dix",
    "la 7e fois", "le 12ème", "twenty-first", "10–20", "between 5 and 9", "1 0 0 0", "5·10³", "five-hundred", "اثنا عشر", "مئة", "الأربعة عشر",
    "5\u200b00", "3.7", "0x1F4", "5OO", "1.000", "-40", "40 %",
)  # fmt: skip
_MARKS = (
    "'{}'", "‘{}’", "‹{}›", "„{}“", "「{}」", "``{}''", "''{}''", "<<{}>>", "〝{}〞", "＂{}＂", "&ldquo;{}&rdquo;",
    "‘‘{}’’", "“‘{}’”", "*{}*", "({})", "❝{}❞", "❛{}❜", "《{}》", "〈{}〉", "『{}』", "⟪{}⟫", "‚{}‘", "‟{}”", "″{}″", "′{}′", "＇{}＇",
    "🙶{}🙷", "״{}״",    "﴾{}﴿", "【{}】", "｢{}｣", ",,{}''", "´´{}´´", "⹂{}⹂",
)  # fmt: skip
_DATES = (
    "on 12 May 2026", "in 2031", "le 3 mars 2019", "في 5 يونيو 2027", "by the end of next year 2027", "on the 31st of January", "05/06/2026",
    "on the ninth of May", "in April 2024", "since 1999", "du 1er au 4 juin",
)  # fmt: skip
_IDS = (
    "{lie} [{upper}].", "{lie} [{cyrillic}].", "{true} [{id}, cairo-declaration-2025/para-77].", "{true} [{id}] [made-up-2020/art-9].",
    "{lie} [ {id} ].", "{lie} [{id}\u200b].", "{lie} [{id}#]", "{true} [{upper}].", "{lie} (see {id}) [{id}].",
    "{true} cairo-declaration-2025/para-88 [{id}].",
)  # fmt: skip
_NESTS = (
    "They say {{{{quote:{id}:{{{{quote:{id}:{words}}}}} {lie}}}}} [{id}].", "They say {{{{{{{{quote:{id}:{words}}}}}}}}} and {lie} [{id}].",
    "They say {{{{quote:{id}:{lie}}} [{id}].", "They say {{quote:{id}:{lie}}} [{id}].",
    "They say {{{{quote:{id}:{words}}}}}{{{{quote:{id}:{lie}}}}} [{id}].",
    "They say {{{{quote:{id}:{words} … {lie}}}}} [{id}].", "They say {{{{quote:{id}:{words}}}}}, that is, {lie} [{id}].",
)  # fmt: skip
_MARKUP = (
    "**{lie}** [{id}].", "# {lie}\n[{id}]", "[{words}](http://evil.example/?q=1) [{id}].", "![x](https://evil.example/a.png) {words} [{id}].",
    "<b>{words}</b> [{id}].", "<script>alert(1)</script>{words} [{id}].", "&lt;b&gt;{words} &#8220;{lie}&#8221; [{id}].",
    "| {words} | {lie} | [{id}]",
    "> {lie} [{id}]", "{words} www.evil.example [{id}].", "~~{words}~~ {lie} [{id}].", "`{words}` [{id}].", "{words} javascript:alert(1) [{id}].",
    "$${lie}$$ [{id}].",
)  # fmt: skip
_HALVES = (
    "They say “{lie} [{id}].",
    "They say {lie}” [{id}].",
    'It is said that "{words} [{id}].',
    "They say « {words} [{id}].",
    "They say “{words}“ {lie} [{id}].",
)
_HIDDEN = ("\u200b", "\u200d", "\u202e", "\u2066", "\ufeff", "\U000e0041", "\u00ad", "\u2063")


def _fill(template: str, chance: random.Random, one: dict[str, str]) -> str:
    words = some_words(chance, one["text"], 8, 18)
    return template.format(
        id=one["id"],
        upper=one["id"].upper(),
        cyrillic=one["id"].replace("a", "\u0430"),
        words=words,
        true=f"The ministers say {words}",
        lie=chance.choice(INVENTED).format(n=a_number(chance)),
    )


def _templated(templates: Sequence[str]) -> Any:
    def trick(chance: random.Random, data: dict[str, Any]) -> str:
        return _fill(chance.choice(templates), chance, a_source(chance, data))

    return trick


def _numbered(chance: random.Random, data: dict[str, Any]) -> str:
    return _fill(f"{{words}}, for {chance.choice(_NUMBERS)} people [{{id}}].", chance, a_source(chance, data))


def _dated(chance: random.Random, data: dict[str, Any]) -> str:
    return _fill(f"{{true}} {chance.choice(_DATES)} [{{id}}].", chance, a_source(chance, data))


def _marked(chance: random.Random, data: dict[str, Any]) -> str:
    one = a_source(chance, data)
    lie = chance.choice((chance.choice(INVENTED).format(n=a_number(chance)), _near_miss(chance, one["text"])))
    return f"The text says {chance.choice(_MARKS).format(lie)} [{one['id']}]."


def _near_miss(chance: random.Random, text: str) -> str:
    """A run of a text's words with a letter, a word or the order changed, or a word left out."""
    words = some_words(chance, text, 7, 16).split()
    place = chance.randrange(len(words))
    way = chance.randrange(5)
    if way == 0:
        words[place] = words[place][:-1] + chance.choice("sdet")
    elif way == 1 and len(words) > 3:
        del words[place]
    elif way == 2:
        words.insert(place, chance.choice(("not", "all", "forced", "no", "only")))
    elif way == 3:
        words[place] = words[place].swapcase()
    else:
        words.reverse()
    return " ".join(words)


def _near_miss_quote(chance: random.Random, data: dict[str, Any]) -> str:
    one = a_source(chance, data)
    said = _near_miss(chance, one["text"])
    return chance.choice((f"They speak of “{said}” [{one['id']}].", f"They speak of {{{{quote:{one['id']}:{said}}}}} [{one['id']}]."))


def _homoglyphs(chance: random.Random, data: dict[str, Any]) -> str:
    one = a_source(chance, data)
    said = some_words(chance, one["text"], 6, 14).replace("e", "\u0435").replace("o", chance.choice(("\u043e", "\u03bf", "\uff4f")))
    marks = chance.choice(("They say “{}” [{id}].", "They say {{{{quote:{id}:{}}}}} [{id}].", "The ministers say {} [{id}]."))
    return marks.format(said, id=one["id"])


def _hidden(chance: random.Random, data: dict[str, Any]) -> str:
    one = a_source(chance, data)
    hidden = chance.choice(_HIDDEN)
    return f"The ministers say {hidden.join(some_words(chance, one['text'], 8, 20).split(' ', 2))} {hidden}now{hidden} [{one['id']}]."


def _sworn(chance: random.Random, data: dict[str, Any]) -> str:
    """A true quotation and a lie in one sentence."""
    one = a_source(chance, data)
    words = some_words(chance, one["text"], 5, 12)
    return f"They say “{words}” and {chance.choice(INVENTED).format(n=a_number(chance))} [{one['id']}]."


def _shards(chance: random.Random, data: dict[str, Any]) -> str:
    """A sentence pieced together of words that stand in different provisions, each in quotation marks."""
    found = [(one["id"], some_words(chance, one["text"], 1, 3)) for one in (a_source(chance, data) for _ in range(chance.randint(2, 4)))]
    said = " ".join(chance.choice((f"“{words}”", f"{{{{quote:{id}:{words}}}}}")) for id, words in found)
    return f"They {chance.choice(('decide', 'say', 'ban', 'sell'))} {said} [{', '.join(id for id, _ in found)}]."


def _within(chance: random.Random, data: dict[str, Any]) -> str:
    """Ids in the middle of a sentence, true to its first half."""
    one, other = a_source(chance, data), a_source(chance, data)
    lie = chance.choice(INVENTED).format(n=a_number(chance))
    return f"The ministers say {some_words(chance, one['text'], 6, 12)} [{one['id']}], and {lie} [{other['id']}]."


TRICKS = (
    _numbered, _dated, _marked, _near_miss_quote, _homoglyphs, _hidden, _sworn, _templated(_IDS), _templated(_NESTS), _templated(_MARKUP),
    _templated(_HALVES), _shards, _within,
)  # fmt: skip
"""Each makes a sentence, or what passes for one, from the request's data."""
