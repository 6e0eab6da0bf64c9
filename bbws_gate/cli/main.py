"""Parses the command line, runs one command and turns errors into one clear line and the contract's exit codes."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NoReturn

from bbws_gate import __version__
from bbws_gate.cli.arguments import add_cache_options
from bbws_gate.errors import GateError, UsageError
from bbws_gate.memory import collect_rarely, end_quickly

OUTPUT_CLOSED = 141
"""128 + SIGPIPE, as a shell reports it: the reader of our output went away."""
INTERRUPTED = 130


class _Parser(argparse.ArgumentParser):
    """An argument parser whose complaints are ours: one line, exit code 2."""

    def error(self, message: str) -> NoReturn:
        raise UsageError(message, mend=f"see {self.prog} --help")


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command.

    Args:
        argv: the words after the program's name; None takes the process's own.

    Returns:
        0 not blocked, 1 blocked, 2 wrong usage or spec, 3 unreadable input, 4 GitHub, 70 a bug of ours.
    """
    words = list(sys.argv[1:] if argv is None else argv)
    debug = "--debug" in words
    collect_rarely()
    try:
        arguments = _parser(words).parse_args(words)
        run: Callable[[argparse.Namespace], int] = arguments.run
        code = run(arguments)
        sys.stdout.flush()
        end_quickly()
    except GateError as error:
        return _fail(error, error.exit_code, debug=debug)
    except BrokenPipeError:
        # Whoever read our output has gone; keep the interpreter from complaining about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return OUTPUT_CLOSED
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as error:  # noqa: BLE001 - the last resort: a bug of ours must not look like a verdict
        bug = GateError(f"{type(error).__name__}: {error}", where="internal error", mend="please report it; --debug prints the traceback")
        return _fail(bug, GateError.exit_code, debug=debug)
    return code


def _fail(error: Exception, code: int, *, debug: bool) -> int:
    if debug:
        import traceback

        traceback.print_exc()
    message = " ".join(str(error).split())
    sys.stderr.write(f"bbws-gate: {_printable(message)}\n")
    return code


def _printable(text: str) -> str:
    """Control characters as ``U+XXXX``: an error message may quote a hostile file."""
    return "".join(character if character.isprintable() else f"U+{ord(character):04X}" for character in text)


def _parser(words: Sequence[str]) -> argparse.ArgumentParser:
    """The command line, as far as ``words`` need it: all of it takes as long to make as a small file to parse."""
    parser = _Parser(prog="bbws-gate", description="Decides from files alone whether infrastructure may be promoted.")
    parser.add_argument("--version", action="version", version=f"bbws-gate {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", required=True, parser_class=_Parser)
    for name, purpose, run, add_options in [each for each in _COMMANDS if each[0] in words[:1]] or _COMMANDS:
        command = commands.add_parser(name, help=purpose, description=f"{purpose[0].upper()}{purpose[1:]}.")
        command.set_defaults(run=run)
        command.add_argument("--debug", action="store_true", help="print the traceback of an error")
        if name in words and add_options is not None:
            add_options(command)
    return parser


def _add_check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", nargs="?", default=".", type=Path, metavar="PATH", help="the repository's folder (default: here)")
    parser.add_argument("--env", required=True, metavar="NAME", help="the target environment, a name from the promotion spec")
    parser.add_argument("--spec", default=".github/promotion.yml", metavar="FILE", help="the promotion spec, relative to PATH")
    parser.add_argument("--base", metavar="REF", help="mark findings new, open or fixed against this commit, branch or tag")
    parser.add_argument("--plan-json", type=Path, metavar="FILE", help="`terraform show -json` output, as a second witness")
    parser.add_argument(
        "--infracost", type=Path, metavar="FILE", help="`infracost breakdown --format json` output, beside our own estimate"
    )
    parser.add_argument(
        "--history",
        action="append",
        default=[],
        type=Path,
        metavar="PATH",
        help="earlier assessments: an assessment.json or a folder of them",
    )
    parser.add_argument("--format", choices=("text", "json", "markdown", "sarif"), default="text", help="what to print (default: text)")
    parser.add_argument("--out", type=Path, metavar="DIR", help="also write the reports there")
    parser.add_argument(
        "--fail-on", choices=("critical", "high", "medium", "low"), metavar="LEVEL", help="exit 1 from this severity on, too"
    )
    parser.add_argument("--in-process", action="store_true", help="read and evaluate without a worker and its limits: for debuggers")
    add_cache_options(parser)


def _add_inspect(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("root", nargs="?", default=".", type=Path, metavar="ROOT", help="the root module's folder (default: here)")
    values = partial(parser.add_argument, action="append", default=[], dest="given")
    values("--var-file", type=Path, metavar="FILE", help="a tfvars file; may be given more than once")
    values("--var", metavar="NAME=VALUE", help="a variable; of two values the later on the command line wins")
    parser.add_argument("--workspace", default="default", metavar="NAME", help="terraform.workspace (default: default)")
    parser.add_argument("--plan-json", type=Path, metavar="FILE", help="`terraform show -json` output: planned values fill what is unknown")
    parser.add_argument("--format", choices=("json", "text"), default="text", help="what to print (default: text)")
    parser.add_argument("--explain", metavar="ADDRESS", help="print how one value came about: aws_dynamodb_table.orders.name")
    add_cache_options(parser)


def _add_compare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", nargs="?", default=".", type=Path, metavar="PATH", help="the repository's folder (default: here)")
    parser.add_argument("--from", dest="lower", required=True, metavar="NAME", help="an environment of the promotion spec")
    parser.add_argument("--to", dest="upper", required=True, metavar="NAME", help="the environment to compare it with")
    parser.add_argument("--spec", default=".github/promotion.yml", metavar="FILE", help="the promotion spec, relative to PATH")
    parser.add_argument("--format", choices=("text", "json", "markdown"), default="text", help="what to print (default: text)")
    add_cache_options(parser)


def _add_init(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", nargs="?", default=".", type=Path, metavar="PATH", help="the repository's folder (default: here)")
    parser.add_argument("--plan-document", metavar="FILE", help="the plan in Markdown, relative to PATH")
    parser.add_argument("--env", action="append", default=[], metavar="NAME", help="a target environment; may be given more than once")
    parser.add_argument("--root", metavar="DIR", help="the folder of the Terraform root module, relative to PATH, where there are several")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the draft there instead of printing it")
    parser.add_argument("--force", action="store_true", help="overwrite the file that --out names")


def _add_portfolio(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar="FILE", help="the portfolio file, YAML")
    source = parser.add_mutually_exclusive_group()
    source.add_argument("--assessments", type=Path, metavar="DIR", help="read `check --format json` output there, not checkouts")
    source.add_argument(
        "--remote",
        action="store_true",
        help="read every project that names a repository from GitHub; without it those that are not checked out (token: GITHUB_TOKEN)",
    )
    parser.add_argument("--format", choices=("text", "json", "markdown", "html"), default="text", help="what to print (default: text)")
    parser.add_argument("--out", type=Path, metavar="DIR", help="also write portfolio.html, portfolio.md and portfolio.json there")


def _add_verify(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", nargs="?", default=".", type=Path, metavar="PATH", help="the repository's folder (default: here)")
    parser.add_argument("--env", required=True, metavar="NAME", help="the target environment, a name from the promotion spec")
    parser.add_argument("--sha", required=True, metavar="SHA", help="the commit that will be deployed, by its full id")
    parser.add_argument("--spec", default=".github/promotion.yml", metavar="FILE", help="the promotion spec in that commit")
    parser.add_argument("--plan-json", type=Path, metavar="FILE", help="`terraform show -json` output of the plan that will be applied")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="what to print (default: text)")


def _add_explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("code", metavar="CODE", help="a finding's code: TBL001")


def _check(arguments: argparse.Namespace) -> int:
    from bbws_gate.cli.check import check

    return check(arguments)


def _inspect(arguments: argparse.Namespace) -> int:
    from bbws_gate.cli.inspect import inspect

    return inspect(arguments)


def _compare(arguments: argparse.Namespace) -> int:
    from bbws_gate.cli.compare import compare

    return compare(arguments)


def _init(arguments: argparse.Namespace) -> int:
    from bbws_gate.cli.init import init

    return init(arguments)


def _portfolio(arguments: argparse.Namespace) -> int:
    from bbws_gate.cli.portfolio import portfolio

    return portfolio(arguments)


def _verify(arguments: argparse.Namespace) -> int:
    from bbws_gate.cli.verify import verify

    return verify(arguments)


def _schema(arguments: argparse.Namespace) -> int:  # noqa: ARG001 - every command takes its arguments
    import json

    from bbws_gate.spec import json_schema

    sys.stdout.write(json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n")
    return 0


def _explain(arguments: argparse.Namespace) -> int:
    from bbws_gate.checks.catalogue import explain

    sys.stdout.write(explain(arguments.code) + "\n")
    return 0


_Command = tuple[str, str, Callable[[argparse.Namespace], int], Callable[[argparse.ArgumentParser], None] | None]
_COMMANDS: tuple[_Command, ...] = (
    ("check", "assess a project for one environment", _check, _add_check),
    ("inspect", "print the evaluated Terraform of a root module", _inspect, _add_inspect),
    ("compare", "what differs between two environments of the same code", _compare, _add_compare),
    ("init", "draft a promotion spec from a plan document and the Terraform", _init, _add_init),
    ("portfolio", "many projects: waves, order, what blocks what, dates, cost, approvals", _portfolio, _add_portfolio),
    ("schema", "print the promotion spec's JSON Schema, for editors", _schema, None),
    ("verify", "ask before a deployment whether a commit may go to an environment now", _verify, _add_verify),
    ("explain", "what a check looks at, why it matters, how to clear it", _explain, _add_explain),
)
"""Name, purpose, what runs it, what adds its options."""
