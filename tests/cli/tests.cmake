if(NOT MUSTER_CLI)
  return()
endif()
find_package(SQLite3 REQUIRED)

muster_tests(cli check decide match audience explain analyse table generate wrong_use progress_bar docs
             telco)
add_dependencies(cli_tests muster_cli)
target_compile_definitions(cli_tests PRIVATE
  MUSTER_TOOL="$<TARGET_FILE:muster_cli>" MUSTER_EXAMPLES="${PROJECT_SOURCE_DIR}/examples"
  MUSTER_DOCS="${PROJECT_SOURCE_DIR}/docs")
target_link_libraries(cli_tests PRIVATE SQLite::SQLite3)
