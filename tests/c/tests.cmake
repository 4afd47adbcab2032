# The library for C, from C99.
if(NOT MUSTER_C)
  return()
endif()
enable_language(C)
find_package(Threads REQUIRED)

# muster_c_program(target source…): what a strict C99 compiler makes of them, with muster.h alone.
function(muster_c_program target)
  list(TRANSFORM ARGN PREPEND c/ OUTPUT_VARIABLE sources)
  add_executable(${target} ${sources})
  set_target_properties(${target} PROPERTIES
    C_STANDARD 99 C_STANDARD_REQUIRED ON C_EXTENSIONS OFF)
  target_compile_options(${target} PRIVATE -Wall -Wextra -pedantic -Werror)
  if(MUSTER_SANITIZE)
    target_compile_options(${target} PRIVATE -fsanitize=${MUSTER_SANITIZE} -fno-sanitize-recover=all)
    target_link_options(${target} PRIVATE -fsanitize=${MUSTER_SANITIZE})
    # As Clang has what watches C++ in its C++ runtime.
    set_target_properties(${target} PROPERTIES LINKER_LANGUAGE CXX)
  endif()
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/include)  # Arrow's structs
  target_link_libraries(${target} PRIVATE muster::c Threads::Threads)
endfunction()

set(c_suites library error structs schema catalogue rules user layout match history engine view
  wrong_use threads population)
list(TRANSFORM c_suites APPEND _test.c OUTPUT_VARIABLE c_sources)
muster_c_program(c_tests main.c people.c world.c ${c_sources})
foreach(suite ${c_suites})
  add_test(NAME c.${suite} COMMAND c_tests ${suite} WORKING_DIRECTORY ${CMAKE_CURRENT_BINARY_DIR})
endforeach()

# muster.h is C++, too, and its statuses are those of error.hpp.
add_library(c_header_in_cpp OBJECT c/header_in_cpp.cpp)
target_link_libraries(c_header_in_cpp PRIVATE muster::c muster_compile_options)
add_test(NAME c.statuses COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/c/statuses.sh ${PROJECT_SOURCE_DIR})

# What the examples print, in C and, where there is a JDK, in Java.
set(c_examples ${PROJECT_SOURCE_DIR}/examples)
muster_c_program(c_popup ../../examples/c/popup.c)
add_test(NAME c.popup COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/c/prints.sh ${PROJECT_SOURCE_DIR}/docs/c.md
  $<TARGET_FILE:c_popup> ${c_examples}/c/catalogue.json)

if(NOT MUSTER_SANITIZE)
  find_program(MUSTER_JAVAC javac)
  find_file(MUSTER_JNA_JAR jna.jar PATHS /usr/share/java)
  if(MUSTER_JAVAC AND MUSTER_JNA_JAR)
    add_test(NAME c.popup_java COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/c/prints.sh
      ${PROJECT_SOURCE_DIR}/docs/c.md ${c_examples}/java/run.sh ${MUSTER_JNA_JAR}
      $<TARGET_FILE_DIR:muster_c> ${c_examples}/c/catalogue.json)
  endif()
  add_test(NAME c.symbols COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/install/symbols.sh
    $<TARGET_FILE:muster_c> ${CMAKE_CURRENT_SOURCE_DIR}/c/symbols.txt)
  muster_c_program(c_leaks leaks.c people.c world.c)
  add_test(NAME c.leaks COMMAND c_leaks)
  muster_c_program(c_memory memory.c people.c world.c)
  add_test(NAME c.memory COMMAND c_memory)
endif()
