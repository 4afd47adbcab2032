if(TARGET muster_engage_static)
  muster_tests(engage task)
  target_link_libraries(engage_tests PRIVATE muster_engage_static)
endif()
