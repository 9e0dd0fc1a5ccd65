"""A quiz on paper: one HTML file to print, the questions first, the key on a page of its own. Every word from data is escaped."""

from __future__ import annotations

from html import escape

from ui.study_data import Quiz, QuizItem
from ui.wording import Words

_STYLE = (
    "body{font:12pt/1.5 serif;max-width:42rem;margin:2rem auto;padding:0 1rem}h1{font-size:1.5rem}li{margin:0 0 1.2rem;break-inside:avoid}"
    "blockquote{margin:.4rem 1rem;font-style:italic}aside{margin:.4rem 1rem;padding:.4rem .7rem;border:1px dashed}ol ol{list-style:lower-alpha}"
    "ol ol li{margin:0}.key{break-before:page}"
)


def to_sheet(quiz: Quiz, words: Words, address: str) -> str:
    """The file's text."""
    title = f"{escape(words['title'])} · {escape(words.fill('quiz_number', seed=quiz.seed))} · {escape(words[f'level_{quiz.level}'])}"
    questions = "".join(f"<li>{_question(item, words)}</li>" for item in quiz.items)
    key = "".join(f"<li>{_key(item, words, address)}</li>" for item in quiz.items)
    return (
        f'<!doctype html><html lang="{words.language}" dir="{words["direction"]}"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{title}</h1><p>{escape(words['sheet_name'])} ______________________</p><ol>{questions}</ol>"
        f'<section class="key"><h1>{escape(words["sheet_key"])}</h1><ol>{key}</ol><p>{escape(words["not_official"])}</p></section></body></html>'
    )


def _question(item: QuizItem, words: Words) -> str:
    quote = f'<blockquote dir="auto">{escape(words.fill("quoted", quote=item.quote))}</blockquote>' if item.quote else ""
    summary = f'<aside dir="auto">{escape(item.summary)}</aside>' if item.summary else ""
    options = "".join(f"<li>{escape(option.text)}</li>" for option in item.options)
    return f"{escape(item.question)}{quote}{summary}<ol>{options}</ol>"


def _key(item: QuizItem, words: Words, address: str) -> str:
    place = f"{item.provision.title}{words['comma']} {item.provision.pinpoint}"
    source = f"{escape(place)}, <bdi>{escape(address + item.provision.url)}</bdi>"
    return f"<b>{escape(chr(97 + item.key))}. {escape(item.options[item.key].text)}</b><br>{escape(item.explanation)}<br><small>{source}</small>"
