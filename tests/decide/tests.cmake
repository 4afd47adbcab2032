muster_tests(decide arbitrate catalogue_model channel_choice contact_check contact_history
             contact_promise decision decision_memory engine engine_slots engine_swap explain
             history_csv holdout id_numbers id_table known_contacts permitted policy_view
             prepared_catalogue prepared_user reason record reference requirement score
             seen_contacts tag_values tmf680)
target_sources(decide_tests PRIVATE
  ${CMAKE_CURRENT_SOURCE_DIR}/decide/draft.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/decide/draft_json.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/decide/random_case.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/decide/random_draft.cpp
  ${CMAKE_CURRENT_SOURCE_DIR}/decide/reference_decision.cpp)
target_include_directories(decide_tests SYSTEM PRIVATE ${MUSTER_XXHASH_DIR})
