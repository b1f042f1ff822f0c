# The page's script: libs/page/web and the npm packages it stands on, as one C++ file.
#
# Needs Node.js and npm, and the npm registry (or npm's own cache) once for each build folder. Where
# any of these is missing the build goes on without: analyze then writes no report.html.
set(NEUROVASC_NODE_AT_LEAST 18)

find_program(NEUROVASC_NODE NAMES node nodejs DOC "Node.js, which bundles the page's script")
find_program(NEUROVASC_NPM npm DOC "npm, which brings the packages of the page's script")
set(node_is_there OFF)
if(NEUROVASC_NODE AND NEUROVASC_NPM)
  set(node_is_there ON)
endif()
option(NEUROVASC_PAGE "Bundle the page report.html (needs Node.js and npm)" ${node_is_there})

# Sets <reason> to why the page cannot be built, or to nothing.
function(neurovasc_check_node reason)
  set(${reason} "" PARENT_SCOPE)
  if(NOT node_is_there)
    set(${reason} "Node.js or npm was not found" PARENT_SCOPE)
    return()
  endif()
  execute_process(COMMAND ${NEUROVASC_NODE} --version OUTPUT_VARIABLE version
                  OUTPUT_STRIP_TRAILING_WHITESPACE)
  string(REPLACE "v" "" version "${version}")
  if(version VERSION_LESS NEUROVASC_NODE_AT_LEAST)
    set(${reason} "Node.js ${version} is older than ${NEUROVASC_NODE_AT_LEAST}" PARENT_SCOPE)
  endif()
endfunction()

# Installs the packages that <source>/package-lock.json pins into <folder>/node_modules, once for
# each state of that file, and sets <reason> to why it could not, or to nothing. Scripts of packages
# are not run, and nothing is written into the source tree.
function(neurovasc_install_node_modules source folder reason)
  set(${reason} "" PARENT_SCOPE)
  set(left_out --omit=dev)
  if(NEUROVASC_BUILD_TESTS)
    set(left_out)
  endif()
  file(SHA256 ${source}/package-lock.json wanted)
  string(APPEND wanted "${left_out}")
  set(stamp ${folder}/installed.txt)
  if(EXISTS ${stamp})
    file(READ ${stamp} installed)
    if(installed STREQUAL wanted)
      return()
    endif()
  endif()
  file(COPY ${source}/package.json ${source}/package-lock.json ${source}/.npmrc DESTINATION ${folder})
  message(STATUS "Bringing the npm packages of the page")
  execute_process(
    COMMAND ${NEUROVASC_NPM} ci ${left_out} --ignore-scripts --no-audit --no-fund --prefer-offline
            --fetch-retries=1 --fetch-timeout=30000 --loglevel=error
    WORKING_DIRECTORY ${folder}
    RESULT_VARIABLE failed
    OUTPUT_QUIET
    ERROR_VARIABLE said)
  if(failed)
    string(REGEX REPLACE "\n.*" "" said "${said}")
    set(${reason} "npm could not bring its packages (${said})" PARENT_SCOPE)
    return()
  endif()
  file(WRITE ${stamp} "${wanted}")
endfunction()

# neurovasc_page_template(<source folder> <variable>): sets the variable to a C++ file that holds the
# page's template, made at build time; where the page is off or cannot be made, to nothing. Sets
# NEUROVASC_NODE_MODULES to where the packages are.
function(neurovasc_page_template source file)
  set(${file} "" PARENT_SCOPE)
  set(NEUROVASC_NODE_MODULES "" CACHE INTERNAL "npm packages of the page")
  neurovasc_check_node(reason)
  if(NOT NEUROVASC_PAGE)
    if(NOT reason)
      set(reason "NEUROVASC_PAGE=OFF")
    endif()
    message(STATUS "Page report.html: off, analyze will write none (${reason})")
    return()
  endif()
  set(folder ${CMAKE_CURRENT_BINARY_DIR}/web)
  if(NOT reason)
    neurovasc_install_node_modules(${source} ${folder} reason)
  endif()
  if(reason)
    message(WARNING "analyze will write no report.html: ${reason}. Configure again with Node.js, npm "
                    "and the npm registry within reach, or with -DNEUROVASC_PAGE=OFF.")
    return()
  endif()
  file(GLOB parts CONFIGURE_DEPENDS ${source}/src/*)
  set(made ${folder}/page_template.cpp)
  add_custom_command(
    OUTPUT ${made}
    COMMAND ${NEUROVASC_NODE} ${source}/bundle.js ${folder}/node_modules ${made}
    DEPENDS ${source}/bundle.js ${folder}/installed.txt ${parts}
    COMMENT "Bundling the page"
    VERBATIM)
  message(STATUS "Page report.html: on")
  set(${file} ${made} PARENT_SCOPE)
  set(NEUROVASC_NODE_MODULES ${folder}/node_modules CACHE INTERNAL "npm packages of the page")
endfunction()
