# What every target of the project is compiled with; nothing of it reaches users.
add_library(muster_compile_options INTERFACE)
target_compile_features(muster_compile_options INTERFACE cxx_std_20)
target_compile_options(muster_compile_options INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow -Wnon-virtual-dtor
  $<$<BOOL:${MUSTER_WERROR}>:-Werror>)
if(MUSTER_SANITIZE)
  target_compile_options(muster_compile_options INTERFACE
    -fsanitize=${MUSTER_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(muster_compile_options INTERFACE -fsanitize=${MUSTER_SANITIZE})
endif()
