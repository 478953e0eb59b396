# Clean Debian systems in folders, for the scripts beside this one, which source it. As root; what it mounts is seen by nobody
# else and gone with the command.

# base_system WORK SUITE [ARCHITECTURE]: prints the folder of a minimal system below WORK, made unless it is there. To be copied.
base_system() (
    architecture=${3:-$(dpkg --print-architecture)}
    mkdir -p "$1/archives/partial"
    base=$(cd "$1" && pwd)/$2-$architecture
    [ ! -f "$base/etc/debian_version" ] || {
        echo "$base"
        return
    }
    rm -rf "$base" "$base.new"
    debootstrap --variant=minbase --arch="$architecture" "$2" "$base.new" http://deb.debian.org/debian >&2
    rm -f "$base.new"/var/cache/apt/archives/*.deb
    # No service starts in there, and it trusts whom this machine trusts, which may reach its packages by a proxy.
    printf '#!/bin/sh\nexit 101\n' >"$base.new/usr/sbin/policy-rc.d"
    chmod +x "$base.new/usr/sbin/policy-rc.d"
    mkdir -p "$base.new/usr/local/share/ca-certificates"
    find /usr/local/share/ca-certificates -name '*.crt' -exec cp {} "$base.new/usr/local/share/ca-certificates/" \;
    mv "$base.new" "$base"
    echo "$base"
)

# clean_system WORK NAME SUITE [ARCHITECTURE]: prints the folder of a new system of that name below WORK.
clean_system() (
    base=$(base_system "$1" "$3" ${4:+"$4"})
    system=$(dirname "$base")/$2
    rm -rf "$system"
    cp -a --reflink=auto "$base" "$system"
    echo "$system"
)

# kept_system WORK NAME SUITE [ARCHITECTURE]: the same, but the system of that name that is there, if one is.
kept_system() {
    if [ -f "$1/$2/etc/debian_version" ]; then (cd "$1/$2" && pwd); else clean_system "$@"; fi
}

# put_sources SYSTEM: this project's files, as they stand here, in the folder /fathom of the system. What was built there stays.
put_sources() (
    mkdir -p "$1/fathom"
    find "$1/fathom" -mindepth 1 -maxdepth 1 ! -name build -exec rm -rf {} +
    cd "$root"
    # A file that is deleted and not committed yet is listed too.
    git ls-files -z --cached --others --exclude-standard | xargs -0 sh -c 'for file; do [ ! -e "$file" ] || printf "%s\0" "$file"; done' sh |
        tar --create --null --files-from - | tar --extract --directory "$1/fathom"
)

# in_system SYSTEM COMMAND…: runs it in there, in an environment as clean as the system. All systems share the packages that
# were fetched, and the compiler cache where CCACHE_DIR names one.
in_system() (
    system=$1
    shift
    mkdir -p "$system/ccache"
    unshare --mount sh -euc '
        system=$1 archives=$2
        shift 2
        mount --rbind /proc "$system/proc"
        mount --rbind /dev "$system/dev"
        mount --bind "$archives" "$system/var/cache/apt/archives"
        [ -z "${CCACHE_DIR:-}" ] || mount --bind "$CCACHE_DIR" "$system/ccache"
        cp /etc/resolv.conf "$system/etc/resolv.conf"
        # A program for 32 bits asks for what it runs on, and would hear of the 64 bits below.
        as=
        [ "$(chroot "$system" dpkg --print-architecture)" != i386 ] || as=linux32
        exec $as chroot "$system" /usr/bin/env -i HOME=/root LC_ALL=C.UTF-8 DEBIAN_FRONTEND=noninteractive CCACHE_DIR=/ccache \
            PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
            PIP_CERT=/etc/ssl/certs/ca-certificates.crt "$@"' sh "$system" "$(dirname "$system")/archives" "$@"
)
