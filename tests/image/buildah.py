"""Builds and runs the container image with buildah: no engine, no daemon, nothing outside ``.build/image``."""

from __future__ import annotations

import functools
import json
import os
import re
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
CACHE = ROOT / ".build/image"
IMAGE = "localhost/bbws-gate:test"
BASE = "docker.io/library/python:3.12-slim"
_BUNDLE = Path(os.environ.get("SSL_CERT_FILE") or "/etc/ssl/certs/ca-certificates.crt")
_IN_IMAGE_BUNDLE = "/etc/ssl/certs/ca-certificates.crt"


def require() -> None:
    """Skip the test where the image cannot be built; in CI that is a failure."""
    missing = [program for program in ("buildah", "debootstrap") if shutil.which(program) is None]
    if os.geteuid() != 0:
        missing.append("root")
    if not missing:
        return
    reason = f"building the image needs {', '.join(missing)}"
    if os.environ.get("CI") == "true" or os.environ.get("BBWS_GATE_NO_SKIP") == "1":
        pytest.fail(reason)
    pytest.skip(reason)


def build() -> str:
    """Build the Dockerfile as it stands, on a base that this machine can have; answers with the image's name."""
    base = os.environ.get("BBWS_GATE_BASE_IMAGE") or _local_base()
    policy = "--pull" if os.environ.get("BBWS_GATE_BASE_IMAGE") else "--pull-never"
    _buildah("build", policy, "--layers", "--build-arg", f"BASE_IMAGE={base}", *_registry_access(), "--tag", IMAGE, str(ROOT))
    return IMAGE


def entrypoint(image: str) -> list[str]:
    """What the image starts."""
    found: list[str] = json.loads(_buildah("inspect", "--type", "image", image))["OCIv1"]["config"]["Entrypoint"]
    return found


def run(image: str, command: Sequence[str], environment: Mapping[str, str], mounts: Mapping[Path, str], folder: str) -> tuple[int, str]:
    """Run a command in a fresh container; answers with its exit code and what it printed."""
    container = _buildah("from", "--pull-never", image).strip()
    try:
        options = [word for name, value in environment.items() for word in ("--env", f"{name}={value}")]
        options += [word for source, target in mounts.items() for word in ("--volume", f"{source}:{target}")]
        arguments = ["run", "--workingdir", folder, *options, container, "--", *command]
        ended = subprocess.run(
            ["buildah", *arguments],
            env=_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=300,
        )
        return ended.returncode, ended.stdout
    finally:
        _buildah("rm", container)


def _local_base() -> str:
    known = subprocess.run(["buildah", "inspect", "--type", "image", BASE], env=_environment(), capture_output=True, check=False)
    if known.returncode != 0:
        script = Path(__file__).with_name("make_base.sh")
        made = subprocess.run(
            [str(script), BASE, str(CACHE)], env=_environment(), capture_output=True, text=True, check=False, timeout=1800
        )
        assert made.returncode == 0, made.stderr
    return BASE


def _buildah(*arguments: str) -> str:
    ended = subprocess.run(["buildah", *arguments], env=_environment(), capture_output=True, text=True, check=False, timeout=1800)
    assert ended.returncode == 0, f"buildah {arguments[0]}: {ended.stdout[-4000:]}{ended.stderr[-4000:]}"
    return ended.stdout


@functools.cache
def _environment() -> dict[str, str]:
    """Storage of our own, and chroot isolation, which needs no privileges beyond root's."""
    CACHE.mkdir(parents=True, exist_ok=True)
    (CACHE / "tmp").mkdir(exist_ok=True)
    for driver in ("overlay", "vfs"):
        configuration = CACHE / f"storage-{driver}.conf"
        configuration.write_text(f'[storage]\ndriver = "{driver}"\ngraphroot = "{CACHE}/{driver}"\nrunroot = "{CACHE}/run-{driver}"\n')
        environment = {
            **{name: value for name, value in os.environ.items() if not name.startswith(("INPUT_", "GITHUB_"))},
            "CONTAINERS_STORAGE_CONF": str(configuration),
            "BUILDAH_ISOLATION": "chroot",
            "TMPDIR": str(CACHE / "tmp"),
        }
        works = subprocess.run(["buildah", "images"], env=environment, capture_output=True, check=False)
        if works.returncode == 0:
            return environment
    pytest.fail(f"buildah has no storage driver that works here: {works.stderr.decode()}")


def _registry_access() -> list[str]:
    """This machine's way to the package registry, mounted while the image is built and not part of it."""
    mounts = [(str(_BUNDLE), _IN_IMAGE_BUNDLE)] if _BUNDLE.exists() else []
    listing = subprocess.run(["python3", "-m", "pip", "config", "list"], capture_output=True, text=True, check=False).stdout
    options = dict(re.findall(r"^(?:global|:env:)\.([a-z-]+)='(.*)'$", listing, re.MULTILINE))
    if mounts:
        options["cert"] = _IN_IMAGE_BUNDLE
    for value in (value for name, value in options.items() if name != "cert"):
        for path in re.findall(r"(?:^|\s|file://)(/[^\s]+)", value):
            folder = Path(*Path(path).parts[:3])  # a local index refers to files beside it
            if folder.is_dir():
                mounts.append((str(folder), str(folder)))
    lines = ["[global]", *(f"{name} = {value}" for name, value in options.items())]
    (CACHE / "pip.conf").write_text("\n".join(lines) + "\n")
    mounts.append((str(CACHE / "pip.conf"), "/etc/pip.conf"))
    return [word for source, target in dict(mounts).items() for word in ("--volume", f"{source}:{target}:ro")]
