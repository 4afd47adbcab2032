# The library as others use it. Sanitized builds are not what anyone installs.
if(NOT MUSTER_SANITIZE)
  foreach(how find_package static add_subdirectory pkg_config)
    set(launcher)
    if(CMAKE_CXX_COMPILER_LAUNCHER)
      set(launcher -DCMAKE_CXX_COMPILER_LAUNCHER=${CMAKE_CXX_COMPILER_LAUNCHER})
    endif()
    add_test(NAME install.${how} COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/install/consume.sh ${how}
      ${PROJECT_SOURCE_DIR} ${PROJECT_BINARY_DIR} ${CMAKE_CURRENT_BINARY_DIR}/install_${how}
      -DCMAKE_CXX_COMPILER=${CMAKE_CXX_COMPILER} -DMUSTER_UNITY=ON ${launcher})
    set_tests_properties(install.${how} PROPERTIES TIMEOUT 900)
  endforeach()

  if(BUILD_SHARED_LIBS)
    add_test(NAME install.symbols
      COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/install/symbols.sh $<TARGET_FILE:muster>)
    if(TARGET muster_engage)
      add_test(NAME install.engage_symbols
        COMMAND ${CMAKE_CURRENT_SOURCE_DIR}/install/symbols.sh $<TARGET_FILE:muster_engage>)
    endif()
  endif()
endif()
