"""Reads, compares and rewrites transcripts (*.t); README.md describes the format."""

import dataclasses
import pathlib
import re
import shlex

COMMAND = re.compile(r'([a-z]?)>(?: (.*))?$')
RESP3_MARK = '3>'
REPEAT = re.compile(r'\{\{(.+?)\*(\d+)\}\}')
CAPTURED = re.compile(r'\{\{([a-z]\w*)\}\}')
NUMBERING = re.compile(r'(?:\s*\d+[)~#]\s)*\s*\d+([)~#]\s)')
FILE_DIRECTIVES = ('needs', 'server', 'raw')
STEP_DIRECTIVES = ('config', 'unordered', 'sleep')


@dataclasses.dataclass
class Step:
    """One command with its replies: reply2 for RESP2 and raw, reply3 only where RESP3 differs."""

    connection: str
    text: str  # As written, before {{...}} is expanded; None means: send nothing, only read.
    line_number: int
    unordered: bool = False
    sleep_s: float = 0.0
    config: list = dataclasses.field(default_factory=list)
    reply2: list = dataclasses.field(default_factory=list)
    reply3: list = None
    head: list = dataclasses.field(default_factory=list)  # Lines between the last step and this.

    def expected(self, resp3):
        return self.reply3 if resp3 and self.reply3 is not None else self.reply2


class Transcript:
    def __init__(self, path):
        self.path = pathlib.Path(path)
        self.steps = []
        self.tail = []
        self.raw = False
        self.needs = None
        self.server_options = []
        self._parse(self.path.read_text(encoding='utf-8').splitlines())

    def lacks(self, version):
        """True if a reference of that version (a tuple) cannot play this file."""
        if self.needs is None:
            return False
        if not re.fullmatch(r'\d+(\.\d+)*', self.needs):
            return True
        return version < tuple(int(part) for part in self.needs.split('.'))

    def _parse(self, lines):
        step = None  # The step that reply lines belong to.
        target = None
        upcoming = Step('a', '', 0)
        for number, line in enumerate(lines, 1):
            command = COMMAND.match(line)
            if line == RESP3_MARK and step is not None and not self.raw:
                step.reply3 = target = []
            elif command:
                step = upcoming
                step.connection = command[1] or 'a'
                step.text, step.line_number = command[2], number
                target = step.reply2
                self.steps.append(step)
                upcoming = Step('a', '', 0)
            elif line.startswith('#') or not line.strip():
                upcoming.head.append(line)
                self._directive(line, upcoming, number)
                step = target = None
            elif target is None:
                raise ValueError(f'{self.path}:{number}: a reply without a command')
            else:
                target.append(line)
        self.tail = upcoming.head

    def _directive(self, line, step, number):
        words = line[1:].split(None, 1)
        if not line.startswith('# ') or not words or not words[0][0].islower():
            return
        name, rest = words[0], words[1] if len(words) > 1 else ''
        if name in FILE_DIRECTIVES and self.steps:
            raise ValueError(f'{self.path}:{number}: "{name}" must stand before the first command')
        if name == 'needs':
            self.needs = rest
        elif name == 'server':
            self.server_options = shlex.split(rest)
        elif name == 'raw':
            self.raw = True
        elif name == 'config':
            option, value = shlex.split(rest)
            step.config.append((option, value))
        elif name == 'unordered':
            step.unordered = True
        elif name == 'sleep':
            step.sleep_s += float(rest)
        else:
            known = ', '.join(FILE_DIRECTIVES + STEP_DIRECTIVES)
            raise ValueError(f'{self.path}:{number}: "{name}" is none of: {known} '
                             '(comments start with a capital letter)')

    def write(self):
        lines = []
        for step in self.steps:
            lines += step.head
            prefix = '' if step.connection == 'a' else step.connection
            lines.append(prefix + '>' + ('' if step.text is None else ' ' + step.text))
            lines += map(_writable, step.reply2)
            if step.reply3 is not None:
                lines += [RESP3_MARK, *map(_writable, step.reply3)]
        self.path.write_text('\n'.join(lines + self.tail) + '\n', encoding='utf-8')


def _writable(line):
    """A reply that looks like a comment or a command is written as a pattern."""
    if line.startswith('#') or COMMAND.match(line) or line == RESP3_MARK:
        return '~ ' + re.escape(line).replace('\\ ', ' ').replace('\\#', '#')
    return line


def recall(text, captured):
    """Writes {{name}} out as captured."""
    return CAPTURED.sub(lambda match: captured.get(match[1], match[0]), text)


def expand(text, captured):
    """Writes {{name}} out as captured, and {{TEXT*N}} as TEXT N times with 1 to N for each '#'."""
    def repeated(match):
        return ''.join(match[1].replace('#', str(i)) for i in range(1, int(match[2]) + 1))
    return REPEAT.sub(repeated, recall(text, captured))


def capture(expected, actual):
    """Returns what the named groups of the patterns matched, by name."""
    found = {}
    for pattern in (line[2:] for line in expected if line.startswith('~ ')):
        match = next(filter(None, (re.fullmatch(pattern, line) for line in actual)), None)
        if match is not None:
            found.update(match.groupdict())
    return found


def matches(expected, actual, unordered):
    """True if the lines of a reply are what was expected of it."""
    if unordered:
        return sorted(_unnumbered(expected)) == sorted(_unnumbered(actual))
    at = done = 0
    skip, skipped_to = None, 0  # The last '...' seen, and how much of actual it swallows so far.
    while done < len(actual):
        if at < len(expected) and expected[at] == '...':
            skip, skipped_to = at, done
            at += 1
        elif at < len(expected) and _line_matches(expected[at], actual[done]):
            at, done = at + 1, done + 1
        elif skip is not None:
            skipped_to += 1
            at, done = skip + 1, skipped_to
        else:
            return False
    return all(line == '...' for line in expected[at:])


def _line_matches(expected, actual):
    if expected.startswith('~ '):
        return re.fullmatch(expected[2:], actual) is not None
    return expected == actual


def _unnumbered(lines):
    """Takes the numbers away, which sorting changes; leaves the kind of list and its depth."""
    return [NUMBERING.sub(lambda match: f'{match.end()}{match[1]}', line, count=1)
            for line in lines]
