# Install, export and packages.
include(CMakePackageConfigHelpers)

set(config_dir ${CMAKE_INSTALL_LIBDIR}/cmake/neurovasc)
configure_package_config_file(
  ${CMAKE_CURRENT_LIST_DIR}/neurovascConfig.cmake.in ${PROJECT_BINARY_DIR}/neurovascConfig.cmake
  INSTALL_DESTINATION ${config_dir})
write_basic_package_version_file(${PROJECT_BINARY_DIR}/neurovascConfigVersion.cmake
                                 COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/neurovascConfig.cmake
              ${PROJECT_BINARY_DIR}/neurovascConfigVersion.cmake DESTINATION ${config_dir}
        COMPONENT development)
install(EXPORT neurovascTargets NAMESPACE neurovasc:: DESTINATION ${config_dir}
        COMPONENT development)
install(FILES LICENSE README.md CITATION.cff DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT runtime)

set(CPACK_PACKAGE_NAME neurovasc)
set(CPACK_PACKAGE_VENDOR "The neurovasc authors")
set(CPACK_PACKAGE_CONTACT "The neurovasc authors <neurovasc@localhost>")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_GENERATOR DEB TGZ)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Pictures need a software renderer, which no shared library of ours names.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libegl1, libgl1-mesa-dri, fonts-dejavu-core")
include(CPack)
