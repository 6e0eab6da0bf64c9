"""Random calls of the language's functions, family by family, as Terraform's text."""

from __future__ import annotations

import json
from collections.abc import Callable
from random import Random

Generator = Callable[[Random], str]

WORDS = (
    "",
    "a",
    "b",
    "B",
    "é",
    "ß",
    "1",
    "10",
    "a b",
    "x,y",
    "true",
    "<&>",
    "日本",
    "👨\u200d👩\u200d👧",
    "e\u0301",
    "a\nb",
    "\r\n",
    "${x}",
    '"q"',
    "\\",
)
NUMBERS = (
    "0",
    "1",
    "2",
    "3",
    "7",
    "10",
    "255",
    "-1",
    "-5",
    "1.5",
    "0.1",
    "-2.25",
    "1e3",
    "1e21",
    "1e-7",
    "123456789",
    "12345678901234567890.5",
)
CHARACTERS = "aAbzZ09 _-./\\é߀日\u0301\u200d🇩🇪👩\t\n\r%$\"'"

VERBS = "YYYY YY MM MMM M DD D EEE EEEE hh HH H aa AA mm s ss Z ZZZ ZZZZ - 'T' '' x 'a''b'"


def quoted(text: str) -> str:
    """``text`` as a quoted template without sequences."""
    return json.dumps(text, ensure_ascii=False).replace("${", "$${").replace("%{", "%%{")


def any_text(random: Random) -> str:
    if random.random() < 0.5:
        return random.choice(WORDS)
    return "".join(random.choice(CHARACTERS) for _ in range(random.randrange(8)))


def text(random: Random) -> str:
    return quoted(any_text(random))


def number(random: Random) -> str:
    return random.choice(NUMBERS) if random.random() < 0.7 else str(random.randint(-300, 300))


def scalar(random: Random) -> str:
    return random.choice((text, number, lambda _: random.choice(("true", "false", "null")), lambda _: quoted(random.choice(WORDS))))(random)


def sequence(random: Random, item: Generator) -> str:
    items = f"[{', '.join(item(random) for _ in range(random.randrange(4)))}]"
    return random.choice((items, items, f"tolist({items})", f"toset({items})"))


def mapping(random: Random, item: Generator) -> str:
    keys = random.sample(("a", "b", "c", "k 1", "é"), random.randrange(4))
    entries = "{" + ", ".join(f"{quoted(key)} = {item(random)}" for key in keys) + "}"
    return random.choice((entries, entries, f"tomap({entries})"))


def anything(random: Random) -> str:
    kind = random.randrange(6)
    if kind < 3:
        return scalar(random)
    if kind < 5:
        return sequence(random, random.choice((text, number, scalar, nested)))
    return mapping(random, random.choice((text, number, scalar, nested)))


def nested(random: Random) -> str:
    return random.choice((scalar, lambda r: sequence(r, scalar), lambda r: mapping(r, scalar)))(random)


def strings(random: Random) -> str:
    name, count = random.choice(
        (
            ("upper", 1), ("lower", 1), ("title", 1), ("strrev", 1), ("trimspace", 1), ("chomp", 1), ("length", 1), ("urlencode", 1),
            ("base64encode", 1), ("md5", 1), ("sha1", 1), ("sha256", 1), ("sha512", 1), ("base64sha256", 1), ("trim", 2),
            ("trimprefix", 2), ("trimsuffix", 2), ("split", 2), ("startswith", 2), ("endswith", 2), ("strcontains", 2), ("replace", 3),
            ("basename", 1), ("dirname", 1), ("base64gzip", 1), ("base64decode", 1), ("csvdecode", 1), ("jsondecode", 1),
        )
    )  # fmt: skip
    arguments = [text(random) for _ in range(count)]
    if random.random() < 0.15:
        arguments[random.randrange(count)] = anything(random)
    return f"{name}({', '.join(arguments)})"


def positions(random: Random) -> str:
    return random.choice(
        (
            f"substr({text(random)}, {random.randint(-6, 6)}, {random.randint(-2, 6)})",
            f"indent({random.randint(0, 4)}, {text(random)})",
            f"parseint({quoted(random.choice(('ff', 'zZ', '-12', '+7', '0', '', '1_0', '77', 'é')))}, {random.randint(0, 64)})",
            f"join({text(random)}, {sequence(random, scalar)})",
            f"sort({sequence(random, scalar)})",
        )
    )


def formats(random: Random) -> str:
    verbs = []
    for _ in range(random.randrange(3)):
        flags = "".join(random.sample("+-# 0", random.randrange(3)))
        width = random.choice(("", "", "5", "12"))
        precision = random.choice(("", "", ".0", ".2", ".", ".10"))
        index = random.choice(("", "", "", "[1]", "[2]"))
        verbs.append(f"{random.choice(('', 'x', 'é '))}%{flags}{width}{precision}{index}{random.choice('vvsdqtbdoxXeEfgG%')}")
    name = random.choice(("format", "format", "formatlist"))
    item = anything if name == "formatlist" or random.random() < 0.2 else scalar
    arguments = "".join(f", {item(random)}" for _ in range(random.choice((len(verbs), len(verbs), random.randrange(3)))))
    return f"{name}({quoted(''.join(verbs))}{arguments})"


def arithmetic(random: Random) -> str:
    name = random.choice(("abs", "ceil", "floor", "signum", "max", "min", "sum", "log", "pow", "range"))
    if name in ("max", "min", "range"):
        return f"{name}({', '.join(number(random) for _ in range(random.randrange(1, 4)))})"
    if name == "sum":
        return f"sum({sequence(random, random.choice((number, scalar)))})"
    if name in ("log", "pow"):
        base = str(random.choice((2, 10, 3, 0.5, 7.25, -2)))
        return f"{name}({random.choice((random.randint(1, 5000), round(random.uniform(0.1, 90), 3)))}, {base})"
    return f"{name}({number(random)})"


def collections(random: Random) -> str:
    one: tuple[str, ...] = (
        "length",
        "keys",
        "values",
        "flatten",
        "distinct",
        "reverse",
        "compact",
        "one",
        "alltrue",
        "anytrue",
        "transpose",
        "sum",
    )
    one += ("tolist", "toset", "tomap", "tostring", "tonumber", "tobool", "jsonencode", "yamlencode", "merge", "concat", "coalescelist")
    many = ("merge", "concat", "coalesce", "coalescelist", "setunion", "setintersection", "setproduct")
    kind = random.randrange(5)
    if kind == 0:
        return f"{random.choice(one)}({anything(random)})"
    if kind == 1:
        return f"{random.choice(one)}({sequence(random, nested) if random.random() < 0.6 else mapping(random, nested)})"
    if kind == 2:
        item = random.choice((scalar, text, number, nested))
        build = mapping if random.random() < 0.3 else sequence
        return f"{random.choice(many)}({', '.join(build(random, item) for _ in range(random.randint(1, 3)))})"
    return _pairs(random)


def _pairs(random: Random) -> str:
    item = random.choice((text, number, scalar))
    return random.choice(
        (
            f"contains({sequence(random, item)}, {item(random)})",
            f"index({sequence(random, item)}, {item(random)})",
            f"element({sequence(random, item)}, {random.randint(-4, 6)})",
            f"slice({sequence(random, item)}, {random.randint(-1, 3)}, {random.randint(-1, 4)})",
            f"chunklist({sequence(random, item)}, {random.randint(-1, 3)})",
            f"lookup({mapping(random, item)}, {quoted(random.choice(('a', 'b', 'z')))}, {scalar(random)})",
            f"zipmap({sequence(random, text)}, {sequence(random, item)})",
            f"matchkeys({sequence(random, item)}, {sequence(random, text)}, {sequence(random, text)})",
            f"setsubtract({sequence(random, item)}, {sequence(random, item)})",
        )
    )


def patterns(random: Random) -> str:
    pieces = (
        "a",
        "b",
        ".",
        "\\w",
        "\\d",
        "\\s",
        "[a-z]",
        "[^a]",
        "(a)",
        "(?P<n>b)",
        "(?:x|y)",
        "^",
        "$",
        "\\b",
        "é",
        "(b|)",
        "\\.",
        "(?i)",
        "\\pL",
    )
    quantifiers = ("", "", "", "*", "+", "?", "*?", "{2}", "{1,2}", "**", "{,3}")
    pattern = "".join(random.choice(pieces) + random.choice(quantifiers) for _ in range(random.randint(1, 4)))
    if random.random() < 0.1:
        pattern += random.choice("([\\)]*{")
    subject = "".join(random.choice("aabbxyé1 .\n") for _ in range(random.randrange(9)))
    if random.random() < 0.3:
        replacement = random.choice(("", "-", "$0", "$1", "${1}x", "$1x", "$$", "$", "$n", "<${n}>", "é$"))
        return f"replace({quoted(subject)}, {quoted(f'/{pattern}/')}, {quoted(replacement)})"
    return f"{random.choice(('regex', 'regexall'))}({quoted(pattern)}, {quoted(subject)})"


def times(random: Random) -> str:
    date = f"{random.choice(('2024', '2023', '1999', '0001'))}-{random.randint(1, 13):02d}-{random.randint(1, 31):02d}"
    zone = random.choice(("Z", "Z", "+01:00", "-07:30", "+24:00", "z", ""))
    fraction = random.choice(("", ".5", ".123456789012", ",5"))
    moment = f"{date}T{random.randint(0, 24):02d}:{random.randint(0, 60):02d}:{random.randint(0, 59):02d}{fraction}{zone}"
    duration = random.choice(("", "-", "+")) + "".join(
        random.choice(("1", "90", "1.5", ".5", "0.000001", "1000000", "", "3."))
        + random.choice(("h", "m", "s", "ms", "us", "µs", "ns", "d", ""))
        for _ in range(random.randint(1, 3))
    )
    layout = "".join(random.choice((*VERBS.split(), " ")) for _ in range(random.randint(1, 5)))
    return random.choice(
        (
            f"timeadd({quoted(moment)}, {quoted(duration)})",
            f"formatdate({quoted(layout)}, {quoted(moment)})",
            f"timecmp({quoted(moment)}, {quoted('2024-01-01T00:00:00Z')})",
        )
    )


def networks(random: Random) -> str:
    octets = ".".join(str(random.choice((0, 1, 10, 128, 172, 255, 256, "01"))) for _ in range(random.choice((4, 4, 4, 4, 3))))
    groups = ":".join(random.choice(("0", "1", "fd00", "2001", "db8", "ffff", "")) for _ in range(random.randint(3, 8)))
    prefix = random.choice((f"{octets}/{random.randint(0, 33)}", f"{groups}/{random.choice((0, 8, 48, 56, 64, 120, 128, 129))}"))
    amount = random.choice((0, 1, 2, 5, 255, 256, 65536, -1, -2, -256, 2**32, 2**64, "1.5"))
    return random.choice(
        (
            f"cidrhost({quoted(prefix)}, {amount})",
            f"cidrnetmask({quoted(prefix)})",
            f"cidrsubnet({quoted(prefix)}, {random.choice((0, 1, 4, 8, 16, 64, 100))}, {amount})",
            f"cidrsubnets({quoted(prefix)}, {', '.join(str(random.choice((1, 2, 4, 8, 16, 33, 0))) for _ in range(random.randint(1, 4)))})",
        )
    )


def encodings(random: Random) -> str:
    symbols = "".join(random.choice("YWJjZA/+=\n-é") for _ in range(random.randrange(10)))
    rows = "".join(random.choice(("a", "b", ",", '"', "\n", "\r\n", " ", "é", '""', "1")) for _ in range(random.randrange(12)))
    charset = random.choice(
        ("UTF-8", "UTF-16", "UTF-16LE", "utf-16be", "ISO-8859-1", "windows-1252", "KOI8-R", "US-ASCII", "macintosh", "ibm437", "x")
    )
    return random.choice(
        (
            f"textencodebase64({text(random)}, {quoted(charset)})",
            f"textdecodebase64({quoted(symbols)}, {quoted(charset)})",
            f"base64decode({quoted(symbols)})",
            f"csvdecode({quoted('a,b' + chr(10) + rows)})",
            f"csvdecode({quoted(rows)})",
            f"yamlencode({anything(random)})",
            f"yamldecode(yamlencode({anything(random)}))",
            f"jsondecode(jsonencode({anything(random)}))",
            f"uuidv5({quoted(random.choice(('dns', 'url', 'x', '6ba7b810-9dad-11d1-80b4-00c04fd430c8')))}, {text(random)})",
        )
    )


FAMILIES: dict[str, Generator] = {
    "strings": strings,
    "positions": positions,
    "formats": formats,
    "arithmetic": arithmetic,
    "collections": collections,
    "patterns": patterns,
    "times": times,
    "networks": networks,
    "encodings": encodings,
}
