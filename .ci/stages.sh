# What the gate (run) and the long runs (long) share: sourced by both, from the project's folder.
export LC_ALL=C.UTF-8
jobs=$(nproc)
logs=build/ci
mkdir -p "$logs"

# stage NAME FUNCTION: runs the function, so that any command of it that fails ends the run.
stage() {
    local name=$1 log=$logs/$1.log started=$SECONDS status=0
    printf '%s %-22s ' "$(date +%H:%M:%S)" "$name"
    # A function that is part of a condition goes on after a failed command, so it gets a shell of its own.
    set +e
    (set -e; "$2") </dev/null >"$log" 2>&1
    status=$?
    set -e
    if [ "$status" -ne 0 ]; then
        printf 'FAILED after %d s\n\n' $((SECONDS - started))
        tail -n 150 "$log"
        printf '\nThe stage "%s" failed (exit code %d); its whole log is %s\n' "$name" "$status" "$log"
        exit 1
    fi
    printf 'ok, %4d s%s\n' $((SECONDS - started)) "$(count_in "$log")"
}

# ", 312 tests" where the log holds a run of ctest, ", 41,233 calls" where it holds a soak, and what the fuzz targets
# close with; and what a stage notes, after "Note: ".
count_in() {
    sed -nE -e 's/^100% tests passed, 0 tests failed out of ([0-9]+)$/, \1 tests/p' \
        -e 's/^All is accounted for: ([0-9,]+ calls)$/, \1/p' -e 's/^Fuzzing: (.*), no finding$/, \1/p' \
        -e 's/^Coverage: (.*)$/, \1/p' -e 's/^Note: (.*)$/, \1/p' "$1" | tail -n 1
}

# The names in a table of stages: one line for each, its name and the function that runs it; and the word "named", where it is a
# part of another one and runs only when its name is given.
names() { awk 'NF { print $1 }' <<<"$stages"; }

# Whether a stage was asked for; without names all are.
wanted() { # NAME NAMES…
    local name=$1 asked
    shift
    [ $# -gt 0 ] || return 0
    for asked in "$@"; do [ "$asked" != "$name" ] || return 0; done
    return 1
}

# Runs those of the table in $stages, in its order, that are named; without names all.
run_stages() { # NAMES…
    local name function when
    for name in "$@"; do
        names | grep -qxF -- "$name" && continue
        printf 'There is no stage "%s". Stages are:\n' "$name" >&2
        names | sed 's/^/    /' >&2
        exit 2
    done
    stage dependencies install_dependencies
    use_ccache
    while read -r name function when; do
        [ -n "$name" ] || continue
        [ $# -gt 0 ] || [ -z "$when" ] || continue
        ! wanted "$name" "$@" || stage "$name" "$function"
    done <<<"$stages"
}

install_dependencies() { sh cmake/install_dependencies.sh build test servers ci; }

use_ccache() {
    # Copies of the tree in other folders share what was compiled.
    export CMAKE_CXX_COMPILER_LAUNCHER=ccache CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
    # Most of what a compiler does for the tests and for the command line it does for their headers.
    export FATHOM_UNITE=ON
}

# With a linker that takes a sixth of the usual one's time. The latter links the programs of users that the tests build.
configure_with_gcc() { LDFLAGS='-B/usr/lib/llvm-19/bin -fuse-ld=lld' cmake --preset dev; }

# What a stage needs of the build with g++ when it runs without the stage of that build; nothing is left to do after it.
build_with_gcc() { # TARGET…
    configure_with_gcc
    cmake --build --preset dev --parallel "$jobs" --target "$@"
}

use_clang() {
    # What a build that records coverage runs counts nothing, unless a stage says where to.
    export LLVM_PROFILE_FILE=$PWD/build/uncounted.profraw
    export CC=clang-19 CXX=clang++-19 LDFLAGS=-fuse-ld=lld
    export ASAN_SYMBOLIZER_PATH=/usr/bin/llvm-symbolizer-19 TSAN_SYMBOLIZER_PATH=/usr/bin/llvm-symbolizer-19
}

# Reads the compile commands of a build with clang: g++'s warnings are unknown to clang-tidy.
# Its findings are printed last, where the end of a failed stage's log is shown.
lint() { # [CHECKS to add to those of .clang-tidy, or with a minus sign to leave out]
    use_clang
    cmake --preset dev -B build/tidy -DFATHOM_UNITE=OFF
    local status=0
    python3 .ci/lint.py build/tidy "$jobs" "$@" | tee "$logs/findings" || status=$?
    printf '\nFindings:\n'
    grep -A 4 -E '(error|warning): ' "$logs/findings" || echo none
    return "$status"
}

# Calls of all kinds against services that fail, in the build of a preset with sanitizers; see tests/soak.
soak() { # PRESET SECONDS
    use_clang
    cmake --preset "$1"
    cmake --build --preset "$1" --parallel "$jobs" --target fathom_soak
    # A small quarantine is full before anything is measured.
    ASAN_OPTIONS=detect_stack_use_after_return=1:strict_string_checks=1:quarantine_size_mb=16 \
        UBSAN_OPTIONS=print_stacktrace=1 \
        TSAN_OPTIONS=halt_on_error=1:second_deadlock_stack=1:suppressions=$PWD/tests/thread_sanitizer_suppressions.txt \
        "build/$1/tests/soak/fathom_soak" "$2"
}
