#include "offscreen.h"

#include <EGL/egl.h>
#include <EGL/eglext.h>
#include <vtkAutoInit.h>
#include <vtkCallbackCommand.h>
#include <vtkFloatArray.h>
#include <vtkGenericOpenGLRenderWindow.h>
#include <vtkNew.h>
#include <vtkRenderer.h>
#include <vtkUnsignedCharArray.h>

#include <algorithm>
#include <array>

#include "neurovasc/core/error.h"
#include "vtk_wrap.h"

VTK_MODULE_INIT(vtkRenderingOpenGL2)
VTK_MODULE_INIT(vtkRenderingFreeType)

namespace neurovasc::scene {
namespace {

[[noreturn]] void refuse(const char* what) {
  throw Error(ErrorCode::internal, std::string("cannot draw pictures: ") + what,
              "Install a software renderer (Debian: libegl1 libgl1-mesa-dri), or leave pictures "
              "out (--without pictures).");
}

/// An OpenGL 3.2 core context with no window behind it.
class SurfacelessContext {
 public:
  SurfacelessContext() : display_(openDisplay()) {
    EGLint major = 0;
    EGLint minor = 0;
    if (display_ == EGL_NO_DISPLAY || eglInitialize(display_, &major, &minor) != EGL_TRUE) {
      refuse("no EGL device was found");
    }
    if (eglBindAPI(EGL_OPENGL_API) != EGL_TRUE) {
      refuse("the EGL device does not offer OpenGL");
    }
    createContext();
    makeCurrent();
  }

  ~SurfacelessContext() {
    eglMakeCurrent(display_, EGL_NO_SURFACE, EGL_NO_SURFACE, EGL_NO_CONTEXT);
    eglDestroySurface(display_, surface_);
    eglDestroyContext(display_, context_);
    // The display stays initialised: other contexts of this process may share it.
  }

  SurfacelessContext(const SurfacelessContext&) = delete;
  SurfacelessContext& operator=(const SurfacelessContext&) = delete;

  void makeCurrent() {
    if (eglMakeCurrent(display_, surface_, surface_, context_) != EGL_TRUE) {
      refuse("the OpenGL context cannot be used");
    }
  }
  bool isCurrent() const { return eglGetCurrentContext() == context_; }

 private:
  static EGLDisplay openDisplay() {
    const auto open = reinterpret_cast<PFNEGLGETPLATFORMDISPLAYEXTPROC>(
        eglGetProcAddress("eglGetPlatformDisplayEXT"));
    if (open == nullptr) {
      return eglGetDisplay(EGL_DEFAULT_DISPLAY);
    }
    const EGLDisplay display =
        open(EGL_PLATFORM_SURFACELESS_MESA, reinterpret_cast<void*>(EGL_DEFAULT_DISPLAY), nullptr);
    return display != EGL_NO_DISPLAY ? display : eglGetDisplay(EGL_DEFAULT_DISPLAY);
  }

  EGLConfig chooseConfig() {
    constexpr std::array<EGLint, 13> kWanted = {EGL_SURFACE_TYPE,
                                                EGL_PBUFFER_BIT,
                                                EGL_RENDERABLE_TYPE,
                                                EGL_OPENGL_BIT,
                                                EGL_RED_SIZE,
                                                8,
                                                EGL_GREEN_SIZE,
                                                8,
                                                EGL_BLUE_SIZE,
                                                8,
                                                EGL_DEPTH_SIZE,
                                                24,
                                                EGL_NONE};
    EGLConfig config = nullptr;
    EGLint count = 0;
    if (eglChooseConfig(display_, kWanted.data(), &config, 1, &count) != EGL_TRUE || count == 0) {
      refuse("the EGL device offers no off-screen surface");
    }
    return config;
  }

  void createContext() {
    // VTK draws into frame buffers of its own; the surface is a formality.
    constexpr std::array<EGLint, 5> kSize = {EGL_WIDTH, 16, EGL_HEIGHT, 16, EGL_NONE};
    constexpr std::array<EGLint, 7> kVersion = {EGL_CONTEXT_MAJOR_VERSION,
                                                3,
                                                EGL_CONTEXT_MINOR_VERSION,
                                                2,
                                                EGL_CONTEXT_OPENGL_PROFILE_MASK,
                                                EGL_CONTEXT_OPENGL_CORE_PROFILE_BIT,
                                                EGL_NONE};
    const EGLConfig config = chooseConfig();
    surface_ = eglCreatePbufferSurface(display_, config, kSize.data());
    context_ = eglCreateContext(display_, config, EGL_NO_CONTEXT, kVersion.data());
    if (surface_ == EGL_NO_SURFACE || context_ == EGL_NO_CONTEXT) {
      refuse("the EGL device does not offer OpenGL 3.2");
    }
  }

  EGLDisplay display_ = EGL_NO_DISPLAY;
  EGLSurface surface_ = EGL_NO_SURFACE;
  EGLContext context_ = EGL_NO_CONTEXT;
};

/// Answers the questions a generic window asks about its context.
void answer(vtkObject*, unsigned long event, void* context, void* call_data) {
  auto& egl = *static_cast<SurfacelessContext*>(context);
  if (event == vtkCommand::WindowMakeCurrentEvent) {
    egl.makeCurrent();
  } else if (event == vtkCommand::WindowIsCurrentEvent) {
    *static_cast<bool*>(call_data) = egl.isCurrent();
  } else if (event == vtkCommand::WindowSupportsOpenGLEvent) {
    *static_cast<int*>(call_data) = 1;
  }
}

}  // namespace

struct OffscreenWindow::Impl {
  SurfacelessContext egl;
  vtkNew<ErrorCollector> errors;
  vtkNew<vtkCallbackCommand> answers;
  vtkNew<vtkGenericOpenGLRenderWindow> window;
  std::vector<float> depths;

  Impl() {
    answers->SetCallback(answer);
    answers->SetClientData(&egl);
    for (const auto event : {vtkCommand::WindowMakeCurrentEvent, vtkCommand::WindowIsCurrentEvent,
                             vtkCommand::WindowSupportsOpenGLEvent}) {
      window->AddObserver(event, answers);
    }
    // Catches the harmless complaint of GLEW, which looks for GLX.
    errors->watch(*window);
    window->SetOwnContext(0);
    window->SetMultiSamples(0);
    window->SetReadyForRendering(true);
    window->SetFrameBlitModeToNoBlit();
    window->OpenGLInit();
  }

  ~Impl() { window->Finalize(); }

  void readDepths(int width, int height) {
    vtkNew<vtkFloatArray> below;  // rows from the bottom
    window->GetZbufferData(0, 0, width - 1, height - 1, below);
    const auto row = static_cast<std::ptrdiff_t>(width);
    depths.resize(static_cast<std::size_t>(width) * static_cast<std::size_t>(height));
    for (std::ptrdiff_t y = 0; y < height; ++y) {
      std::copy_n(below->GetPointer(row * (height - 1 - y)), width, depths.begin() + row * y);
    }
  }
};

OffscreenWindow::OffscreenWindow() : impl_(std::make_unique<Impl>()) {}
OffscreenWindow::~OffscreenWindow() = default;

std::vector<float> OffscreenWindow::depths() const { return impl_->depths; }

Picture OffscreenWindow::draw(vtkRenderer& renderer, int width, int height) {
  vtkGenericOpenGLRenderWindow& window = *impl_->window;
  window.SetSize(width, height);
  window.AddRenderer(&renderer);
  window.Render();
  vtkNew<vtkUnsignedCharArray> pixels;
  window.GetPixelData(0, 0, width - 1, height - 1, 0, pixels, 0);
  impl_->readDepths(width, height);
  window.RemoveRenderer(&renderer);
  Picture picture{width, height, {}};
  const auto row_bytes = static_cast<std::size_t>(3) * static_cast<std::size_t>(width);
  picture.rgb.resize(row_bytes * static_cast<std::size_t>(height));
  for (int y = 0; y < height; ++y) {
    const std::uint8_t* row = pixels->GetPointer(static_cast<vtkIdType>(row_bytes) * y);
    std::copy(row, row + row_bytes,
              &picture.rgb[row_bytes * static_cast<std::size_t>(height - 1 - y)]);
  }
  return picture;
}

}  // namespace neurovasc::scene
