# Whether the viewer is built: where NeurovascDependencies found Qt 5 and VTK's module for it. Everything
# else is built without it.
set(viewer_is_possible OFF)
if(Qt5_FOUND AND VTK_GUISupportQt_FOUND)
  set(viewer_is_possible ON)
endif()
option(NEUROVASC_VIEWER "Build neurovasc-viewer (needs Qt 5 and VTK's Qt module)" ${viewer_is_possible})
if(NEUROVASC_VIEWER AND NOT viewer_is_possible)
  message(FATAL_ERROR "NEUROVASC_VIEWER is on, but Qt 5.15 (qtbase5-dev) or VTK's Qt module (libvtk9-qt-dev) "
                      "was not found. Install them, or configure with -DNEUROVASC_VIEWER=OFF.")
endif()
if(NEUROVASC_VIEWER)
  message(STATUS "Viewer: on")
elseif(viewer_is_possible)
  message(STATUS "Viewer: off (NEUROVASC_VIEWER=OFF)")
else()
  message(STATUS "Viewer: off, 'neurovasc view' will find none (Qt 5.15 or VTK's Qt module was not found: "
                 "qtbase5-dev, libvtk9-qt-dev)")
endif()
