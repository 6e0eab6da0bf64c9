"""Under which conditions each word of a script stands: ``if``, ``case``, loops, functions, subshells, and what follows ``&&`` and ``||``.

Compound commands: https://www.gnu.org/software/bash/manual/html_node/Compound-Commands.html
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bbws_gate.deferred import NamedTuple
from bbws_gate.evidence.shell_tokens import Token

MAX_DEPTH = 20
"""Constructs inside each other that are told apart; what stands deeper counts to the branch around it."""
MAX_SAID = 80
"""Characters of a condition that are shown."""

_OPENERS = {"if": "if", "while": "loop", "until": "loop", "for": "loop", "select": "loop", "case": "case", "{": "group"}
_CLOSERS = {"fi": "if", "done": "loop", "esac": "case", "}": "group"}
_SEPARATORS = frozenset({"\n", ";", ";;", "&"})
_CHAINS = frozenset({"&&", "||", "|", "|&"})
_REDIRECTIONS = frozenset({">", ">>", ">|", "&>", "&>>"})
_GOES_ON = frozenset(
    {"cd", "pushd", "popd", "mkdir", "echo", "printf", "export", "set", "source", ".", "true", ":", "sleep", "chmod", "cp", "mv", "rm"}
    | {"terraform", "tofu", "terragrunt", "npm", "pip", "pip3", "python", "python3", "make", "apt-get", "unzip", "zip", "tar", "curl"}
)
"""Commands that fail only where something is wrong: what follows them after ``&&`` is the script's way, not one of two."""


class Branch(NamedTuple):
    """One way through a construct."""

    construct: int
    """Which construct of the script it belongs to."""
    number: int
    """0 is the first way."""
    kind: str
    """``if``, ``case``, ``loop``, ``function``, ``subshell``, ``chain``."""
    said: str
    """As people know it: ``if [ $E = dev ]``, ``main) of case $E``."""
    line: int
    is_default: bool = False
    """Whether it is the way that is taken when no other is: ``else``, ``*)``."""
    is_certain: bool = False
    """Whether what stands in it runs whenever the construct is reached: a subshell, a loop over words that are there."""


class Placed(NamedTuple):
    """A token and the branches that it stands in, from the outside."""

    text: str
    line: int
    is_word: bool
    path: tuple[Branch, ...] = ()
    target: str = ""
    """Where the output of the construct around it goes."""


def placed(stream: Iterable[Token]) -> list[Placed]:
    """The tokens of a script with their branches; patterns of ``case`` and the names of functions are left out."""
    return _Placer(list(stream)).all()


class _Frame:
    """A construct that is open."""

    def __init__(self, kind: str, construct: int, start: int, before: tuple[Branch, ...]) -> None:
        self.kind = kind
        self.construct = construct
        self.start = start
        """The first of its tokens among those that came out."""
        self.before = before
        self.branch: Branch | None = None
        self.chain: tuple[Branch, ...] = ()
        self.number = -1
        self.said = ""
        self.is_certain = False

    def path(self) -> tuple[Branch, ...]:
        own = (self.branch,) if self.branch is not None else ()
        return (*self.before, *own, *self.chain)[:MAX_DEPTH]

    def take(self, said: str, line: int, *, is_default: bool = False) -> None:
        """Begin the next way through it."""
        self.number += 1
        self.branch = Branch(self.construct, self.number, self.kind, said[:MAX_SAID], line, is_default, self.is_certain)
        self.chain = ()


class _Placer:
    """Walks the tokens once, with the constructs that are open on a stack."""

    def __init__(self, tokens: Sequence[Token]) -> None:
        self._tokens = tokens
        self._out: list[Placed] = []
        self._frames = [_Frame("script", 0, 0, ())]
        self._constructs = 0
        self._at_command = True
        self._words: list[str] = []
        """Of the command so far."""
        self._function = ""
        """The function whose body comes next."""
        self._position = 0

    def all(self) -> list[Placed]:
        while self._position < len(self._tokens):
            token = self._tokens[self._position]
            self._position += 1
            if self._frames[-1].kind == "case" and self._frames[-1].branch is None:
                self._pattern(token)
            elif not token.is_word:
                self._operator(token)
            elif self._at_command:
                self._first_word(token)
            else:
                self._word(token)
        return self._out

    def _emit(self, token: Token, text: str | None = None, *, is_word: bool | None = None) -> None:
        self._out.append(
            Placed(
                token.text if text is None else text,
                token.line,
                token.is_word if is_word is None else is_word,
                self._frames[-1].path(),
            )
        )

    def _text(self, ahead: int = 0) -> str:
        """The token that comes; empty at the end."""
        position = self._position + ahead
        return self._tokens[position].text if position < len(self._tokens) else ""

    def _until(self, *ends: str) -> str:
        """The words that come before one of ``ends``, for people to read."""
        said: list[str] = []
        for token in self._tokens[self._position : self._position + 40]:
            if token.text in ends:
                break
            said.append(token.text)
        return " ".join(said).strip(" ;\n")

    def _push(self, kind: str) -> _Frame:
        self._constructs += 1
        self._frames.append(_Frame(kind, self._constructs, len(self._out), self._frames[-1].path()))
        return self._frames[-1]

    def _chain(self, said: str, line: int) -> None:
        """What follows on the line runs only if ``said``."""
        self._constructs += 1
        self._frames[-1].chain = (Branch(self._constructs, 0, "chain", said[:MAX_SAID], line),)

    def _operator(self, token: Token) -> None:
        frame, text = self._frames[-1], token.text
        if text == "(" and self._at_command:
            self._subshell()
            self._emit(token)
        elif text == ")" and frame.kind in ("subshell", "function"):
            self._emit(token)
            self._close()
        elif text == "(" and self._words and self._words[-1].endswith("="):
            self._array()
        else:
            self._emit(token)
            self._separate(token)

    def _separate(self, token: Token) -> None:
        frame, text = self._frames[-1], token.text
        goes_on = text == "\n" and len(self._out) > 1 and not self._out[-2].is_word and self._out[-2].text in _CHAINS
        if text in _SEPARATORS and not goes_on:
            frame.chain = ()
            if text == ";;" and frame.kind == "case":
                frame.branch = None
        elif text == "&&" and not (self._words and (self._words[0] in _GOES_ON or "=" in self._words[0])):
            self._chain(" ".join(self._words) or "what stands before && succeeds", token.line)
        elif text == "||":
            self._chain(f"{' '.join(self._words[:4]) or 'what stands before ||'} fails", token.line)
        elif text not in _SEPARATORS | _CHAINS:
            return  # a redirection
        self._at_command, self._words = True, []

    def _subshell(self) -> None:
        frame = self._push("function" if self._function else "subshell")
        frame.is_certain = not self._function
        frame.take(self._function, self._tokens[self._position - 1].line)
        self._function = ""

    def _array(self) -> None:
        """``NAME=(a b)``: what the shell makes of it is not followed."""
        while self._position < len(self._tokens) and self._text() != ")":
            self._position += 1
        self._position += 1
        self._out[-1] = self._out[-1]._replace(text=f"{self._out[-1].text}$(...)")
        self._words[-1] += "$(...)"

    def _first_word(self, token: Token) -> None:
        text = token.text
        if self._text() == "(" and self._text(1) == ")" and text not in _OPENERS:
            self._function = text
            self._position += 2
        elif text == "function":
            self._function = self._text()
            self._position += 3 if self._text(1) == "(" else 1
        elif text == "[[":
            self._test(token)
        elif text in _OPENERS:
            self._open(token)
        elif text in _CLOSERS:
            self._emit(token)
            if self._frames[-1].kind in (_CLOSERS[text], "function"):
                self._close()
        elif text in ("then", "do", "elif", "else"):
            self._continue(token)
        elif text in ("!", "time"):
            self._emit(token)
        else:
            self._at_command = False
            self._word(token)

    def _word(self, token: Token) -> None:
        self._words.append(token.text)
        self._emit(token)

    def _test(self, token: Token) -> None:
        """``[[ a && b ]]``: what stands inside are words, whatever they look like."""
        self._at_command = False
        self._word(token)
        while self._position < len(self._tokens) and self._out[-1].text != "]]":
            inside = self._tokens[self._position]
            self._position += 1
            self._words.append(inside.text)
            self._emit(inside, is_word=True)

    def _open(self, token: Token) -> None:
        kind = _OPENERS[token.text]
        frame = self._push("function" if kind == "group" and self._function else kind)
        if frame.kind == "function":
            frame.take(self._function, token.line)
            self._function = ""
        elif token.text in ("for", "select"):
            words = self._until("do", "\n", ";").split()
            frame.said = f"the loop {token.text} {' '.join(words)}"
            frame.is_certain = words[1:2] == ["in"] and len(words) > 2 and not any(set(word) & set("$`*?[{") for word in words[2:])
            self._at_command = False
        elif kind == "loop":
            frame.said = f"the loop {token.text} {self._until('do')}"
        elif kind == "if":
            frame.said = f"if {self._until('then')}"
        self._emit(token)
        if kind == "case":
            self._case(frame)

    def _case(self, frame: _Frame) -> None:
        """``case WORD in``, which is a command of its own here; patterns follow."""
        frame.said = f"case {self._text()}"
        for _ in range(2):
            if self._position < len(self._tokens):
                self._emit(self._tokens[self._position], is_word=True)
                self._position += 1
        self._out.append(Placed(";", self._out[-1].line, is_word=False))

    def _pattern(self, token: Token) -> None:
        frame = self._frames[-1]
        if token.is_word and token.text == "esac":
            self._emit(token)
            self._close()
            return
        if not token.is_word and token.text in ("\n", ";", "("):
            self._emit(token, "\n", is_word=False)
            return
        parts = [token.text]
        while self._position < len(self._tokens) and self._text() != ")":
            parts.append(self._text())
            self._position += 1
        self._position += 1
        pattern = "".join(parts)
        frame.take(f"{frame.said} is {pattern}", token.line, is_default=pattern == "*")
        self._at_command, self._words = True, []

    def _continue(self, token: Token) -> None:
        """``then``, ``elif``, ``else``, ``do``."""
        frame, text = self._frames[-1], token.text
        self._emit(token)
        if text == "elif" and frame.kind == "if":
            frame.take(f"elif {self._until('then')}", token.line)
        elif text == "else" and frame.kind == "if":
            frame.take(f"else of {frame.said}", token.line, is_default=True)
        elif frame.branch is None and frame.kind in ("if", "loop"):
            frame.take(frame.said, token.line)

    def _close(self) -> None:
        """The end of a construct, with what is said behind it of its output."""
        frame = self._frames.pop()
        self._at_command, self._words = False, []
        target = ""
        if self._text() in _REDIRECTIONS:
            target = self._text(1)
        elif self._text() == "|" and self._text(1) == "tee":
            target = self._text(3) if self._text(2) == "-a" else self._text(2)
        if "GITHUB_" in target and len(self._frames) < MAX_DEPTH:
            for number in range(frame.start, len(self._out)):
                self._out[number] = self._out[number]._replace(target=self._out[number].target or target)
