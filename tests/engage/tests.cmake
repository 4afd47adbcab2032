if(TARGET muster_engage_static)
  find_package(SQLite3 REQUIRED)
  muster_tests(engage checkpoint concurrency crash dispatch_tasks ledger ledger_history open_ledger
               postgres_store protocol_model record_contact replay schema server_gone store task)
  target_sources(engage_tests PRIVATE
    ${CMAKE_CURRENT_SOURCE_DIR}/engage/churn.cpp
    ${CMAKE_CURRENT_SOURCE_DIR}/engage/churn_sums.cpp
    ${CMAKE_CURRENT_SOURCE_DIR}/engage/market.cpp
    ${CMAKE_CURRENT_SOURCE_DIR}/engage/protocol_model.cpp
    ${CMAKE_CURRENT_SOURCE_DIR}/engage/raw_store.cpp
    ${CMAKE_CURRENT_SOURCE_DIR}/engage/temporary_ledger.cpp)
  target_include_directories(engage_tests PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/engage)
  target_link_libraries(engage_tests PRIVATE muster_engage_static SQLite::SQLite3)
  if(MUSTER_POSTGRES)
    target_compile_definitions(engage_tests PRIVATE MUSTER_TEST_LIBPQ)
    target_include_directories(engage_tests SYSTEM PRIVATE ${MUSTER_LIBPQ_DIR})
    target_link_libraries(engage_tests PRIVATE ${MUSTER_LIBPQ})
  endif()
  include(${CMAKE_CURRENT_LIST_DIR}/hand_off_tests.cmake)
endif()
