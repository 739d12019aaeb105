"""Lays out pyxform's public test forms as workbooks, each with the XForm that pyxform makes of it.

    workbooks.py SOURCE OUT

SOURCE is the unpacked source package of pyxform 1.1.0 (the last with all of its test forms); the pyxform that converts is the
one installed beside this Python. Into OUT go NAME.xlsx, NAME.xml where pyxform accepts the form, and index.json: a list of
{name, error}, where error is pyxform's words or null. The forms are workbooks (old ones are written anew as .xlsx), CSV files,
and the tables that stand in the tests' own source.
"""

import ast
import datetime
import json
import logging
import pathlib
import shutil
import sys
import warnings

import openpyxl
import xlrd
from pyxform import xls2json_backends as backends
from pyxform.xls2xform import convert

logging.disable(logging.CRITICAL)
warnings.simplefilter("ignore")


def of_xls(path, out):
    """The same cells with the same types."""
    book = xlrd.open_workbook(path)
    made = openpyxl.Workbook()
    made.remove(made.active)
    for sheet in book.sheets():
        target = made.create_sheet(sheet.name)
        for row in range(sheet.nrows):
            for column in range(sheet.ncols):
                cell = sheet.cell(row, column)
                value = cell.value
                if cell.ctype == xlrd.XL_CELL_BOOLEAN:
                    value = bool(value)
                elif cell.ctype == xlrd.XL_CELL_DATE:
                    parts = xlrd.xldate_as_tuple(value, book.datemode)
                    value = datetime.time(*parts[3:]) if parts[:3] == (0, 0, 0) else datetime.datetime(*parts)
                elif cell.ctype in (xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK, xlrd.XL_CELL_ERROR):
                    continue
                put(target, row + 1, column + 1, value)
    made.save(out)


def put(sheet, row, column, value):
    if value in ("", None):
        return
    cell = sheet.cell(row, column)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"  # never a formula


def of_tables(tables, out):
    """`tables`: sheet name to rows of texts."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in tables.items():
        sheet = made.create_sheet(name)
        for number, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                put(sheet, number, column, value)
    made.save(out)


def of_markdown(text):
    tables, rows = {}, None
    for line in text.splitlines():
        line = line.strip()
        if not line.startswith("|"):
            continue
        cells = [cell.strip() for cell in line.strip("|").split("|")] if "\\|" not in line else None
        if cells is None:
            return None
        name = line[1:].split("|")[0].strip()
        if name:
            rows = tables.setdefault(name, [])
        elif rows is not None:
            rows.append(cells_of(line))
    return tables if any(name.lower() == "survey" for name in tables) and all(tables.values()) else None


def cells_of(line):
    parts = line.split("|")
    parts = parts[2:-1] if line.endswith("|") else parts[2:]
    return [part.strip() for part in parts]


def of_csv(path):
    tables, rows = {}, None
    import csv

    with open(path, encoding="utf-8", newline="") as file:
        for line in csv.reader(file):
            if line and line[0].strip():
                rows = tables.setdefault(line[0].strip(), [])
                if any(cell.strip() for cell in line[1:]):
                    rows.append([cell.strip() for cell in line[1:]])
            elif rows is not None and any(cell.strip() for cell in line):
                rows.append([cell.strip() for cell in line[1:]])
    return tables if any(name.lower() == "survey" for name in tables) else None


def forms(source, out):
    """Writes the workbooks; yields their names."""
    for path in sorted(source.rglob("*")):
        name = path.stem.replace(" ", "_") + "-" + path.parent.name[:3]
        target = out / f"{name}.xlsx"
        if path.suffix == ".xls":
            of_xls(path, target)
            yield name
        elif path.suffix in (".xlsx", ".xlsm"):
            shutil.copy(path, target)
            yield name
        elif path.suffix == ".csv":
            tables = of_csv(path)
            if tables:
                name += "-csv"
                of_tables(tables, out / f"{name}.xlsx")
                yield name
        elif path.suffix == ".py" and path.name.startswith("test_"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.Constant) and isinstance(node.value, str) and "| survey" in node.value:
                    tables = of_markdown(node.value)
                    if tables:
                        name = f"{path.stem[5:]}-{node.lineno}"
                        of_tables(tables, out / f"{name}.xlsx")
                        yield name


def main():
    source, out = map(pathlib.Path, sys.argv[1:3])
    out.mkdir(parents=True, exist_ok=True)
    index = []
    for name in forms(source, out):
        try:
            made = convert(str(out / f"{name}.xlsx"), validate=False, pretty_print=False)
            (out / f"{name}.xml").write_text(made.xform, encoding="utf-8")
            error = None
        except Exception as why:  # whatever pyxform has against it
            error = f"{type(why).__name__}: {why}"[:300]
        index.append({"name": name, "error": error})
    (out / "index.json").write_text(json.dumps(index, ensure_ascii=False, indent=1), encoding="utf-8")


main()
