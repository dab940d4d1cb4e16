#!/bin/sh
# Installs tallywire from a checkout into a folder of its own, from the lock files: deploy/install.sh /opt/tallywire
# The Dockerfile's first stage is this script, and so is an installation without containers. Needs Python 3.11 with pip.
set -eu
target=${1:?name the folder to install into, such as /opt/tallywire}
cd "$(dirname "$0")/.."
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT

"${PYTHON:-python3}" -m venv "$tools/venv"
"$tools/venv/bin/pip" install --quiet --disable-pip-version-check --no-deps --require-hashes -r requirements-build.lock
"${PYTHON:-python3}" -m venv --without-pip "$target"
"$tools/venv/bin/uv" pip install --quiet --compile-bytecode --python "$target/bin/python" --no-deps --require-hashes -r requirements.lock
"$tools/venv/bin/python" -m hatchling build --target wheel --directory "$tools/dist"
"$tools/venv/bin/uv" pip install --quiet --compile-bytecode --python "$target/bin/python" --no-deps --no-index "$tools"/dist/*.whl
"$tools/venv/bin/uv" pip check --quiet --python "$target/bin/python"
