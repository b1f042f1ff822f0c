# Third-party packages, all from Debian 12, found once for the whole tree.
# The order matters: DCMTK, ITK, VTK (docs/building.md).
find_package(Threads REQUIRED)
find_package(Boost 1.74 REQUIRED COMPONENTS program_options)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(fmt 9 REQUIRED)
find_package(spdlog 1.10 REQUIRED)
find_package(OpenSSL 3 REQUIRED COMPONENTS Crypto)
find_package(yaml-cpp 0.7 REQUIRED)
find_package(DCMTK 3.6.7 CONFIG REQUIRED)
# Only named components register their IO factories: keep the list short.
find_package(
  ITK 5.2 CONFIG REQUIRED
  COMPONENTS
    ITKCommon
    ITKDistanceMap
    ITKImageFunction
    ITKImageGrid
    ITKImageIntensity
    ITKIOImageBase
    ITKIOMeta
    ITKIONIFTI
    ITKIONRRD
    ITKMetricsv4
    ITKNIFTI
    ITKOptimizersv4
    ITKRegistrationMethodsv4
    ITKSmoothing
    ITKThresholding
    ITKTransform
    ITKTransformFactory
    ITKIOTransformBase
    ITKIOTransformInsightLegacy
    ITKMathematicalMorphology
    ITKConnectedComponents
    ITKBiasCorrection)
include(${ITK_USE_FILE})
find_package(GDCM 3.0 CONFIG REQUIRED)
find_package(
  VTK 9.1 CONFIG REQUIRED
  COMPONENTS
    CommonCore
    CommonDataModel
    CommonExecutionModel
    CommonTransforms
    FiltersCore
    FiltersGeneral
    FiltersGeometry
    FiltersModeling
    FiltersSources
    FiltersTexture
    ImagingCore
    InteractionWidgets
    IOExport
    IOGeometry
    IOImage
    IOPLY
    IOXML
    RenderingAnnotation
    RenderingCore
    RenderingFreeType
    RenderingLabel
    RenderingOpenGL2
    RenderingVolume)
find_package(OpenGL REQUIRED COMPONENTS OpenGL EGL)
