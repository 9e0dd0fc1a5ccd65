"""Web pages in the manner of EUR-Lex, the UN human rights office, the Council of Europe and a General Assembly resolution, in words of our own."""

from __future__ import annotations

SAID = "the participating countries agree that orderly movement of people serves both regions and that nobody is left behind"


def eurlex_page() -> str:
    """A regulation as EUR-Lex shows it since 2019: recitals and points in tables, notes at the end, two annexes, an imprint."""
    body = [
        _row("oj-hd-ti", "Official Journal<br/>of the European Union", "oj-hd-lg", "EN"),
        _p("oj-doc-ti", "REGULATION (EU) 2024/1111 OF THE EUROPEAN PARLIAMENT AND OF THE COUNCIL", "of 14 May 2024", "on bridges and ferries"),
        _p("oj-normal", "THE EUROPEAN PARLIAMENT AND THE COUNCIL OF THE EUROPEAN UNION,"),
        _p("oj-normal", f"Having regard to the opinion of the European Economic and Social Committee {_reference(1)},", "Whereas:"),
    ]
    body += [_point(f"({number})", f"In recital {number} {SAID}{' ' + _reference(2) if number == 3 else ''}.") for number in range(1, 7)]
    body.append(_p("oj-normal", "HAVE ADOPTED THIS REGULATION:"))
    for article in range(1, 7):
        if article in (1, 4):
            body.append(
                _p("oj-ti-section-1", f"CHAPTER {'I' if article == 1 else 'II'}") + _p("oj-ti-section-2", "BRIDGES" if article == 4 else "GENERAL")
            )
        body.append(_p("oj-ti-art", f"Article {article}") + _p("oj-sti-art", f"Subject matter of {article}"))
        if article == 2:
            body.append(_p("oj-normal", "The following definitions apply:") + "".join(_point(f"({n})", f"‘term {n}’ means {n};") for n in (1, 2, 3)))
            continue
        for number in (1, 2, 3):
            body.append(_p("oj-normal", f"{number}.   Member States shall see that {SAID}{':' if number == 2 else '.'}"))
            if number == 2:
                body += [_point("(a)", "step a;"), _point("(b)", "step b:" + _point("(i)", "smaller step i;") + _point("(ii)", "smaller step ii;"))]
                body.append(_p("oj-normal", "The first subparagraph applies to ferries."))
    body += [
        _p("oj-normal", "This Regulation shall be binding in its entirety.", "Done at Brussels, 14 May 2024."),
        _p("oj-doc-ti", "ANNEX I") + _p("oj-ti-grseq-1", "<b>List of bridges</b>") + _p("oj-normal", "1. The old bridge.", "2. The new bridge."),
        _p("oj-doc-ti", "ANNEX II") + _p("oj-ti-tbl", "Correlation table"),
        "<table>" + _cells("Old", "This Regulation") + _cells("Article 1", "Article 2") + _cells("Article 3(1), point (a)", "Article 4") + "</table>",
        _note(1, "OJ C 75, 10.3.2017, p. 97.") + _note(2, "Regulation (EU) 2019/3 of somebody (OJ L 1, 1.1.2019, p. 1)."),
        "<p>ELI: http://data.europa.eu/eli/reg/2024/1111/oj</p><p>ISSN 1977-0677 (electronic edition)</p>",
    ]
    return f"<html><head><meta charset='utf-8'><title>L_202401111EN</title></head><body>{''.join(body)}</body></html>"


def consolidated_page() -> str:
    """A consolidated directive: marks of what was amended, an inserted article."""
    articles = ""
    for number in ("1", "2", "2a", "3"):
        articles += _p("arrow", "▼M1" if number == "2a" else "▼B")
        articles += _p("title-article-norm", f"Article {number}") + _p("stitle-article-norm", f"Purpose of {number}")
        articles += "".join(f'<div class="norm"><span>{n}.  </span><div class="norm">►C1 In {number}, {SAID}. ◄</div></div>' for n in (1, 2))
    return f"<html><body>{_p('title-doc-first', 'DIRECTIVE 2013/32/EU OF THE EUROPEAN PARLIAMENT')}{articles}</body></html>"


def treaty_page() -> str:
    """A convention on a site with navigation: parts, articles, ordered lists of the browser's."""
    articles = ""
    for number in range(1, 7):
        articles += f"<h2>Part {number // 3 + 1}: Rights</h2>" if number % 3 == 0 else ""
        articles += f"<h3>Article {number}</h3>"
        if number == 2:
            articles += (
                '<ol><li>The term "user" is used.</li><li><ol type="a"><li>The term "frontier user";</li><li>The term "guest".</li></ol></li></ol>'
            )
        else:
            articles += f"<p>1. First, {SAID}.</p><p>2. Second, {SAID}:</p><p>(a) in freedom;</p><p>(b) in dignity.</p>"
    return (
        "<html><body><header><a href='/'>Home</a></header><nav><ul><li>About 1. us</li></ul></nav><main><h1>International Convention on Bridges</h1>"
        "<h2>Preamble</h2><p>The States Parties,</p><p>Recalling the 2014 Rome Declaration,</p><p>Have agreed as follows:</p>"
        f"{articles}<p>In witness whereof they have signed.</p></main><footer><p>Contact: Article 9</p></footer></body></html>"
    )


def council_page() -> str:
    """A convention of the Council of Europe: numbers without a stop."""
    articles = "".join(
        f"<h3>Article {number} – Purposes of {number}</h3>"
        + (f"<p>All Parties agree in {number}.</p>" if number == 2 else "")
        + ("" if number == 2 else f"<p>1   Each Party sees that {SAID}:</p><p>a   by road;</p><p>b   by rail.</p><p>2   Parties meet.</p>")
        for number in range(1, 5)
    )
    return f"<html><body><h1>Convention on Action against Tolls</h1><p>The Parties,</p><p>Have agreed as follows:</p>{articles}</body></html>"


def agenda_page() -> str:
    """A resolution with goals, which stand in a list before they come with their targets."""
    goals = [f"Goal {number}. End problem {number} in all its forms everywhere" for number in range(1, 5)]
    body = "".join(f"<p>{number}. We, the Heads of State, say that {SAID}.</p>" for number in range(1, 6))
    body += (
        "<p><b>Sustainable Development Goals</b></p>" + "".join(f"<p>{goal}</p>" for goal in goals) + "<p>* Acknowledging that a forum exists.</p>"
    )
    for number, goal in enumerate(goals, 1):
        body += f"<p><b>{goal}</b></p>" + "".join(f"<p>{number}.{target} By 2030, {SAID}</p>" for target in (1, 2, "a"))
    body += "<h3>Means of implementation</h3>" + "".join(f"<p>{number}. The Agenda requires that {SAID}.</p>" for number in (6, 7))
    return f"<html><body><h2>70/1. Transforming our bridges: the 2030 Agenda for Bridges</h2><p>The General Assembly</p>{body}</body></html>"


def _p(name: str, *texts: str) -> str:
    return "".join(f'<p class="{name}">{text}</p>' for text in texts)


def _cells(*texts: str) -> str:
    return "<tr>" + "".join(f"<td>{_p('oj-tbl-txt', text)}</td>" for text in texts) + "</tr>"


def _row(first: str, text: str, second: str, other: str) -> str:
    return f'<table><tr><td><p class="{first}">{text}</p></td><td><p class="{second}">{other}</p></td></tr></table>'


def _point(mark: str, text: str) -> str:
    return f'<table width="100%"><tr><td valign="top"><p class="oj-normal">{mark}</p></td><td valign="top"><p class="oj-normal">{text}</p></td></tr></table>'


def _reference(number: int) -> str:
    return f'<a id="ntc{number}" href="#ntr{number}">(<span class="oj-super oj-note-tag">{number}</span>)</a>'


def _note(number: int, text: str) -> str:
    return f'<p class="oj-note">(<a id="ntr{number}" href="#ntc{number}"><span class="oj-super">{number}</span></a>)  {text}</p>'
