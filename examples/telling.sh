# How the examples tell what they do; read by their demo.sh after `set -eu`, with its arguments.
muster=$1
case $muster in /*) ;; *) muster=$PWD/$muster ;; esac
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

bold= dim= plain=
if [ -t 1 ]; then bold=$(printf '\033[1m') dim=$(printf '\033[2m') plain=$(printf '\033[0m'); fi
title() { printf '\n%s%s%s\n' "$bold" "$*" "$plain"; }
# Shows a command as one would type it, with quotes around words that need them.
shown() {
  for word; do
    case $word in
      *[!A-Za-z0-9_.,/=:+-]*) printf ' "%s"' "$word" ;;
      *) printf ' %s' "$word" ;;
    esac
  done
}
told() {
  printf '%s$ muster%s%s\n' "$dim" "$(shown "$@")" "$plain"
  "$muster" "$@" 2>&1
}
