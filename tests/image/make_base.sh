#!/usr/bin/env bash
# make_base.sh IMAGE CACHE: makes a local stand-in for the official python slim image, for machines without a container registry.
# Debian's minimal system (apt works in it) with Debian's own CPython, reached as `python` and `pip` on the PATH. Needs root, debootstrap
# and buildah; the file system is kept in CACHE as one archive, so only the first run downloads.
set -euo pipefail
image=$1
cache=$2
archive=$cache/debian-python.tar

if [ ! -e "$archive" ]; then
  mkdir -p "$cache"
  root=$(mktemp -d "$cache/root.XXXXXX")
  trap 'rm -rf "$root"' EXIT
  debootstrap --variant=minbase --include=ca-certificates,python3,python3-pip bookworm "$root" >"$cache/debootstrap.log" 2>&1 || {
    tail -n 20 "$cache/debootstrap.log" "$root/debootstrap/debootstrap.log" >&2
    exit 1
  }
  rm -f "$root"/usr/lib/python3*/EXTERNALLY-MANAGED # the official image lets pip install for everybody
  ln -s /usr/bin/python3 "$root/usr/local/bin/python"
  rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
  tar -C "$root" --numeric-owner --exclude='./dev/*' --exclude='./proc/*' --exclude='./sys/*' -cf "$archive.part" .
  mv "$archive.part" "$archive"
fi

container=$(buildah from scratch)
buildah add --quiet "$container" "$archive" / >/dev/null
buildah config --env PATH=/usr/local/bin:/usr/local/sbin:/usr/sbin:/usr/bin:/sbin:/bin --env LANG=C.UTF-8 --cmd python3 "$container"
buildah commit --quiet --rm "$container" "$image" >/dev/null
