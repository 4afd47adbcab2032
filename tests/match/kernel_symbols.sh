#!/bin/sh
# Objects compiled for one instruction set define their table and nothing else: of an inline
# function that others define too, a linker may keep the copy that only newer CPUs can run.
# (__clang_call_terminate is a stub of Clang's own without vector code.)
# usage: kernel_symbols.sh OBJECT...
set -eu
checked=0
for object in "$@"; do
  stem=$(basename "$object" | sed 's/\.cpp\..*//')
  case $stem in
    one_user_sse42 | one_user_avx* | one_user_neon | audience_sse42 | audience_avx* | audience_neon | \
      number_avx*) ;;
    *) continue ;;
  esac
  checked=$((checked + 1))
  defined=$(nm -C --defined-only --extern-only "$object" | cut -d' ' -f3- | grep -vE '^(DW\.ref\.|__clang_call_terminate)')
  if [ "$defined" != "muster::$stem" ]; then
    printf '%s defines\n%s\n' "$stem" "$defined" >&2
    exit 1
  fi
done
echo "$checked objects"
[ "$checked" -gt 0 ]
