find_package(SQLite3 REQUIRED)

muster_tests(judge executors reference sqlite_judge)
target_sources(judge_tests PRIVATE
  ${CMAKE_CURRENT_LIST_DIR}/random_rules.cpp
  ${CMAKE_CURRENT_LIST_DIR}/reference.cpp
  ${CMAKE_CURRENT_LIST_DIR}/sql_text.cpp
  ${CMAKE_CURRENT_LIST_DIR}/trial.cpp)
target_link_libraries(judge_tests PRIVATE SQLite::SQLite3)
