if(TARGET muster_engage_static)
  muster_tests(evaluate cusum ledger_monitor monitor_page prometheus proportion watch)
  target_sources(evaluate_tests PRIVATE
    ${CMAKE_CURRENT_SOURCE_DIR}/engage/market.cpp
    ${CMAKE_CURRENT_SOURCE_DIR}/engage/temporary_ledger.cpp)
  target_include_directories(evaluate_tests PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/engage)
  target_link_libraries(evaluate_tests PRIVATE muster_engage_static)
endif()
