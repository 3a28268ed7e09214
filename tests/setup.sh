# What tests/run and tests/bench/run have in common: they source this file at the top of the project.
#
# Before that they set `me` (their own name, for messages) and `servers` (what they need of synapse,
# postgres, chromium and nio). What is missing is installed: Debian packages (as root, or with sudo;
# only those that are missing), and Python environments under target/.
# After it: `step NAME`, `fail MESSAGE`, `$target`, and the CERCLES_TEST_* variables that name the servers.

# shellcheck shell=bash

# What the two Python environments hold. A change here renews them at the next run.
SYNAPSE=("matrix-synapse==1.163.2")
CLIENTS=("matrix-nio[e2e]==0.26.*" "discord.py==2.7.1" "icalendar==6.3.*")

target=${CARGO_TARGET_DIR:-target}
mkdir -p "$target"
target=$(cd "$target" && pwd)

started=$SECONDS
step_started=
step() {
    end_step
    step_name=$*
    step_started=$SECONDS
    printf '\n==> [%d s] %s\n' $((SECONDS - started)) "$step_name"
}
end_step() {
    [ -z "$step_started" ] || printf '    (%d s) %s\n' $((SECONDS - step_started)) "$step_name"
    step_started=
}
fail() {
    printf '\n%s: %s\n' "$me" "$*" >&2
    exit 1
}
trap 'status=$?; [ $status -eq 0 ] || printf "\n%s: FAILED at: %s\n" "$me" "${step_name:-start}" >&2' EXIT

needs() { [[ " $servers " == *" $1 "* ]]; }

# --- Debian packages ------------------------------------------------------------------------------

# A Python that can make virtual environments; Debian's own lacks that without python3-venv.
find_python() {
    local candidate
    for candidate in python3 /usr/bin/python3; do
        if "$candidate" -c 'import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 10))' 2>/dev/null; then
            command -v "$candidate"
            return
        fi
    done
    return 1
}
find_postgres() {
    local bin
    bin=$(printf '%s\n' /usr/lib/postgresql/*/bin/initdb | sort -V | tail -n 1)
    [ -x "$bin" ] && [ -x "${bin%/*}/postgres" ] && dirname "$bin"
}
find_chromium() { command -v chromium || command -v chromium-browser || command -v google-chrome; }
installed() { [ "$(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null)" = installed ]; }

step "Debian packages"
missing=()
command -v cc >/dev/null || missing+=(gcc libc6-dev)
command -v git >/dev/null || missing+=(git)
command -v setpriv >/dev/null && command -v setsid >/dev/null || missing+=(util-linux)
if needs postgres && [ -z "${CERCLES_TEST_POSTGRES_BIN:-}" ]; then
    find_postgres >/dev/null || missing+=(postgresql)
fi
if needs chromium && [ -z "${CERCLES_TEST_CHROMIUM:-}" ]; then
    find_chromium >/dev/null || missing+=(chromium)
fi
find_python >/dev/null || missing+=(python3 python3-venv)
if command -v dpkg-query >/dev/null; then
    packages=(ca-certificates)
    # Screenshots: letters, and the emoji that people react with.
    ! needs chromium || packages+=(fonts-dejavu-core fonts-noto-color-emoji)
    for package in "${packages[@]}"; do
        installed "$package" || missing+=("$package")
    done
fi
if [ ${#missing[@]} -gt 0 ]; then
    command -v apt-get >/dev/null ||
        fail "these are missing, and there is no apt-get to install them: ${missing[*]}"
    as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null ||
            fail "run this as root, or install: apt-get install ${missing[*]}"
        as_root=(sudo)
    fi
    echo "installing: ${missing[*]}"
    # In an array of its own for bash < 4.4, where an empty array counts as unset.
    ${as_root[@]+"${as_root[@]}"} apt-get update -qq
    ${as_root[@]+"${as_root[@]}"} env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${missing[@]}" </dev/null
else
    echo "all there"
fi
python=$(find_python) || fail "no Python 3.10 or later with venv, even after installing python3-venv"

# --- Python environments --------------------------------------------------------------------------

# environment NAME VARIABLE REQUIREMENT...: makes the environment unless it holds these already.
environment() {
    local name=$1 variable=$2 venv
    shift 2
    if [ -n "${!variable:-}" ]; then
        echo "${!variable} ($variable)"
        return
    fi
    venv=$target/$name
    # The mark is written last: an environment that was interrupted is made anew.
    if [ "$(cat "$venv/.cercles" 2>/dev/null)" = "$*" ] && "$venv/bin/python" -c '' 2>/dev/null; then
        echo "$venv is there: $*"
    elif [ -x "$venv/bin/python" ] && holds "$venv" "$@"; then
        echo "$venv is there: $*"
        printf '%s\n' "$*" >"$venv/.cercles"
    else
        echo "making $venv: $*"
        rm -rf "$venv"
        "$python" -m venv "$venv"
        "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --only-binary :all: "$@"
        printf '%s\n' "$*" >"$venv/.cercles"
    fi
    export "$variable=$venv"
}
# Whether pip has nothing to do for these requirements and finds no conflict.
holds() {
    local venv=$1
    shift
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --no-index --dry-run "$@" \
        >/dev/null 2>&1 && "$venv/bin/python" -m pip check >/dev/null 2>&1
}

if needs synapse; then
    step "Synapse, the Matrix server"
    environment synapse-venv CERCLES_TEST_SYNAPSE_VENV "${SYNAPSE[@]}"
fi
if needs nio; then
    step "independent clients"
    environment clients-venv CERCLES_TEST_CLIENTS_VENV "${CLIENTS[@]}"
fi
if needs postgres; then
    CERCLES_TEST_POSTGRES_BIN=${CERCLES_TEST_POSTGRES_BIN:-$(find_postgres)}
    export CERCLES_TEST_POSTGRES_BIN
fi
if needs chromium; then
    CERCLES_TEST_CHROMIUM=${CERCLES_TEST_CHROMIUM:-$(find_chromium)}
    export CERCLES_TEST_CHROMIUM
fi
