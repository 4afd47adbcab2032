muster_tests(match audience_engine changed explain kernel lower one_user program_composer programs rule_set rule_set_file)
target_sources(match_tests PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/match/telco.cpp)
