"""A corpus that is indexed in seconds: the real declaration, a few questions, a few concepts."""

from __future__ import annotations

import shutil
from pathlib import Path

from ingest.catalogue import CORPUS

DECLARATION = "cairo-declaration-2025"

QUESTIONS = """\
para-16:
  heading: {en: Rabat Process, fr: Processus de Rabat, ar: عملية الرباط}
  questions:
    en: [What is said of the Rabat Process?, exchange of best practices]
    fr: [Que dit-on du Processus de Rabat ?]
    ar: [ماذا عن عملية الرباط؟]
para-23:
  heading: {en: Return and readmission, fr: Retour et réadmission, ar: العودة وإعادة القبول}
  questions:
    en: [What do the ministers say about return?, sending people home]
    fr: [Que disent les ministres du retour ?]
    ar: [ماذا يقول الوزراء عن العودة؟]
"""

SILENT = """\
silent:
  en: [How much money does the European Union pay?, Where is the secretariat?]
"""

ELSEWHERE = """\
elsewhere:
  en: [What is the weather in Cairo?, Write me a poem]
"""

CONCEPTS = """\
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix k: <https://example.org/concept/> .

k:return a skos:Concept ;
  skos:prefLabel "return"@en, "retour"@fr, "العودة"@ar ;
  skos:altLabel "sending home"@en ;
  skos:narrower k:readmission .

k:readmission a skos:Concept ;
  skos:prefLabel "readmission"@en, "réadmission"@fr, "إعادة القبول"@ar .
"""


def write_small_corpus(folder: Path) -> Path:
    """Writes it into `folder`, which must not exist, and returns it."""
    for name in ("catalogue", "texts", "questions/silent", "thesaurus"):
        (folder / name).mkdir(parents=True)
    shutil.copy(CORPUS / "catalogue" / f"{DECLARATION}.yaml", folder / "catalogue")
    shutil.copy(CORPUS / "texts" / f"{DECLARATION}.txt", folder / "texts")
    (folder / "questions" / f"{DECLARATION}.yaml").write_text(QUESTIONS, "utf-8")
    (folder / "questions" / "silent" / f"{DECLARATION}.yaml").write_text(SILENT, "utf-8")
    (folder / "questions" / "elsewhere.yaml").write_text(ELSEWHERE, "utf-8")
    (folder / "thesaurus" / "concepts.ttl").write_text(CONCEPTS, "utf-8")
    return folder


def text_of(corpus: Path) -> Path:
    """The file of the declaration's text."""
    return corpus / "texts" / f"{DECLARATION}.txt"
