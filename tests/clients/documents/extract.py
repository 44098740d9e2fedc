"""Finds the programs in the use-case documents. Their text is never changed.

One exception has to be made for document 003, which reached us without its indentation: the
leading blanks of its Python lines are put back, for Python cannot do without.
"""

import glob
import os
import re
import shlex
import textwrap


class Block:
    """A piece of a document: its text and the line on which it begins."""

    def __init__(self, text, line):
        self.text = text
        self.line = line


def read(folder, number):
    """The document whose file name starts with the number."""
    (path,) = glob.glob(os.path.join(folder, f"{number}_*.txt"))
    with open(path, encoding="utf-8") as file:
        return file.read()


def fenced(text, language):
    """The ```language blocks of a Markdown document."""
    blocks = []
    for match in re.finditer(rf"^( *)```{language}\n(.*?)^ *```", text, re.M | re.S):
        line = text.count("\n", 0, match.start(2)) + 1
        blocks.append(Block(textwrap.dedent(match.group(2)), line))
    return blocks


def titled(text, title):
    """The parts of document 003 that follow a line like `Python (redis-py):`."""
    ends = re.compile(r"^(Real-world: .*|Python \(redis-py\):|Caching JSON Data)$")
    blocks, lines, begin = [], text.split("\n"), None
    for number, line in enumerate(lines, 1):
        if begin is not None and ends.match(line):
            blocks.append(Block("\n".join(lines[begin - 1:number - 1]) + "\n", begin))
            begin = None
        if line == title:
            begin = number + 1
    return blocks


def indent_python(source):
    """Puts back the indentation of flattened Python that has functions of one level of `if`.

    A function's body ends at the next `def` or at the comment `# Usage`; an `if` body ends with
    its first complete return or raise, or at its `else`.
    """
    result, level, open_brackets = [], 0, 0
    for line in source.split("\n"):
        code = line.split("  #")[0]
        if open_brackets == 0:
            if line.startswith(("def ", "# Usage")):
                level = 0
            elif line.startswith("else:"):
                level -= 1
        result.append("    " * (level + (open_brackets > 0)) + line)
        opens = sum(map(code.count, "([{")) - sum(map(code.count, ")]}"))
        was_open, open_brackets = open_brackets, open_brackets + opens
        if open_brackets == 0 and not was_open and code.rstrip().endswith(":"):
            level += 1
        elif open_brackets == 0 and level == 2 and code.startswith(("return", "raise")):
            level -= 1
    return "\n".join(result)


COMMAND = re.compile(r"^(H[A-Z]+|SET|GET|DEBUG OBJECT|MEMORY USAGE) \S")


def commands(text):
    """The command lines a reader would type into redis-cli, as (line number, words).

    Comments and the backslashes of long commands are dropped; lines that mix commands with
    pseudo-code are no commands.
    """
    found, waiting, begin = [], "", 0
    for number, line in enumerate(text.split("\n"), 1):
        if not waiting and (not COMMAND.match(line) or " + " in line):
            continue
        begin = begin if waiting else number
        joined = re.match(r"^(.*)\\\s*(#.*)?$", line)
        if joined:
            waiting += joined.group(1) + " "
            continue
        words = shlex.split(waiting + line, comments=True)
        waiting = ""
        found.append((begin, words))
    return found
