muster_tests(plan catalogue_analysis catalogue_diff funnel outranks)
target_sources(plan_tests PRIVATE
  ${CMAKE_CURRENT_SOURCE_DIR}/decide/draft.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/decide/draft_json.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/decide/random_case.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/decide/random_draft.cpp)
