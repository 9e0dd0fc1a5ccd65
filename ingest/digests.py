"""Digests: this project's own summary of a framework, provision by provision. Never the official words, and marked so."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import cast, get_args

from ingest.catalogue import Entry, Instrument, read_yaml
from ingest.provision import LABEL, Part, Provision

_TARGET = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*(?:/[a-z]+-[0-9a-z]+(?:\.[0-9a-z-]+)*)?")
_QUOTES = re.compile(r"[\"“”„«»]")


@dataclass(frozen=True, slots=True)
class Item:
    """A digest's entry.

    Attributes:
        provision: What is cited and searched; its heading is the English one.
        headings: By language (en, fr, ar).
        links: Ids of the instruments and provisions that it is connected with.
    """

    provision: Provision
    headings: dict[str, str]
    links: tuple[str, ...]


def read_digest(path: Path, instrument: Instrument) -> tuple[Provision, ...]:
    """The provisions of a digest, in the file's order.

    Raises:
        CatalogueError: The file is wrong.
    """
    return tuple(item.provision for item in read_items(path, instrument))


def read_items(path: Path, instrument: Instrument) -> tuple[Item, ...]:
    """The entries of a digest with their headings in all languages and their links, in the file's order.

    Raises:
        CatalogueError: A key is missing, unknown or wrong, a label is used twice, or the file belongs to another instrument.
    """
    keys = read_yaml(path).mapping(("instrument", "items"))
    if keys["instrument"].string() != instrument.id:
        raise keys["instrument"].error(f"{keys['instrument'].string()!r} is not {instrument.id!r}")
    found: dict[str, Item] = {}
    for entry in keys["items"].items():
        item = _item(entry, instrument)
        if item.provision.label in found:
            raise entry.mapping()["label"].error(f"{item.provision.label!r} is the label of another item too")
        found[item.provision.label] = item
    return tuple(found.values())


def _item(entry: Entry, instrument: Instrument) -> Item:
    keys = entry.mapping(("label", "heading", "text", "source"), ("part", "path", "links"))
    headings = keys["heading"].by_language()
    text = unicodedata.normalize("NFC", keys["text"].string())
    if found := _QUOTES.search(text):
        raise keys["text"].error(f"holds {found.group()!r}; a digest is never put in quotation marks and quotes nothing")
    provision = Provision(
        instrument=instrument.id,
        label=keys["label"].matching(LABEL),
        text=text,
        part=cast("Part", keys["part"].choice(get_args(Part))) if "part" in keys else "operative",
        tier="digest",
        heading=headings["en"],
        path=keys["path"].strings() if "path" in keys else (),
        source=keys["source"].string(),
    )
    links = tuple(item.matching(_TARGET) for item in keys["links"].items()) if "links" in keys else ()
    return Item(provision, headings, links)
