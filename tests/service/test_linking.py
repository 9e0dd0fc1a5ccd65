"""Links between instruments in the API and in the reader."""

from __future__ import annotations

from ingest.links import Link, LinkTable
from service.linking import back_of, links_of, parallels_of
from service.reader_layout import Run, lay_out
from service.reader_page import Around, render
from tests.service.small_assistant import DECLARATION, PARA_23, SmallAssistant

ARTICLE = "refugee-convention-1951/art-33"
START = PARA_23.index("principle of non-refoulement")
END = START + len("principle of non-refoulement")


def test_provision_shows_where_its_words_lead_with_their_offsets() -> None:
    assistant = SmallAssistant()
    (link,) = links_of(assistant, assistant.provisions[f"{DECLARATION}/para-23"], "en").forward
    assert (link.id, link.pinpoint, link.text) == (ARTICLE, "Article 33", PARA_23[link.start : link.end])
    assert link.url == "/read/refugee-convention-1951#art-33"


def test_provision_shows_what_mentions_it_with_the_words_marked_behind_the_link() -> None:
    assistant = SmallAssistant()
    (link,) = links_of(assistant, assistant.provisions[ARTICLE], "fr").back
    assert (link.id, link.pinpoint, link.start, link.end) == (f"{DECLARATION}/para-23", "paragraphe 23", START, END)
    assert link.url == f"/read/{DECLARATION}?at=para-23&start={START}&end={END}#para-23"


def test_instrument_shows_what_mentions_it_or_any_provision_of_it() -> None:
    assert [link.id for link in back_of(SmallAssistant(), "refugee-convention-1951", "en")] == [f"{DECLARATION}/para-23"]


def test_link_to_an_instrument_that_is_not_held_leads_to_it_as_a_whole() -> None:
    assistant = SmallAssistant()
    assistant.links = LinkTable([Link(f"{DECLARATION}/para-22", 0, 7, "samoa-agreement-2023", "art-1", "Welcome")])
    (link,) = links_of(assistant, assistant.provisions[f"{DECLARATION}/para-22"], "en").forward
    assert (link.id, link.label, link.title) == ("samoa-agreement-2023", None, "samoa-agreement-2023")


def test_parallel_text_says_whether_its_language_is_authentic() -> None:
    assistant = SmallAssistant()
    assistant.parallels = {f"{DECLARATION}/para-22": {"en": "Welcome", "ar": "إذ يرحبون"}}
    found = parallels_of(assistant, assistant.provisions[f"{DECLARATION}/para-22"])
    assert [(one.language, one.authentic) for one in found] == [("en", True), ("ar", False)]


def test_words_that_are_marked_and_a_link_are_both() -> None:
    (line,) = lay_out("see the treaty now", [], (4, 10), [(8, 14, "/read/t")])
    assert line.runs == (
        Run("see "),
        Run("the ", marked=True, first=True),
        Run("tr", marked=True, href="/read/t"),
        Run("eaty", href="/read/t"),
        Run(" now"),
    )


def test_reader_links_the_words_and_lists_what_mentions_a_provision() -> None:
    assistant = SmallAssistant()
    assistant.parallels = {ARTICLE: {"ar": "لا يجوز <لأية> دولة"}}
    for instrument in (DECLARATION, "refugee-convention-1951"):
        held = [one for one in assistant.provisions.values() if one.instrument == instrument]
        around = Around(
            links={one.id: links_of(assistant, one, "en") for one in held},
            parallels={one.id: parallels_of(assistant, one) for one in held},
            instrument=back_of(assistant, instrument, "en"),
        )
        page = render(assistant.instruments[instrument], held, language="en", mark=None, around=around)
        if instrument == DECLARATION:
            assert '<a class="mention" href="/read/refugee-convention-1951#art-33">principle of non-refoulement</a>' in page
        else:
            assert f'Mentioned in: <a href="/read/{DECLARATION}?at=para-23&amp;start={START}&amp;end={END}#para-23">' in page
            assert '<summary>In Arabic <span class="badge">translation</span></summary>' in page
            assert "لا يجوز &lt;لأية&gt; دولة" in page
