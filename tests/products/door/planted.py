"""A case in which one invented person stands wherever a name can stand."""

from __future__ import annotations

import io
from pathlib import Path

import docx
from fpdf import FPDF
from PIL import Image

NAME = "Sarela Vostrane"
SPELLINGS = [
    NAME,
    "Vostrane, Sarela",
    "Sàrela Vostrané",
    "سارلا فوستران",
    "Сарела Востране",
    "Sari Vostrann",
]
TOLD = ["سارلا فوستران", "Сарела Востране", "Sari Vostrann"]

REPORT = f"""The Orla Herald, 2 May 2024

{NAME} of the Lower Gate Union said on Tuesday that soldiers of the Marrow Brigade killed four
farmers in Orla. "They came at night, and I, {NAME}, saw them," she told the Herald.

{NAME.upper()} and Davit Orlan demanded that the government open the prison. Vostrane, a nurse,
will meet the governor in Orla on 3 May 2024. The Marrow Brigade denied it: "{TOLD[2]} lies,"
said Goran Besk, its commander. Her brother Tomas Vostrane was not there. Write to
sarela.vostrane@gate.example, or see https://gate.example/people/Sarela%20Vostrane. In Russian she
is {TOLD[1]}, in Arabic {TOLD[0]}.
"""
OTHER = """The Orla Herald, 4 May 2024

Davit Orlan said that soldiers of the Marrow Brigade burned houses in Orla on 3 May 2024.
"Nobody came to help," he said. The Marrow Brigade denied it.
"""


def picture() -> bytes:
    """A photograph whose EXIF names her, once in ASCII and once in UTF-16."""
    image = Image.new("RGB", (8, 8))
    exif = image.getexif()
    exif[0x013B] = NAME
    exif[0x9C9B] = NAME.encode("utf-16-le")
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


def write(folder: Path) -> list[Path]:
    """The documents; of some only the wrapping names her."""
    folder.mkdir(parents=True)
    (folder / "report.txt").write_text(REPORT, encoding="utf-8")
    (folder / "interview-sarela-vostrane.txt").write_text(OTHER, encoding="utf-8")
    (folder / "other.txt").write_text(OTHER.replace("4 May", "5 May"), encoding="utf-8")
    paper = FPDF()
    paper.set_title(f"Statement of {NAME}")
    paper.set_author(SPELLINGS[1])
    paper.add_page()
    paper.set_font("helvetica", size=12)
    paper.multi_cell(0, 8, OTHER.replace("Orla", "Larkin"))
    paper.output(str(folder / "statement.pdf"))
    office = docx.Document()
    paragraph = office.add_paragraph(OTHER.replace("Orla", "Port Hest"))
    office.add_comment(paragraph.runs, text=f"Heard from {NAME}", author="desk", initials="d")
    office.add_picture(io.BytesIO(picture()))
    office.save(str(folder / "notes.docx"))
    return sorted(folder.iterdir())
