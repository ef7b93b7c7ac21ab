#!/usr/bin/env python3
"""Compares the conversion of the operator with other extractors, on the pages of ../test/resources/corpus.

Usage: compare.py CLASSPATH

CLASSPATH has the operator, and the extractors in Java (see README.md). Prints the table of
docs/html-conversion.md: the sentences that each extractor finds, and the furniture that it omits.
"""

import html
import pathlib
import re
import subprocess
import sys
import tempfile
import unicodedata

import trafilatura

HERE = pathlib.Path(__file__).resolve().parent
PAGES = HERE.parent / "test" / "resources" / "corpus"
NAMES = {
    "operator": "operator",
    "trafilatura": "trafilatura",
    "readability4j": "Readability4J",
    "flexmark": "flexmark alone",
}
LINK = re.compile(r"\]\([^()]*(?:\([^()]*\)[^()]*)*\)")


def letters(text):
    """The letters and digits of a text: neither marks of Markdown nor targets of links count."""
    text = LINK.sub("", unicodedata.normalize("NFC", html.unescape(text)))
    return "".join(c for c in text if unicodedata.category(c)[0] == "L" or unicodedata.category(c) == "Nd")


def marked(page, mark):
    lines = page.with_suffix(".txt").read_text().splitlines()
    return [letters(line[2:]) for line in lines if line.startswith(mark + " ")]


def score(page, text):
    text = letters(text)
    wanted = marked(page, "+")
    unwanted = marked(page, "-")
    return (
        sum(sentence in text for sentence in wanted),
        len(wanted),
        sum(sentence not in text for sentence in unwanted),
        len(unwanted),
    )


def extract_with_trafilatura(page):
    source = page.read_text()
    title = trafilatura.extract_metadata(source).title or ""
    text = trafilatura.extract(
        source, output_format="markdown", include_comments=False, include_formatting=True,
        favor_recall=True,
    )
    return f"{title}\n\n{text or ''}"


def percent(part, whole):
    return f"{100 * part / whole:.1f}"


def main():
    pages = sorted(PAGES.glob("*.html"))
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder)
        classes = f"{folder}/classes"
        subprocess.run(["javac", "-cp", sys.argv[1], "-d", classes, HERE / "Extract.java"], check=True)
        main_class = "ai.okchat.operator.knowledge.source.Extract"
        command = ["java", "-cp", f"{classes}:{sys.argv[1]}", main_class, PAGES, folder]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        (out / "trafilatura").mkdir()
        for page in pages:
            (out / "trafilatura" / f"{page.stem}.txt").write_text(extract_with_trafilatura(page))
        scores = {
            name: {page.stem: score(page, (out / name / f"{page.stem}.txt").read_text()) for page in pages}
            for name in NAMES
        }
    print("| page | " + " | ".join(NAMES.values()) + " |")
    print("|---" * (len(NAMES) + 1) + "|")
    for page in pages:
        cells = [scores[name][page.stem] for name in NAMES]
        print(f"| {page.stem} | " + " | ".join(f"{c[0]}/{c[1]}, {c[2]}/{c[3]}" for c in cells) + " |")
    print("\n| extractor | text recall | furniture precision | F1 |\n|---|---|---|---|")
    for name, title in NAMES.items():
        found, wanted, omitted, unwanted = (sum(column) for column in zip(*scores[name].values()))
        recall, precision = found / wanted, omitted / unwanted
        f1 = 2 * recall * precision / (recall + precision)
        print(
            f"| {title} | {percent(found, wanted)} % ({found} of {wanted}) |"
            f" {percent(omitted, unwanted)} % ({omitted} of {unwanted}) | {percent(f1, 1)} |"
        )


if __name__ == "__main__":
    main()
