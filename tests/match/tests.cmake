muster_tests(match arrow_results audience audience_engine audience_even_out bit_frequency changed clausal_form
             damaged_rule_set explain fresh_audience hot_bits kernel key_choice lower one_user one_user_memory one_user_shared
             program_composer programs rule_set rule_set_file segment_plan stream_copy tile_writer
             window_writer)
target_sources(match_tests PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/match/telco.cpp)

# Optimised code only: elsewhere inline functions stay functions.
if(CMAKE_BUILD_TYPE STREQUAL "Release" AND CMAKE_SYSTEM_PROCESSOR MATCHES "x86_64|AMD64|aarch64")
  add_test(NAME match.kernel_symbols COMMAND_EXPAND_LISTS
           COMMAND sh ${CMAKE_CURRENT_SOURCE_DIR}/match/kernel_symbols.sh
                   $<TARGET_OBJECTS:muster_objects>)
endif()
