# SPDX-License-Identifier: MIT
# The Debian 12 packages that kyc is built, run and tested with. Sourced by
# assets/demo and tests/run.

build_packages="autoconf automake gcc make pkg-config gettext
	libncurses-dev libcurl4-openssl-dev libmagic-dev libjansson-dev
	libsqlite3-dev libssl-dev libinih-dev libmicrohttpd-dev libjpeg-dev
	libpng-dev libchafa-dev libglib2.0-dev libqpdf-dev libunistring-dev iso-codes ca-certificates"
test_packages="clang libclang-rt-14-dev libcmocka-dev libvterm-dev valgrind
	openssl nghttp2-server poppler-utils"

# Install those of "$@" that are missing; nothing is asked, and nothing is
# done when all are there.
install_packages()
{
	missing=
	for package; do
		dpkg-query -W -f '${Status}' "$package" 2>/dev/null |
			grep -q 'ok installed' || missing="$missing $package"
	done
	[ -n "$missing" ] || return 0
	if [ "$(id -u)" = 0 ]; then root=; else root=sudo; fi
	$root env DEBIAN_FRONTEND=noninteractive apt-get update -qq
	# shellcheck disable=SC2086
	$root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq \
		--no-install-recommends $missing
}
