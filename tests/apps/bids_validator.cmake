# Brings the BIDS validator (npm: bids-validator) into the build folder, once: its one script that
# checks datasets by the standard's schema, without the packages that its web page stands on. Where
# it cannot be had, tests that need it say that they are skipped.
set(version 1.15.0)
set(sha512
    819d145132c1b792f79ee84b89afd57ef2b939a334ca84c13c9bc6982e2c950f320f3a5a9d664e1c7052f8f02e6b4ae243b0b06b9d47111fc59ddf6fd7b30753
)
set(folder ${PROJECT_BINARY_DIR}/bids-validator)
set(script ${folder}/${version}.mjs)
if(NOT EXISTS ${script} AND NEUROVASC_NODE AND NEUROVASC_NPM)
  message(STATUS "Bringing the BIDS validator for the tests")
  set(archive ${folder}/bids-validator-${version}.tgz)
  file(MAKE_DIRECTORY ${folder})
  execute_process(
    COMMAND ${NEUROVASC_NPM} pack bids-validator@${version} --silent --prefer-offline
            --fetch-retries=1 --fetch-timeout=30000
    WORKING_DIRECTORY ${folder}
    OUTPUT_QUIET ERROR_QUIET)
  if(EXISTS ${archive})
    file(SHA512 ${archive} found)
    if(NOT found STREQUAL sha512)
      message(FATAL_ERROR "${archive} is not the package that was pinned")
    endif()
    file(ARCHIVE_EXTRACT INPUT ${archive} DESTINATION ${folder} PATTERNS */dist/validator/main.js)
    file(RENAME ${folder}/package/dist/validator/main.js ${script})
    file(REMOVE_RECURSE ${folder}/package ${archive})
  endif()
endif()
