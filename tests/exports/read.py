"""Opens what `minping export` writes with other people's programs and prints what they find, as JSON.

    read.py rows   FORMAT PATH      every row: column -> [value, reason]; values as text
    read.py labels PATH             of an SPSS file: names, labels, codes, missing ranges, measures
    read.py sheets PATH             of a workbook: sheets with their cells, frozen panes and formulas
    read.py xml    PATH             of a DDI file: checked against tests/exports/ddi.rng, then its variables

FORMAT: csv-pandas, csv-duckdb, parquet-pandas, parquet-arrow, parquet-duckdb, sav, xlsx.
"""

import datetime
import json
import math
import sys
from pathlib import Path


def text(value):
    """A value as the plan writes it; None where there is none."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, datetime.datetime):
        value = value.isoformat()
        return value[:10] if value.endswith("T00:00:00") else value
    if isinstance(value, (datetime.date, datetime.time)):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)


def paired(rows):
    """Beside each value the reason from its own column."""
    out = []
    for row in rows:
        out.append({
            name: [text(value), text(row.get(name + ":missing"))]
            for name, value in row.items()
            if not name.endswith(":missing")
        })
    return out


def none(frame):
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


def csv_pandas(path):
    import pandas

    return paired(none(pandas.read_csv(path, encoding="utf-8-sig", dtype=str, keep_default_na=False, na_values=[""])))


def csv_duckdb(path):
    import duckdb

    found = duckdb.sql(f"select * from read_csv('{path}', all_varchar = true, header = true)")
    return paired([dict(zip(found.columns, row)) for row in found.fetchall()])


def parquet_arrow(path):
    import pyarrow
    import pyarrow.dataset

    names = pyarrow.schema([("round", pyarrow.string()), ("stratum", pyarrow.string())])
    hive = pyarrow.dataset.partitioning(names, flavor="hive")
    return paired(pyarrow.dataset.dataset(path, partitioning=hive).to_table().to_pylist())


def parquet_pandas(path):
    import pandas

    frames = []
    for file in sorted(Path(path).rglob("*.parquet")):
        import urllib.parse

        frame = pandas.read_parquet(file, partitioning=None).astype(object)
        for part in file.relative_to(path).parts[:-1]:
            name, value = part.split("=", 1)
            frame[name] = None if value == "__HIVE_DEFAULT_PARTITION__" else urllib.parse.unquote(value)
        frames.append(frame)
    return paired([row for frame in frames for row in none(frame)])


def parquet_duckdb(path):
    import duckdb

    found = duckdb.sql(
        f"select * from read_parquet('{path}/**/*.parquet', hive_partitioning = true,"
        " hive_types = {'round': VARCHAR, 'stratum': VARCHAR})"
    )
    return paired([dict(zip(found.columns, row)) for row in found.fetchall()])


def sav(path):
    """Values by their codes; reasons are codes in the declared range of missing values."""
    import pyreadstat

    frame, meta = pyreadstat.read_sav(path, user_missing=True, disable_datetime_conversion=True)
    out = []
    for row in frame.to_dict("records"):
        made = {}
        for name, value in row.items():
            code = text(value)
            ranges = meta.missing_ranges.get(name, [])
            missing = isinstance(value, float) and any(r["lo"] <= value <= r["hi"] for r in ranges)
            made[name] = [None, code] if missing else [code, None]
        out.append(made)
    return out


def xlsx(path):
    import openpyxl

    sheet = openpyxl.load_workbook(path)["data"]
    rows = sheet.iter_rows(values_only=True)
    names = next(rows)
    return paired([dict(zip(names, row)) for row in rows])


def labels(path):
    import pyreadstat

    frame, meta = pyreadstat.read_sav(path, user_missing=True, disable_datetime_conversion=True)
    return {
        "encoding": meta.file_encoding,
        "title": meta.file_label,
        "cases": meta.number_rows,
        "names": meta.column_names,
        "labels": meta.column_names_to_labels,
        "values": {
            name: {text(code): label for code, label in found.items()}
            for name, found in meta.variable_value_labels.items()
        },
        "missing": meta.missing_ranges,
        "measures": meta.variable_measure,
        "formats": meta.original_variable_types,
    }


def sheets(path):
    import openpyxl

    book = openpyxl.load_workbook(path)
    return [
        {
            "name": sheet.title,
            "frozen": sheet.freeze_panes,
            "formulas": sum(cell.data_type == "f" for row in sheet for cell in row),
            "formats": sorted({cell.number_format for row in sheet for cell in row if cell.data_type == "n" and cell.value is not None}),
            "rows": [[text(value) for value in row] for row in sheet.iter_rows(values_only=True)],
        }
        for sheet in book
    ]


def xml(path):
    from lxml import etree

    found = etree.parse(path)
    schema = etree.RelaxNG(etree.parse(Path(__file__).with_name("ddi.rng")))
    if not schema.validate(found):
        sys.exit(f"{path}: {schema.error_log}")
    space = {"d": "ddi:codebook:2_5"}
    words = lambda node, name: {
        one.get("{http://www.w3.org/XML/1998/namespace}lang"): one.text for one in node.findall(f"d:{name}", space)
    }
    return {
        "titles": [one.text for one in found.iterfind("d:stdyDscr//d:titl", space)]
        + [one.text for one in found.iterfind("d:stdyDscr//d:parTitl", space)],
        "variables": {
            one.get("name"): {
                "labels": words(one, "labl"),
                "questions": words(question, "qstnLit") if (question := one.find("d:qstn", space)) is not None else {},
                "categories": {
                    c.findtext("d:catValu", namespaces=space): [c.get("missing", "N"), words(c, "labl")]
                    for c in one.findall("d:catgry", space)
                },
            }
            for one in found.iterfind(".//d:var", space)
        },
    }


READERS = {
    "csv-pandas": csv_pandas,
    "csv-duckdb": csv_duckdb,
    "parquet-pandas": parquet_pandas,
    "parquet-arrow": parquet_arrow,
    "parquet-duckdb": parquet_duckdb,
    "sav": sav,
    "xlsx": xlsx,
}

match sys.argv[1:]:
    case ["rows", format, path]:
        found = READERS[format](path)
    case ["labels", path]:
        found = labels(path)
    case ["sheets", path]:
        found = sheets(path)
    case ["xml", path]:
        found = xml(path)
    case _:
        sys.exit(__doc__)
json.dump(found, sys.stdout, ensure_ascii=False)
