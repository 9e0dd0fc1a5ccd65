"""The numbering reader: the blocks of any format in, numbered provisions out. One reader for all texts, driven by data.

`words.yaml` has the words for the units (article, objective, المادة …) in every language; the catalogue's `numbering` says how one text
is numbered. Without it `guess_numbering` looks at the text. The keys, all optional:

`units`           What is numbered, outermost first: pillar, priority, domain, goal, aspiration, objective, principle, action,
                  recommendation, rule, recital, act, article, target, paragraph, annex, schedule, final_act, or a unit of the text's
                  own with its `words`. Parts, titles, chapters and sections are always known, as headings; annexes are where there are
                  articles, and elsewhere "Annex" is a heading like any other unless it is in the list. `item` (of digests) says
                  nothing: the units are guessed.
`operative_after` The words that end the preamble (a text or a list); else those of words.yaml ("have agreed as follows", «اتفقت على ما
                  يلي») are looked for, and the first article or, where no such words are there, the first number ends it.
`start`, `until`  The text begins with the first block that begins with `start`, and ends before the next that begins with `until`.
                  Leading "#" are not compared. What stands outside is reported as furniture. A translation that follows in the same
                  file is cut off without being asked, where its articles count from 1 again.
`bare`            The unit that a number without a word counts ("1. Development benefits"); paragraph where nothing is said.
`run_on`          true: paragraphs are numbered through the whole text whatever stands above them. false: they count anew in every
                  objective or article. Left out: as the numbers themselves show.
`restart`         part, title, chapter or section: paragraphs count anew in each, and have its number before theirs: `part-2.para-1`.
`headings`        Lines that are headings although neither the format nor their shape says so.
`drop`            Regular expressions of blocks that are no text of the instrument.
`words`           {unit: [words]}: further words for a unit, or those of a unit of the text's own.
`prefixes`        {unit: prefix}: another prefix for its labels; small letters only.
`style`           roman or arabic, for those who read the catalogue; both are read everywhere.
`unnumbered`      true: nothing is numbered; paragraphs are counted in reading order. Without it a text without numbers is refused.
`annexed`         true: the text is the annex of a resolution. What the resolution itself says has `resolution-1.` before its labels, and
                  at the word "Annex" everything begins anew. Left out: as the numbers themselves show.
`nested`          false: a unit is not held by an open unit named before it.

Labels: `art-33`; `art-33.1` for its paragraph "1." or "(1)"; `art-1.a` and `art-1.a.2` for sections "A." and their numbers; `para-23`;
`para-2.1` where the text writes "2.1"; `rec-12`, `obj-9`, `goal-10`, `target-10.7`; `annex-1.para-3` and `schedule-1.para-13.2` in
annexes, which are counted where they have no number. What has no number of its own counts in reading order: `preamble-4`, `text-2`
(between headings), `closing-1` (formulas and signatures). The words of an article before its paragraphs are `art-2.chapeau`. A number
that the text has twice gets `.again-2`, with a warning. Points "(a)", "(i)" and bullets are lines of the provision that they stand in.
"""
