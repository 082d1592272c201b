"""Writes widths.rs: how wide each character of Liberation Sans is, in 2,048ths of an em.

    pip install fonttools
    python src/draw/text/widths.py FOLDER-WITH-LiberationSans-*.ttf > src/draw/text/widths.rs

Liberation Sans (SIL Open Font License) has the widths of Arial and Helvetica, which the pictures ask
for. The three faces hold the same characters, so that one list of ranges serves all of them.
"""

import sys
from fontTools.ttLib import TTFont

FACES = ["Regular", "Bold", "Italic"]
EM = 2048


def widths(folder, face):
    font = TTFont(f"{folder}/LiberationSans-{face}.ttf")
    assert font["head"].unitsPerEm == EM
    return {code: font["hmtx"][glyph][0] for code, glyph in font.getBestCmap().items()}


def rows(numbers, out):
    line = "   "
    for number in numbers:
        if len(line) + len(str(number)) + 2 > 100:
            out.append(line)
            line = "   "
        line += f" {number},"
    out.append(line)


def main():
    faces = [widths(sys.argv[1], face) for face in FACES]
    codes = sorted(faces[0])
    assert all(sorted(face) == codes for face in faces)
    ranges = []
    for row, code in enumerate(codes):
        if ranges and ranges[-1][1] == code - 1:
            ranges[-1][1] = code
        else:
            ranges.append([code, code, row])
    out = [
        "//! How wide the characters of Liberation Sans are. Written by widths.py beside this file.",
        "",
        "/// First and last character of a range, and the row of the first in the lists of widths.",
        "#[rustfmt::skip]",
        f"pub(super) static RANGES: [(u16, u16, u16); {len(ranges)}] = [",
    ]
    line = "   "
    for first, last, row in ranges:
        cell = f" (0x{first:X}, 0x{last:X}, {row}),"
        if len(line) + len(cell) > 100:
            out.append(line)
            line = "   "
        line += cell
    out += [line, "];", ""]
    for face, table in zip(FACES, faces):
        out += [
            f"/// The widths of {face}, in 2,048ths of an em.",
            "#[rustfmt::skip]",
            f"pub(super) static {face.upper()}: [u16; {len(codes)}] = [",
        ]
        rows([table[code] for code in codes], out)
        out += ["];", ""]
    print("\n".join(out).rstrip())


main()
