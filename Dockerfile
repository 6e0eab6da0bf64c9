# GitHub's rules for container actions: no USER (the workspace belongs to another one), no WORKDIR (the runner sets it).
# A release replaces the default by the image's digest: docs/github.md, "Releases".
ARG BASE_IMAGE=docker.io/library/python:3.12-slim
# hadolint ignore=DL3006
FROM ${BASE_IMAGE}

# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install --yes --no-install-recommends git \
 && rm -rf /var/lib/apt/lists/*

COPY requirements.lock /action/
RUN pip install --no-cache-dir --disable-pip-version-check --root-user-action=ignore --require-hashes --requirement /action/requirements.lock

COPY entrypoint.py /action/
COPY templates /action/templates
COPY bbws_gate /action/bbws_gate
RUN python -m compileall -q /action/bbws_gate

# Isolated: neither the environment nor the workspace can put a module in front of ours.
ENTRYPOINT ["python", "-I", "/action/entrypoint.py"]
