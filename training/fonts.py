"""Make the fonts of the printed pages: parts of Noto and Droid Sans Fallback, without hinting.

    apt-get download fonts-noto-core fonts-droid-fallback   and dpkg-deb -x each into FOLDER
    python training/fonts.py FOLDER onrecord/products/fonts

Needs fonttools. `coverage.json` lists the characters that the fonts hold.
"""

from __future__ import annotations

import json
import sys
from itertools import product
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools import subset
from fontTools.merge import Merger
from fontTools.ttLib import TTFont

LATIN = [(0x20, 0x7E), (0xA0, 0x58E), (0x1C80, 0x1C8F), (0x1D00, 0x1DBF), (0x1E00, 0x1FFF)]
LATIN += [(0x2000, 0x2BFF), (0x2C60, 0x2C7F), (0x2DE0, 0x2E7F), (0xA640, 0xA69F)]
LATIN += [(0xA720, 0xA7FF), (0xFB00, 0xFB06), (0xFFFD, 0xFFFD)]
PARTS = {
    "NotoSans-Regular": LATIN,
    "NotoSans-Bold": LATIN,
    "NotoSansMath-Regular": [
        (0x2016, 0x2033),
        (0x2190, 0x22FF),
        (0x25A0, 0x25FF),
        (0x27C0, 0x27FF),
    ],
    "NotoSansSymbols2-Regular": [(0x2300, 0x23FF), (0x2500, 0x27BF)],
    "NotoSansSymbols-Regular": [(0x2100, 0x214F), (0x2460, 0x24FF), (0x2600, 0x27BF)],
}
WHOLE = [
    "NaskhArabic",
    "SerifHebrew",
    "SansArmenian",
    "SansGeorgian",
    "SansEthiopic",
    "SansDevanagari",
    "SansBengali",
    "SansGurmukhi",
    "SansGujarati",
    "SansTamil",
    "SansTelugu",
    "SansKannada",
    "SansMalayalam",
    "SansSinhala",
    "SansThai",
    "SansLao",
    "SansKhmer",
    "SansMyanmar",
    "SerifTibetan",
    "SansThaana",
    "SansSyriac",
    "SansMongolian",
    "SansTifinagh",
    "SansAdlam",
    "SansNKo",
    "SansOriya",
    "SansCherokee",
    "SansCanadianAboriginal",
]
CJK = {"gb2312": 0xFF, "big5": 0xC7, "shift_jis": 0x99, "euc_kr": 0xCA}
"""Encodings, and the first byte from which their rarer characters are left out."""


def main(folder: Path, goal: Path) -> None:
    """Write the fonts and their coverage into `goal`."""
    noto, droid = folder / "usr/share/fonts/truetype/noto", "DroidSansFallbackFull.ttf"
    for name, ranges in PARTS.items():
        write(noto / f"{name}.ttf", goal, {c for a, b in ranges for c in range(a, b + 1)})
    for name in WHOLE:
        write(noto / f"Noto{name}-Regular.ttf", goal, None)
    write(next(folder.rglob(droid)), goal, cjk(), "DroidSansFallback.ttf")
    (goal / "coverage.json").write_text(ranges_of(covered(goal)), encoding="utf-8")
    for_pictures(goal, goal.parent / "pictures" / PICTURED)


PICTURED = "NotoNaskhLatin-Regular.ttf"
"""Arabic and Latin in one font: the drawing library sets a line of both wrongly from two."""


def for_pictures(fonts: Path, goal: Path) -> None:
    """Write the font of pictures whose words are Arabic: Naskh, with the letters of Noto Sans."""
    with TemporaryDirectory() as folder:
        latin = Path(folder) / "latin.ttf"
        naskh = fonts / "NotoNaskhArabic-Regular.ttf"
        known = set(TTFont(naskh).getBestCmap())
        wanted = {*range(0x20, 0x7F), *range(0xA0, 0x250), *range(0x2000, 0x2070), 0x20AC, 0x2192}
        write(fonts / "NotoSans-Regular.ttf", Path(folder), wanted - known, latin.name)
        font = Merger().merge([str(naskh), str(latin)])
    for record in font["name"].names:
        if record.nameID in (1, 4, 16):
            record.string = "Noto Naskh Latin"
        elif record.nameID in (3, 6):
            record.string = "NotoNaskhLatin-Regular"
    font["head"].modified = font["head"].created
    font.recalcTimestamp = False
    font.save(goal)


def write(source: Path, goal: Path, characters: set[int] | None, name: str = "") -> None:
    """Write the part of a font that holds some characters, or all of it without its hinting."""
    options = subset.Options(hinting=False, layout_features=["*"], notdef_outline=True)
    options.glyph_names, options.recalc_timestamp = False, False
    options.name_IDs, options.name_languages = [*range(15), 16, 17], [0x409]
    options.drop_tables += ["FFTM", "meta"]
    font = subset.load_font(str(source), options)
    subsetter = subset.Subsetter(options)
    known = set(font.getBestCmap())
    subsetter.populate(unicodes=known if characters is None else known & characters)
    subsetter.subset(font)
    subset.save_font(font, str(goal / (name or source.name)), options)


def cjk() -> set[int]:
    """The characters in daily use in Chinese, Japanese and Korean."""
    found = {*range(0x3000, 0x3130), *range(0xFF00, 0xFFEF)}
    for (encoding, end), second in product(CJK.items(), range(0x40, 0xFF)):
        for first in range(0x81, end):
            letter = bytes([first, second]).decode(encoding, "ignore")
            found |= {ord(c) for c in letter[:1] if ord(c) > 0x2E7F}
    return found


def covered(folder: Path) -> set[int]:
    """The characters that the fonts of a folder hold, control characters left out."""
    fonts = (TTFont(path).getBestCmap() for path in sorted(folder.glob("*.ttf")))
    return {c for font in fonts for c in font if c >= 0x20 and not 0x7F <= c < 0xA0}


def ranges_of(characters: set[int]) -> str:
    """Characters as JSON: `[first, last]`, one stretch a line."""
    found: list[list[int]] = []
    for character in sorted(characters):
        if found and found[-1][1] == character - 1:
            found[-1][1] = character
        else:
            found.append([character, character])
    return "[\n" + ",\n".join(map(json.dumps, found)) + "\n]\n"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
