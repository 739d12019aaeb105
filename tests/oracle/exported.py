"""Reads workbooks that Minping wrote, as ODK's converter reads them.

    exported.py FOLDER

Prints a JSON object: the name of each .xlsx in the folder to {error, warnings, questions}. error: pyxform's words, or null;
questions: how many inputs the XForm has.
"""

import json
import logging
import pathlib
import re
import sys

from pyxform.xls2xform import convert

logging.disable(logging.CRITICAL)
said = {}
for path in sorted(pathlib.Path(sys.argv[1]).glob("*.xlsx")):
    try:
        made = convert(path, validate=False)
        questions = len(re.findall(r"<(?:input|select1|select|range|trigger|upload|(?:odk:)?rank) ", made.xform))
        said[path.stem] = {"error": None, "warnings": list(made.warnings), "questions": questions}
    except Exception as error:  # Whatever it has against the form is told.
        said[path.stem] = {"error": str(error) or type(error).__name__, "warnings": [], "questions": 0}
json.dump(said, sys.stdout)
