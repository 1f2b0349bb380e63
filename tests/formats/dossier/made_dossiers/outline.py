"""A page read back with the standard library: its elements, and what they say in each language."""

from html.parser import HTMLParser

VOID = {"meta", "input", "col", "br", "hr", "img", "link"}


class Outline(HTMLParser):
    """Every element with its attributes and the text below it; and that all of them are closed."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open = []
        self.found = []
        self.feed(text)
        self.close()
        assert not self.open, f"never closed: {[each['tag'] for each in self.open]}"

    def handle_starttag(self, tag, attrs):
        names = [name for name, _ in attrs]
        assert len(names) == len(set(names)), f"an attribute twice on {tag}: {names}"
        element = {"tag": tag, "attrs": dict(attrs), "text": "", "nl": "", "en": ""}
        element["path"] = [each["tag"] for each in self.open]
        self.found.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self.open.pop()

    def handle_endtag(self, tag):
        assert self.open, f"</{tag}> closes nothing"
        assert self.open[-1]["tag"] == tag, f"</{tag}> closes <{self.open[-1]['tag']}>"
        self.open.pop()

    def handle_data(self, data):
        langs = [each["attrs"].get("lang") for each in self.open if "lang" in each["attrs"]]
        within = langs[-1] if len(langs) > 1 else None
        for element in self.open:
            element["text"] += data
            if within in (None, "nl"):
                element["nl"] += data
            if within in (None, "en"):
                element["en"] += data

    def all(self, tag, **attrs):
        return [
            each
            for each in self.found
            if each["tag"] == tag
            and all(value in (each["attrs"].get(name) or "") for name, value in attrs.items())
        ]


def words(text):
    return " ".join(text.split())


def rows_of(outline, anchor):
    """The rows of a section's tables: texts of their cells, in Dutch."""
    at = next(i for i, e in enumerate(outline.found) if e["attrs"].get("id") == anchor)
    depth = len(outline.found[at]["path"])
    rows = []
    for element in outline.found[at + 1 :]:
        if len(element["path"]) <= depth:
            break
        if element["tag"] == "tr":
            rows.append([])
        elif element["tag"] in ("th", "td"):
            rows[-1].append(words(element["nl"]))
    return rows
