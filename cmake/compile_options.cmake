# What every target of the project is compiled with; nothing of it reaches users.
add_library(muster_compile_options INTERFACE)
target_compile_features(muster_compile_options INTERFACE cxx_std_20)
target_compile_options(muster_compile_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wnon-virtual-dtor
  $<$<NOT:$<BOOL:${MUSTER_UNITY}>>:-Wshadow>  # of another file's names, there
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>  # GCC 12 sees overlaps in std::string that are not there
  $<$<BOOL:${MUSTER_WERROR}>:-Werror>)
if(MUSTER_SANITIZE)
  target_compile_definitions(muster_compile_options INTERFACE MUSTER_SANITIZE)
  target_compile_options(muster_compile_options INTERFACE
    -fsanitize=${MUSTER_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(muster_compile_options INTERFACE -fsanitize=${MUSTER_SANITIZE})
endif()
if(MUSTER_FUZZ)  # coverage for libFuzzer, which only the targets in fuzz/ are linked with
  target_compile_options(muster_compile_options INTERFACE -fsanitize=fuzzer-no-link)
  target_link_options(muster_compile_options INTERFACE -fsanitize=fuzzer-no-link)
endif()
