# GitHub's rules for container actions: no USER (the workspace belongs to another one), no WORKDIR (the runner sets it).
# By digest: a tag can move. .github/workflows/base-image.yml keeps it current.
ARG BASE_IMAGE=docker.io/library/python:3.12-slim@sha256:78387bc3881b8273120a12ebe6c1ab22b018ccc2c9adf565ae1ac9b536e184ea
# hadolint ignore=DL3006
FROM ${BASE_IMAGE}

# hadolint ignore=DL3008
RUN apt-get update \
 && apt-get install --yes --no-install-recommends git \
 && rm -rf /var/lib/apt/lists/*

COPY requirements.lock /action/
RUN pip install --no-cache-dir --no-compile --disable-pip-version-check --root-user-action=ignore --require-hashes --requirement /action/requirements.lock

COPY entrypoint.py /action/
COPY templates /action/templates
COPY bbws_gate /action/bbws_gate
# Ours: unchecked, as nobody edits what is in an image. Of Python's own modules, whose .pyc files the base image lacks, and of the packages
# only what we import: the runner builds this image for each job.
RUN python -m compileall -q --invalidation-mode unchecked-hash /action \
 && python -I -c "import pkgutil, sys; sys.path.insert(0, '/action'); import bbws_gate; \
[__import__(each.name) for each in pkgutil.walk_packages(bbws_gate.__path__, 'bbws_gate.') if not each.name.endswith('__main__')]"

# Isolated: neither the environment nor the workspace can put a module in front of ours. -B: a run writes nothing into the image.
ENTRYPOINT ["python", "-I", "-B", "/action/entrypoint.py"]
