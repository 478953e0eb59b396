#!/bin/sh
# Usage: install_dependencies.sh GROUP…
# Installs Debian's (or Ubuntu's) packages that the project needs and that are not there yet. Groups:
#   build    the library
#   test     fathom::testing, the examples and the tests
#   servers  what tests start and talk to
#   static   the command line as one file, cmake/static_cli.sh
#   ci       the other compilers and tools of the gate, .ci/run
# Does nothing, and needs no rights and no network, where all are there.
set -eu

build="cmake g++ libcurl4-openssl-dev make nlohmann-json3-dev"
test="ca-certificates libasio-dev libboost-dev libcli11-dev libcpp-httplib-dev libglib2.0-dev libgmock-dev libgtest-dev"
test="$test libhiredis-dev libhowardhinnant-date-dev libncurses-dev libsqlite3-dev libssl-dev libuv1-dev pkg-config tzdata"
servers="nginx openssl redis-server"
ci="ccache chromium chromium-driver clang-19 clang-format-19 clang-tidy-19 doxygen libc++-19-dev libc++abi-19-dev libclang-rt-19-dev lld-19 llvm-19"
ci="$ci prometheus python3-prometheus-client python3-venv valgrind"
static="dpkg-dev libc-ares-dev libnghttp2-dev zlib1g-dev"
# Another source than Debian may have brought these; its packages have other names.
command -v node >/dev/null || ci="$ci nodejs"
command -v npm >/dev/null || ci="$ci npm"

wanted=
for group in "$@"; do
    case $group in
    build) wanted="$wanted $build" ;;
    test) wanted="$wanted $test" ;;
    servers) wanted="$wanted $servers" ;;
    ci) wanted="$wanted $ci" ;;
    static) wanted="$wanted $static" ;;
    *)
        echo "install_dependencies.sh: there is no group $group; choose from build, test, servers, static, ci" >&2
        exit 2
        ;;
    esac
done

if ! command -v apt-get >/dev/null; then
    echo "This is neither Debian nor Ubuntu, so nothing is installed. Needed are, by their names there:$wanted" >&2
    exit 0
fi

missing=
for package in $wanted; do
    case $(dpkg-query -W -f '${Status}' "$package" 2>/dev/null) in
    *" ok installed") ;;
    *) missing="$missing $package" ;;
    esac
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -eq 0 ]; then
    as_root=
elif command -v sudo >/dev/null; then
    as_root=sudo
else
    echo "These packages are missing, and only root can install them:$missing" >&2
    echo "Run as root: apt-get install$missing" >&2
    exit 1
fi

echo "Installing$missing"
apt_get() {
    # A new machine may still be installing its own updates.
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 "$@" \
        </dev/null >/dev/null
}
apt_get update
# shellcheck disable=SC2086 # a list of packages
apt_get install -y --no-install-recommends $missing

# Tests start servers of their own. Nothing is to listen on this machine because of them.
[ -d /run/systemd/system ] || exit 0
for service in nginx redis-server; do
    case "$missing " in *" $service "*) $as_root systemctl --quiet disable --now "$service" ;; esac
done
