#!/bin/sh
# Make ./configure from configure.ac. Needs autoconf, automake, pkg-config.
set -e
cd "$(dirname "$0")"
for tool in autoreconf automake pkg-config; do
	command -v "$tool" >/dev/null 2>&1 || {
		echo "autogen.sh: $tool is missing: apt-get install autoconf automake pkg-config" >&2
		exit 1
	}
done
mkdir -p build-aux m4
exec autoreconf --install --warnings=all
