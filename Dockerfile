# GitHub's rules for container actions: no USER (the workspace belongs to another one), no WORKDIR (the runner sets it).
# A release replaces the default by the image's digest: docs/github.md, "Releases".
ARG BASE_IMAGE=docker.io/library/python:3.12-slim
# hadolint ignore=DL3006
FROM ${BASE_IMAGE}

# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install --yes --no-install-recommends git \
 && rm -rf /var/lib/apt/lists/*

COPY pyproject.toml README.md LICENSE /action/source/
COPY templates /action/source/templates
COPY bbws_gate /action/source/bbws_gate
RUN pip install --no-cache-dir --disable-pip-version-check --root-user-action=ignore /action/source \
 && rm -rf /action/source

COPY entrypoint.py /action/entrypoint.py

# Isolated: neither the environment nor the workspace can put a module in front of ours.
ENTRYPOINT ["python", "-I", "/action/entrypoint.py"]
