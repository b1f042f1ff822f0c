# Third-party packages, all from Debian 12, found once for the whole tree.
# The order matters: DCMTK, ITK, VTK (docs/building.md).
find_package(Threads REQUIRED)
find_package(Boost 1.74 REQUIRED COMPONENTS program_options)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(fmt 9 REQUIRED)
find_package(spdlog 1.10 REQUIRED)
find_package(OpenSSL 3 REQUIRED COMPONENTS Crypto SSL)
find_package(CURL 7.88 REQUIRED)
find_package(yaml-cpp 0.7 REQUIRED)
find_package(SQLite3 3.40 REQUIRED)
find_package(LibArchive 3.6 REQUIRED)
find_package(DCMTK 3.6.7 CONFIG REQUIRED)
# Only named components register their IO factories, and the installed package asks for the same.
set(NEUROVASC_ITK_COMPONENTS
    ITKCommon
    ITKConnectedComponents
    ITKDistanceMap
    ITKImageFunction
    ITKImageGrid
    ITKIOImageBase
    ITKIOMeta
    ITKIONIFTI
    ITKIONRRD
    ITKIOTransformBase
    ITKIOTransformInsightLegacy
    ITKMetricsv4
    ITKNIFTI
    ITKOptimizersv4
    ITKSmoothing
    ITKTransform
    ITKTransformFactory)
find_package(ITK 5.2 CONFIG REQUIRED COMPONENTS ${NEUROVASC_ITK_COMPONENTS})
find_package(GDCM 3.0 CONFIG REQUIRED)
set(NEUROVASC_VTK_COMPONENTS
    CommonCore
    CommonDataModel
    CommonExecutionModel
    FiltersCore
    FiltersGeneral
    IOGeometry
    IOImage
    IOOggTheora
    IOXML
    ImagingCore
    RenderingCore
    RenderingFreeType
    RenderingOpenGL2)
# The viewer's, where they are there: all of VTK has to be found at once, after Qt.
find_package(Qt5 5.15 QUIET COMPONENTS Widgets OpenGL Concurrent)
set(NEUROVASC_VIEWER_VTK_COMPONENTS)
if(Qt5_FOUND)
  set(NEUROVASC_VIEWER_VTK_COMPONENTS GUISupportQt InteractionStyle)
endif()
find_package(VTK 9.1 CONFIG REQUIRED COMPONENTS ${NEUROVASC_VTK_COMPONENTS}
             OPTIONAL_COMPONENTS ${NEUROVASC_VIEWER_VTK_COMPONENTS})
find_package(OpenGL REQUIRED COMPONENTS OpenGL EGL)
find_package(PkgConfig REQUIRED)
pkg_check_modules(PANGOCAIRO REQUIRED IMPORTED_TARGET pangocairo>=1.50)
