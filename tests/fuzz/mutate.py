"""Makes a broken file out of a good one: bytes, words of the language, lines of other files, things that grow."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence

MAX_BYTES = 40_000
WORDS = {
    "hcl": b'{ } [ ] ( ) " ${ %{ %{~ ~} <<EOF\n <<-X\n EOF for in if endif endfor ? : => ... == && || ! - * / % . .* [*] # // /* */ '
    b"resource variable module dynamic content locals data count.index each.value var. local. null true false 1e999 0x10 \\u0070 $${ "
    b"merge( lookup( try( can( jsondecode( toset( flatten( templatefile( file( cidrsubnet( regex( format( range( timestamp()",
    "yaml": b"- : | > |- >+ & * ! !! <<: ? --- ... [ ] { } # ' \" \t on: true no ~ null 0o7 0x1F 1e3 .inf .nan 2026-02-30 "
    b"jobs: steps: run: uses: if: needs: with: env: permissions: ${{ }} ${{secrets.X}} matrix: strategy: version: project: "
    b"environments: roles: approvals: decisions: waivers: resources: tags: schedule: cost:",
    "json": b'{ } [ ] : , "" null true false 1e999 -0 NaN \\ud800 \\u0000 "$ref" "type" "properties" "required" "resource" "variable" '
    b'"planned_values" "resource_changes" "address" "projects" "totalMonthlyCost" "number" "pull_request" "head" "sha"',
    "python": b"( ) [ ] { } : = == lambda yield await async def class if else for import from try except with return f'{x!r:>{y}}' "
    b"\"\"\" ''' \\ @ := * ** ~ -- not boto3.client( ['a'] .get( os.environ subprocess.run( sys.exit( 0x 1_000 match case",
    "shell": b"$( ) ` ' \" ${x:-y} ${x#*/} $(( )) << EOF\n <<- <<< | || && ; & > >> 2>&1 if then fi for do done case esac while { } ! "
    b"[[ ]] set -e pipefail eval terraform apply plan -var-file= -target= || true \\\n",
    "markdown": b"# ## - * + 1. > ``` ~~~ | --- |---| :-: ** __ ` [ ] ( ) ![ <!-- --> <details> [x] [ ] &nbsp; \\ <br> "
    b"SIT PROD DEV 5 tables",
    "command": b"/gate approve decide waive revoke explain recheck "
    b"--until 2026-01-01 because until TAB001:x \xe2\x80\xa8 \xe2\x80\x8b > ``` A B @x",
}
"""What each language is made of."""

NASTY = (
    b"\x00",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"\r",
    b"\r\n",
    b"\xe2\x80\xae",
    b"\xed\xa0\x80",
    b"\xf0\x9f\x92\xa5",
    b"\x1b[2K",
    b"\x85",
    b"\x0c",
)


def mutated(text: bytes, language: str, others: Sequence[bytes], choose: random.Random) -> bytes:
    """A few changes to ``text``; ``others`` are files to take lines from."""
    words = WORDS[language].split(b" ")
    changes: tuple[Callable[[bytes], bytes], ...] = (
        lambda data: _insert(data, choose.choice(words), choose),
        lambda data: _insert(data, b" ".join(choose.choices(words, k=choose.randint(2, 8))), choose),
        lambda data: _insert(data, choose.choice(NASTY), choose),
        lambda data: _insert(data, choose.choice(words) * choose.choice([3, 40, 400]), choose),
        lambda data: _insert(data, _line(choose.choice(others), choose) + b"\n", choose),
        lambda data: _cut(data, choose),
        lambda data: _double(data, choose),
        lambda data: _flip(data, choose),
        lambda data: _number(data, choose),
        lambda data: data[: choose.randint(0, len(data))],
        lambda data: _swap_lines(data, choose),
    )
    for _ in range(choose.choice([1, 1, 2, 3, 6])):
        text = choose.choice(changes)(text)[:MAX_BYTES]
    return text


def _insert(data: bytes, piece: bytes, choose: random.Random) -> bytes:
    at = choose.randint(0, len(data))
    return data[:at] + piece + data[at:]


def _line(data: bytes, choose: random.Random) -> bytes:
    return choose.choice(data.splitlines() or [b""])


def _cut(data: bytes, choose: random.Random) -> bytes:
    start = choose.randint(0, len(data))
    return data[:start] + data[start + choose.choice([1, 2, 10, 200]) :]


def _double(data: bytes, choose: random.Random) -> bytes:
    start = choose.randint(0, len(data))
    piece = data[start : start + choose.choice([1, 5, 60, 600])]
    return data[:start] + piece * choose.choice([2, 3, 20]) + data[start:]


def _flip(data: bytes, choose: random.Random) -> bytes:
    if not data:
        return data
    at = choose.randrange(len(data))
    return data[:at] + bytes([choose.randrange(256)]) + data[at + 1 :]


def _number(data: bytes, choose: random.Random) -> bytes:
    found = list(re.finditer(rb"\d+", data))
    if not found:
        return data
    one = choose.choice(found)
    other = choose.choice([b"0", b"-1", b"99999999999999999999", b"1e400", b"0.1", b"9" * 400, b"2026-02-30", b"null", b'""'])
    return data[: one.start()] + other + data[one.end() :]


def _swap_lines(data: bytes, choose: random.Random) -> bytes:
    lines = data.splitlines(keepends=True)
    if len(lines) < 2:
        return data
    first, second = choose.sample(range(len(lines)), 2)
    lines[first], lines[second] = lines[second], lines[first]
    return b"".join(lines)
