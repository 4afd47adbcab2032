#!/bin/sh
# What a shared library shows and needs: only its own names, and nothing that stops the process or
# writes to its standard streams.
# usage: symbols.sh LIBRARY [LIST]
#   LIST: a file with every name it exports, one a line; without, whatever is in namespace muster
set -eu
library=$1

shown=$(nm -D --defined-only -C "$library" | cut -d' ' -f3-)
[ -n "$shown" ] || { echo "the library exports nothing" >&2; exit 1; }
if [ $# -gt 1 ]; then
  printf '%s\n' "$shown" | LC_ALL=C sort | diff "$2" - >&2 || {
    echo "the library does not export what $2 lists (<)" >&2
    exit 1
  }
else
  leaked=$(printf '%s\n' "$shown" | grep -vE '^((typeinfo|typeinfo name|vtable) for )?muster::' || true)
  if [ -n "$leaked" ]; then
    printf 'exported though not ours:\n%s\n' "$leaked" >&2
    exit 1
  fi
fi

needed=$(nm -D --undefined-only -C "$library" | sed 's/^ *[Uwv] //; s/@.*//')
forbidden=$(printf '%s\n' "$needed" |
  grep -E '^(abort|exit|_exit|quick_exit|__assert_fail|__cxa_call_terminate|puts|putchar|printf|__printf_chk|perror|stdout|stderr|stdin|std::(cout|cerr|clog|cin|wcout|wcerr))$' || true)
if [ -n "$forbidden" ]; then
  printf 'the library must not use:\n%s\n' "$forbidden" >&2
  exit 1
fi
