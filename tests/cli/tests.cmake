if(NOT MUSTER_CLI)
  return()
endif()
find_package(SQLite3 REQUIRED)
find_package(CLI11 REQUIRED)

muster_tests(cli check decide match audience explain analyse table generate wrong_use progress_bar docs
             finding_text retention telco)
add_dependencies(cli_tests muster_cli)
target_compile_definitions(cli_tests PRIVATE
  MUSTER_TOOL="$<TARGET_FILE:muster_cli>" MUSTER_EXAMPLES="${PROJECT_SOURCE_DIR}/examples"
  MUSTER_DOCS="${PROJECT_SOURCE_DIR}/docs")
target_sources(cli_tests PRIVATE
  ${PROJECT_SOURCE_DIR}/src/cli/finding_text.cpp ${PROJECT_SOURCE_DIR}/src/cli/report.cpp)
target_link_libraries(cli_tests PRIVATE SQLite::SQLite3 CLI11::CLI11)
if(MUSTER_ENGAGE)
  target_sources(cli_tests PRIVATE
    ${CMAKE_CURRENT_SOURCE_DIR}/cli/engagement_test.cpp
    ${CMAKE_CURRENT_SOURCE_DIR}/cli/monitor_test.cpp
    ${CMAKE_CURRENT_SOURCE_DIR}/cli/simulate_test.cpp
    ${CMAKE_CURRENT_SOURCE_DIR}/cli/text_table_test.cpp
    ${CMAKE_CURRENT_SOURCE_DIR}/cli/timeline_test.cpp
    ${PROJECT_SOURCE_DIR}/src/cli/text_table.cpp
    ${CMAKE_CURRENT_SOURCE_DIR}/engage/market.cpp
    ${CMAKE_CURRENT_SOURCE_DIR}/engage/temporary_ledger.cpp)
  target_include_directories(cli_tests PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/engage)
  target_link_libraries(cli_tests PRIVATE muster_engage_static)
  target_compile_definitions(cli_tests PRIVATE MUSTER_DAY="$<TARGET_FILE:muster_day>")
  add_dependencies(cli_tests muster_day)
endif()
