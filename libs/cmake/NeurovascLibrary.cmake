include(GNUInstallDirs)

# Flags for our own code, carried by one interface target.
add_library(neurovasc_flags INTERFACE)
target_compile_features(neurovasc_flags INTERFACE cxx_std_17)
target_compile_options(
  neurovasc_flags INTERFACE -Wall -Wextra -Wpedantic -Wshadow -Wnon-virtual-dtor -Wold-style-cast
                            $<$<BOOL:${NEUROVASC_WARNINGS_AS_ERRORS}>:-Werror>)
if(NEUROVASC_SANITIZE)
  target_compile_options(neurovasc_flags INTERFACE -fsanitize=${NEUROVASC_SANITIZE} -fno-omit-frame-pointer)
  target_link_options(neurovasc_flags INTERFACE -fsanitize=${NEUROVASC_SANITIZE})
endif()

# neurovasc_add_library(<name> SOURCES <file>... [DEPENDS <library of ours>...] [PRIVATE <target>...])
#
# Makes the static library neurovasc_<name> with the alias neurovasc::<name>, whose public headers
# are libs/<name>/include/neurovasc/<name>/*.h. DEPENDS are libraries of this house (public);
# PRIVATE are third-party targets, which stay behind src/.
function(neurovasc_add_library name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;PRIVATE" ${ARGN})
  set(target neurovasc_${name})
  add_library(${target} STATIC ${ARG_SOURCES})
  add_library(neurovasc::${name} ALIAS ${target})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name} POSITION_INDEPENDENT_CODE ON
                                             CXX_EXTENSIONS OFF)
  target_include_directories(
    ${target}
    PUBLIC $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include>
           $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>
    PRIVATE ${CMAKE_CURRENT_SOURCE_DIR}/src)
  target_compile_features(${target} PUBLIC cxx_std_17)
  list(TRANSFORM ARG_DEPENDS PREPEND neurovasc::)
  target_link_libraries(${target} PUBLIC ${ARG_DEPENDS} PRIVATE ${ARG_PRIVATE}
                                                                $<BUILD_INTERFACE:neurovasc_flags>)
  set_property(GLOBAL APPEND PROPERTY NEUROVASC_TARGETS ${target})
  install(TARGETS ${target} EXPORT neurovascTargets ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR}
                                                            COMPONENT development)
  install(DIRECTORY include/ DESTINATION ${CMAKE_INSTALL_INCLUDEDIR} COMPONENT development)
endfunction()

# neurovasc_add_tests(<name> SOURCES <file>... [DEPENDS <library of ours>...] [PRIVATE <target>...])
#
# Makes the test program neurovasc_<name>_tests. Tests find the optional shared studies through
# the environment variable NEUROVASC_SHARED_DIR or beside the source tree, and skip without them.
function(neurovasc_add_tests name)
  cmake_parse_arguments(ARG "" "" "SOURCES;DEPENDS;PRIVATE" ${ARGN})
  set(target neurovasc_${name}_tests)
  add_executable(${target} ${ARG_SOURCES})
  list(TRANSFORM ARG_DEPENDS PREPEND neurovasc::)
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(${target} PRIVATE ${ARG_DEPENDS} ${ARG_PRIVATE} neurovasc_testing GTest::gmock
                                          GTest::gtest_main neurovasc_flags)
  gtest_discover_tests(${target} DISCOVERY_MODE PRE_TEST PROPERTIES TIMEOUT 600 LABELS ${name})
endfunction()
