#!/usr/bin/env python3
"""Prints the made-up council documents and writes their labels; see ../README.md.

usage: make.py [NAME...]      (parts of source paths; all where none is given)

A source is NAME.html (printed by headless Chromium), NAME.paper (typed into a word-processor file and exported by
LibreOffice Writer) or NAME.drawn (placed on the page line by line, as report writers and mainframes do, by ReportLab). Its
first lines, up to a line "---", are JSON: what the label says of the document and how it is printed. The labels of items and decisions stand in the text, where a reader would see them:

    ⟦045/23;2;18:30|Title⟧   an item: number (may be empty), then level, time, "opt", "also=...", in any order
    ⟪It was RESOLVED ...⟫     a decision, of the item before or around it
"""
import html, io, json, pathlib, random, re, subprocess, sys, tempfile, unicodedata

HERE = pathlib.Path(__file__).resolve().parent
MARKS = re.compile(r"⟦([^|⟧]*)\||⟧|⟪|⟫")
WORDS_OF_A_DECISION = 12
LONGEST_TITLE = 120


def plain(markup):
    text = re.sub(r"<br\s*/?>|</(?:p|div|td|li|tr)>", " ", markup)
    text = html.unescape(re.sub(r"<[^>]+>", "", text))
    text = re.sub(r"\*\*|__|~~|→", lambda m: " " if m[0] == "→" else "", text)
    return re.sub(r"\s+", " ", text).strip()


def cut(title):
    return title if len(title) <= LONGEST_TITLE else title[:LONGEST_TITLE + 1].rsplit(" ", 1)[0]


def read_marks(body):
    """The body without marks, and the items it marks."""
    out, items, title, decision, last = [], [], None, None, 0
    for m in MARKS.finditer(body):
        between = body[last:m.start()]
        out.append(between)
        if title is not None:
            title.append(between)
        if decision is not None:
            decision.append(between)
        if m[0].startswith("⟦"):
            number, *more = m[1].split(";")
            item = {"number": number.strip() or None, "title": "", "level": 1, "page": None, "time": None,
                    "decisions": []}
            for x in map(str.strip, more):
                if re.fullmatch(r"\d", x):
                    item["level"] = int(x)
                elif re.fullmatch(r"\d\d:\d\d", x):
                    item["time"] = x
                elif x == "opt":
                    item["optional"] = True
                elif x.startswith("also="):
                    item.setdefault("titleAlso", []).append(x[5:])
                else:
                    raise ValueError(f"mark {m[0]}")
            items.append(item)
            title = []
        elif m[0] == "⟧":
            items[-1]["title"] = cut(plain("".join(title)))
            title = None
        elif m[0] == "⟪":
            decision = []
        else:
            items[-1]["decisions"].append(" ".join(plain("".join(decision)).split()[:WORDS_OF_A_DECISION]))
            decision = None
        last = m.end()
    out.append(body[last:])
    return "".join(out), items


def print_html(body, pdf):
    with tempfile.TemporaryDirectory() as tmp:
        page = pathlib.Path(tmp, "page.html")
        page.write_text(body, encoding="utf-8")
        subprocess.run(["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                        "--disable-background-networking", "--disable-component-update", "--disable-sync",
                        f"--user-data-dir={tmp}/profile", "--no-pdf-header-footer", f"--print-to-pdf={pdf}",
                        page.as_uri()], check=True, stderr=subprocess.DEVNULL)


# --- word-processor papers ---------------------------------------------------------------------------------------------

def type_paper(body, head, pdf):
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Cm, Pt
    paper = head["paper"]
    doc = Document()
    section = doc.sections[0]
    section.page_width, section.page_height = (Cm(21.59), Cm(27.94)) if paper.get("size") == "Letter" else (Cm(21), Cm(29.7))
    top, right, bottom, left = paper.get("margins", [2, 2, 2, 2])
    section.top_margin, section.right_margin, section.bottom_margin, section.left_margin = Cm(top), Cm(right), Cm(bottom), Cm(left)
    normal = doc.styles["Normal"]
    normal.font.name, normal.font.size = paper["font"], Pt(paper["points"])
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), paper["font"])
    normal.paragraph_format.space_after = Pt(0)
    styles = paper["styles"]

    def field(run, name):
        for kind, text in (("begin", None), (None, name), ("end", None)):
            if kind:
                el = OxmlElement("w:fldChar"); el.set(qn("w:fldCharType"), kind)
            else:
                el = OxmlElement("w:instrText"); el.text = text
            run._r.append(el)

    def fill(par, text, style):
        bold, underline, italic = style.get("bold", False), style.get("underline", False), style.get("italic", False)
        for part in re.split(r"(\*\*|__|~~|→|↵|\{PAGE\}|\{NUMPAGES\})", text):
            if part == "**":
                bold = not bold
            elif part == "__":
                underline = not underline
            elif part == "~~":
                italic = not italic
            elif part:
                run = par.add_run()
                if part == "→":
                    run.add_tab()
                elif part == "↵":
                    run.add_break()
                elif part in ("{PAGE}", "{NUMPAGES}"):
                    field(run, part[1:-1])
                else:
                    run.text = part
                run.bold, run.underline, run.italic = bold, underline, italic
                if "font" in style:
                    run.font.name = style["font"]
                if "points" in style:
                    run.font.size = Pt(style["points"])
        shape = par.paragraph_format
        shape.left_indent, shape.first_line_indent = Cm(style.get("left", 0)), Cm(style.get("first", 0))
        shape.space_before, shape.space_after = Pt(style.get("before", 0)), Pt(style.get("after", 0))
        shape.keep_with_next = style.get("keep", False)
        if "line" in style:
            shape.line_spacing = style["line"]
        for tab in style.get("tabs", []):
            kind = WD_TAB_ALIGNMENT.RIGHT if isinstance(tab, str) and tab.startswith("r") else WD_TAB_ALIGNMENT.LEFT
            shape.tab_stops.add_tab_stop(Cm(float(str(tab).lstrip("r"))), kind)
        par.alignment = {"centre": WD_ALIGN_PARAGRAPH.CENTER, "right": WD_ALIGN_PARAGRAPH.RIGHT,
                         "both": WD_ALIGN_PARAGRAPH.JUSTIFY}.get(style.get("align"))

    for where, lines in (("header", paper.get("header", [])), ("footer", paper.get("footer", []))):
        for n, (name, text) in enumerate(lines):
            frame = getattr(section, where)
            fill(frame.paragraphs[0] if n == 0 else frame.add_paragraph(), text, styles[name])
    table = None
    for line in body.splitlines():
        if not line.strip():
            continue
        name, _, text = line.partition("|")
        if name == "break":
            doc.add_page_break(); table = None
        elif name.startswith("row"):
            cells = [c.strip() for c in text.split("|")]
            widths = paper["columns"][name[3:].rstrip("-")]
            if table is None or len(table.columns) != len(widths):
                table = doc.add_table(rows=0, cols=len(widths))
                if not name.endswith("-"):
                    table.style = "Table Grid"
                table.autofit = False
                for column, width in zip(table.columns, widths):
                    column.width = Cm(width)
            for cell, text, width in zip(table.add_row().cells, cells, widths):
                cell.width = Cm(width)
                paragraphs = text.split("¶")
                for n, paragraph in enumerate(paragraphs):
                    p = cell.paragraphs[0] if n == 0 else cell.add_paragraph()
                    kind, _, rest = paragraph.partition(":>")
                    fill(p, rest if _ else paragraph, styles[kind] if _ else styles.get("cell", {}))
        else:
            table = None
            fill(doc.add_paragraph(), text, styles[name])
    with tempfile.TemporaryDirectory() as tmp:
        docx = pathlib.Path(tmp, pdf.stem + ".docx")
        doc.save(docx)
        subprocess.run(["soffice", "--headless", f"-env:UserInstallation=file://{tmp}/profile", "--convert-to", "pdf",
                        "--outdir", str(pdf.parent), str(docx)], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


# --- placed lines ------------------------------------------------------------------------------------------------------

def draw_lines(body, head, pdf):
    """Places every line by its own coordinates; "words" places each word by itself, without blanks between."""
    from reportlab.lib.pagesizes import A4, LETTER
    from reportlab.lib.units import mm
    from reportlab.pdfbase.pdfmetrics import stringWidth
    from reportlab.pdfgen.canvas import Canvas
    how = head["drawn"]
    width, height = LETTER if how.get("size") == "Letter" else A4
    top, right, bottom, left = (x * mm for x in how.get("margins", [20, 20, 20, 20]))
    canvas = Canvas(str(pdf), pagesize=(width, height), pageCompression=1)
    styles, page, y, count = how["styles"], 0, 0, 0

    def put(x, y, font, points, text):
        canvas.setFont(font, points)
        if not how.get("words"):
            return canvas.drawString(x, y, text)
        for word in text.split(" "):
            if word:
                canvas.drawString(x, y, word)
            x += stringWidth(word + " ", font, points)

    def frame():
        for kind, edge in (("header", height - 10 * mm), ("footer", 14 * mm)):
            for n, (name, text) in enumerate(how.get(kind, [])):
                place(name, text.replace("{PAGE}", str(page)), edge - n * 1.2 * styles[name]["points"])

    def place(name, text, y):
        """The cells of one line, each wrapped in its column; the height used."""
        style, lines = styles[name], []
        points, lead = style["points"], style.get("lead", 1.2) * style["points"]
        starts = [left + style.get("left", 0) * mm, *(left + t * mm for t in style.get("tabs", []))]
        cells = text.split("→")
        for n, cell in enumerate(cells):
            font = style.get("fonts", {}).get(str(n), style["font"])
            later = [starts[m] for m in range(n + 1, len(cells)) if cells[m].strip()]
            end = (min(later) - 2 * mm) if later else width - right - style.get("right", 0) * mm
            row, at = "", 0
            for word in cell.strip(" ").split(" ") if how.get("fold", True) else [cell]:
                if row and stringWidth(f"{row} {word}", font, points) > end - starts[n]:
                    lines.append((at, n, font, row)); row, at = word, at + 1
                else:
                    row = f"{row} {word}" if row else word
            if row:
                lines.append((at, n, font, row))
        if not how.get("columnsFirst"):
            lines.sort(key=lambda line: line[:2])
        for at, n, font, row in lines:
            x, w = starts[n], stringWidth(row, font, points)
            if style.get("align") == "centre":
                x = (left + width - right - w) / 2
            elif style.get("align") == "right" or str(n) in style.get("rights", []):
                x = width - right - w
            put(x, y - at * lead, font, points, row)
            if style.get("underline"):
                canvas.line(x, y - at * lead - 1.5, x + w, y - at * lead - 1.5)
        return lead * (1 + max((line[0] for line in lines), default=0)), lead

    for text in body.splitlines():
        if not text.strip():
            continue
        name, _, text = text.partition("|")
        if page == 0 or name == "break" or y < bottom:
            if page:
                canvas.showPage()
            page += 1
            y = height - top
            frame()
        if name == "break":
            continue
        if name == "rule":
            canvas.line(left, y + 6, width - right, y + 6)
            continue
        y -= styles[name].get("before", 0)
        if how.get("lineNumbers"):
            count += 1
            canvas.setFont("Courier", 8); canvas.drawString(12 * mm, y, str(count))
        used, _lead = place(name, text, y)
        y -= used + styles[name].get("after", 0)
    canvas.save()


# --- scans, outlines, pages --------------------------------------------------------------------------------------------

def scan(pdf, how):
    """Replaces the PDF by pictures of its pages, as an office scanner makes them."""
    import numpy
    from PIL import Image, ImageFilter
    with tempfile.TemporaryDirectory() as tmp:
        subprocess.run(["pdftoppm", "-r", "200", "-gray", str(pdf), f"{tmp}/p"], check=True)
        noise, pages = numpy.random.default_rng(len(pdf.name)), []
        for n, file in enumerate(sorted(pathlib.Path(tmp).glob("p*.pgm"))):
            image = Image.open(file).convert("L")
            image = image.rotate(how.get("skew", [0.5])[n % len(how.get("skew", [0.5]))], Image.BICUBIC, fillcolor=255)
            image = image.filter(ImageFilter.GaussianBlur(how.get("blur", 0.6)))
            grey = numpy.asarray(image, dtype=float) * 0.93 + noise.normal(0, how.get("noise", 6), image.size[::-1])
            image = Image.fromarray(numpy.clip(grey + 8, 0, 255).astype("uint8"))
            if how.get("bilevel", True):
                image = image.point(lambda v: 255 if v > 150 else 0).convert("1", dither=Image.Dither.NONE)
                specks = numpy.asarray(image).copy()
                specks[noise.random(specks.shape) < 0.00002] = False
                image = Image.fromarray(specks)
            pages.append(image)
        pages[0].save(pdf, save_all=True, append_images=pages[1:], resolution=200,
                      **({} if pages[0].mode == "1" else {"quality": how.get("quality", 30)}))


def page_texts(pdf, *options):
    text = subprocess.run(["pdftotext", "-enc", "UTF-8", *options, str(pdf), "-"], check=True, capture_output=True).stdout.decode()
    return [squeeze(t) for t in text.split("\f")[:-1]]


def squeeze(text):
    text = "".join(c for c in unicodedata.normalize("NFKD", text or "") if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", "", text.casefold())


def number_pages(items, pdf, name, first):
    """Finds on which page each item starts: the next place where its number and title, or its title, is printed."""
    readings = [page_texts(pdf, *o) for o in (["-layout"], [], ["-raw"])]
    page = first - 1
    position = [[0] * len(r) for r in readings]
    for item in items:
        best = None
        for wanted in (squeeze((item["number"] or "") + item["title"][:45]), squeeze(item["title"][:45]), squeeze(item["title"][:20])):
            for r, reading in enumerate(readings):
                for p in range(page, len(reading)):
                    at = reading[p].find(wanted, position[r][p])
                    if at >= 0 and (best is None or p < best[0]):
                        best = (p, r, at + len(wanted)); break
            if best:
                break
        if best is None:
            raise ValueError(f"{name}: not printed after page {page + 1}: {item['number']} {item['title']}")
        page, r, at = best
        position[r][page] = at
        item["page"] = page + 1


def add_outline(pdf, entries):
    from pypdf import PdfReader, PdfWriter
    writer = PdfWriter(clone_from=PdfReader(pdf))
    stack = []
    for level, title, page in entries:
        stack = stack[:level - 1]
        stack.append(writer.add_outline_item(title, page - 1, parent=stack[-1] if stack else None))
    writer.write(pdf)


def main():
    wanted = sys.argv[1:]
    roots = [HERE, *sorted(HERE.parent.glob("unseen*/source"))]
    for root, source in sorted((r, f) for r in roots for ext in ("html", "paper", "drawn") for f in r.rglob(f"*.{ext}")):
        name = str(source.relative_to(root).with_suffix(""))
        if wanted and not any(w in name for w in wanted):
            continue
        first, body = source.read_text(encoding="utf-8").split("\n---\n", 1)
        head = json.loads(first)
        body, items = read_marks(body)
        pdf, gold = (root.parent / kind / f"{name}.{ext}" for kind, ext in (("pdf", "pdf"), ("gold", "json")))
        for f in (pdf, gold):
            f.parent.mkdir(parents=True, exist_ok=True)
        if source.suffix == ".html":
            print_html(body, pdf)
        elif source.suffix == ".drawn":
            draw_lines(body, head, pdf)
        else:
            type_paper(body, head, pdf)
        number_pages(items, pdf, name, head.get("firstPage", 1))
        for n in head.get("pages", {}):  # set by hand where the search finds another mention first
            items[int(n)]["page"] = head["pages"][n]
        if "scan" in head:
            scan(pdf, head["scan"])
        if "outline" in head:
            add_outline(pdf, head["outline"])
        label = {"file": f"{name}.pdf", **{k: head.get(k) for k in ("kind", "council", "committee", "meetingDate")}}
        if "councilAlso" in head:
            label["councilAlso"] = head["councilAlso"]
        fields = ",\n".join(f"  {json.dumps(k)}: {json.dumps(v, ensure_ascii=False)}" for k, v in label.items())
        rows = ",\n".join("    " + json.dumps(i, ensure_ascii=False) for i in items)
        gold.write_text("{\n" + fields + ',\n  "items": [' + (f"\n{rows}\n  " if rows else "") + "]\n}\n", encoding="utf-8")
        print(f"{name}: {len(items)} items, {pdf.stat().st_size // 1000} kB")


main()
