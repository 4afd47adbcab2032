# What `cmake --install` puts where, for find_package, pkg-config and plain compilers.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

install(DIRECTORY include/muster TYPE INCLUDE FILES_MATCHING PATTERN "*.hpp" PATTERN "*.h")
install(TARGETS muster EXPORT musterTargets)
if(TARGET muster_engage)
  install(TARGETS muster_engage EXPORT musterTargets)
endif()
install(FILES LICENSE TYPE DOC)
if(TARGET muster_c)
  install(TARGETS muster_c EXPORT musterTargets)
  install(FILES bindings/c/include/muster.h TYPE INCLUDE)
endif()
if(TARGET muster_cli)
  install(TARGETS muster_cli)
endif()

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/muster)
install(EXPORT musterTargets NAMESPACE muster:: DESTINATION ${package_dir})
configure_package_config_file(cmake/musterConfig.cmake.in
  ${PROJECT_BINARY_DIR}/musterConfig.cmake INSTALL_DESTINATION ${package_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/musterConfigVersion.cmake
  COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/musterConfig.cmake
  ${PROJECT_BINARY_DIR}/musterConfigVersion.cmake DESTINATION ${package_dir})

# The .pc file finds its prefix from where it lies, so that an installed tree can be moved.
file(RELATIVE_PATH up /prefix/${CMAKE_INSTALL_LIBDIR}/pkgconfig /prefix)
set(muster_pc_prefix "\${pcfiledir}/${up}")
set(package_descriptions muster)
if(TARGET muster_c)
  list(APPEND package_descriptions muster_c)
endif()
foreach(package ${package_descriptions})
  configure_file(cmake/${package}.pc.in ${PROJECT_BINARY_DIR}/${package}.pc @ONLY)
  install(FILES ${PROJECT_BINARY_DIR}/${package}.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
endforeach()
