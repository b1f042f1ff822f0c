#include "stage.h"

#include <vtkActor.h>
#include <vtkCamera.h>
#include <vtkFloatArray.h>
#include <vtkLookupTable.h>
#include <vtkNew.h>
#include <vtkPlane.h>
#include <vtkPointData.h>
#include <vtkPolyDataMapper.h>
#include <vtkPolyDataNormals.h>
#include <vtkProperty.h>
#include <vtkRenderer.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "frames.h"
#include "offscreen.h"
#include "palette.h"
#include "vtk_wrap.h"

namespace neurovasc::scene {
namespace {

constexpr int kTubeSides = 28;
constexpr double kTubeStep_mm = 0.25;
constexpr double kNerveStep_mm = 0.12;  // finer, because it is painted by its vertices
/// Vessels of unknown kind farther than this from both facial nerves are drawn faintly: many are
/// furrows, and none matters here.
constexpr double kFaintBeyond_mm = 6;
constexpr double kFaint = 0.25;
constexpr double kShadow = 0.45;        // vessels as they were
constexpr double kEye_mm = 300;         // in front of anything in a head
constexpr double kNearest_mm = 1;       // from the eye
constexpr double kBeforeEye_mm = 0.15;  // of an endoscope
constexpr std::array<double, 3> kDarkGround = {0.07, 0.09, 0.13};
/// Sharper edges are those of a field's end, which smooth shading would smear over both faces.
constexpr double kBrainCrease_deg = 70;
constexpr int kPeels = 2;          // two layers each; more made no difference
constexpr int kSupersampling = 2;  // smooth edges

enum class Part { brain, ear, facial_nerve, other_nerve, vessel, pad };

struct Prop {
  Part part;
  vtkSmartPointer<vtkActor> actor;
};

/// Seen through, an actor's far wall would only cloud the picture.
void setOpacity(vtkActor& actor, double opacity) {
  actor.GetProperty()->SetOpacity(opacity);
  actor.GetProperty()->SetBackfaceCulling(opacity < 1);
}

vtkSmartPointer<vtkPolyData> shaded(vtkPolyData& data, double crease_deg) {
  vtkNew<vtkPolyDataNormals> normals;
  normals->SetInputData(&data);
  normals->SetFeatureAngle(crease_deg);
  normals->SetSplitting(crease_deg < 180);
  normals->ConsistencyOff();
  normals->Update();
  return normals->GetOutput();
}

vtkSmartPointer<vtkActor> actorOf(vtkPolyData& data, Color color) {
  vtkNew<vtkPolyDataMapper> mapper;
  mapper->SetInputData(&data);
  mapper->ScalarVisibilityOff();
  auto actor = vtkSmartPointer<vtkActor>::New();
  actor->SetMapper(mapper);
  vtkProperty& look = *actor->GetProperty();
  look.SetColor(color.r / 255.0, color.g / 255.0, color.b / 255.0);
  look.SetAmbient(0.25);
  look.SetDiffuse(0.75);
  look.SetSpecular(0.12);
  look.SetSpecularPower(20);
  return actor;
}

vtkSmartPointer<vtkActor> surfaceActor(const TriangleMesh& mesh, Color color) {
  return actorOf(*shaded(*toPolyData(mesh), 180), color);
}

vtkSmartPointer<vtkActor> tubeActor(const Tube& tube, Color color) {
  return actorOf(*shaded(*toPolyData(tubeSurface(resampled(tube, kTubeStep_mm), kTubeSides)), 60),
                 color);
}

/// Seen where a surface is cut open: its inside in one flat tone looks like a cut face.
void paintInside(vtkActor& actor, double brightness) {
  std::array<double, 3> color;
  actor.GetProperty()->GetColor(color.data());
  vtkNew<vtkProperty> inside;
  inside->SetColor(brightness * color[0], brightness * color[1], brightness * color[2]);
  inside->SetAmbient(1);
  inside->SetDiffuse(0);
  actor.SetBackfaceProperty(inside);
}

bool isNearAFacialNerve(const Vessel& vessel, const SceneContent& content) {
  for (const Side side : kSides) {
    const SceneNerve* nerve = facialNerveOf(content, side);
    if (nerve == nullptr) {
      continue;
    }
    for (const Point3& p : vessel.tube.points_mm) {
      if (project(nerve->tube.points_mm, p).distance_mm < kFaintBeyond_mm) {
        return true;
      }
    }
  }
  return false;
}

vtkSmartPointer<vtkLookupTable> gapColors(double range_mm) {
  auto table = vtkSmartPointer<vtkLookupTable>::New();
  table->SetNumberOfTableValues(256);
  table->SetTableRange(0, range_mm);
  for (int i = 0; i < 256; ++i) {
    const Color c = cividis(i / 255.0);
    table->SetTableValue(i, c.r / 255.0, c.g / 255.0, c.b / 255.0, 1);
  }
  return table;
}

vtkSmartPointer<vtkLookupTable> changeColors(double range_mm) {
  auto table = vtkSmartPointer<vtkLookupTable>::New();
  table->SetNumberOfTableValues(256);
  table->SetTableRange(-range_mm, range_mm);
  for (int i = 0; i < 256; ++i) {
    const Color c = diverging(2 * i / 255.0 - 1);
    table->SetTableValue(i, c.r / 255.0, c.g / 255.0, c.b / 255.0, 1);
  }
  return table;
}

/// The nerve's inside in one tone, which the painted outside cannot have: the palette colours both.
vtkSmartPointer<vtkActor> cutFaceOf(vtkActor& painted) {
  vtkNew<vtkPolyDataMapper> mapper;
  mapper->SetInputDataObject(painted.GetMapper()->GetInputDataObject(0, 0));
  mapper->ScalarVisibilityOff();
  auto actor = vtkSmartPointer<vtkActor>::New();
  actor->SetMapper(mapper);
  vtkProperty& look = *actor->GetProperty();
  look.SetColor(1, 0.97, 0.8);
  look.SetAmbient(1);
  look.SetDiffuse(0);
  look.FrontfaceCullingOn();
  painted.GetProperty()->BackfaceCullingOn();
  return actor;
}

/// The gap at each vertex, or how it changed since an earlier date.
vtkSmartPointer<vtkFloatArray> paintOf(const SceneContent& content, const TriangleMesh& mesh,
                                       double range_mm) {
  auto values = vtkSmartPointer<vtkFloatArray>::New();
  std::vector<double> before;
  if (content.vessels_before) {
    before = gapsTo(*content.vessels_before, mesh.vertices_mm);
  }
  std::size_t at = 0;
  for (const double gap : gapsTo(content.vessels, mesh.vertices_mm)) {
    const double was = before.empty() ? 0 : std::min(before[at], range_mm);
    values->InsertNextValue(static_cast<float>(std::min(gap, range_mm) - was));
    ++at;
  }
  return values;
}

vtkSmartPointer<vtkActor> paintedNerve(const Tube& tube, const SceneContent& content,
                                       double range_mm) {
  const TriangleMesh mesh = tubeSurface(resampled(tube, kNerveStep_mm), kTubeSides);
  const auto gaps = paintOf(content, mesh, range_mm);
  auto data = toPolyData(mesh);
  data->GetPointData()->SetScalars(gaps);
  auto actor = actorOf(*shaded(*data, 60), kFacialColor);
  actor->GetMapper()->ScalarVisibilityOn();
  actor->GetMapper()->SetLookupTable(content.vessels_before ? changeColors(range_mm)
                                                            : gapColors(range_mm));
  actor->GetMapper()->UseLookupTableScalarRangeOn();
  actor->GetMapper()->InterpolateScalarsBeforeMappingOn();
  actor->GetProperty()->SetAmbient(0.4);  // the colour carries a number: less shade on it
  actor->GetProperty()->SetDiffuse(0.6);
  actor->GetProperty()->SetSpecular(0);
  return actor;
}

/// Keeps what lies beyond @p nearer_mm in front of the frame's centre, or with @p keep_near what
/// lies before it.
void cut(vtkActor& actor, const ViewFrame& frame, double nearer_mm, bool keep_near) {
  const Vec3 kept = keep_near ? frame.toward_viewer : -frame.toward_viewer;
  const Point3 at = frame.center_mm + nearer_mm * frame.toward_viewer;
  vtkNew<vtkPlane> plane;
  plane->SetOrigin(at.x, at.y, at.z);
  plane->SetNormal(kept.x, kept.y, kept.z);
  actor.GetMapper()->AddClippingPlane(plane);
}

void aim(vtkRenderer& renderer, const ViewFrame& frame, int height) {
  vtkCamera& camera = *renderer.GetActiveCamera();
  const Point3 eye = frame.center_mm + kEye_mm * frame.toward_viewer;
  camera.ParallelProjectionOn();
  camera.SetFocalPoint(frame.center_mm.x, frame.center_mm.y, frame.center_mm.z);
  camera.SetPosition(eye.x, eye.y, eye.z);
  camera.SetViewUp(frame.up.x, frame.up.y, frame.up.z);
  camera.SetParallelScale(0.5 * height * frame.mm_per_pixel);
  camera.SetClippingRange(kNearest_mm, 2 * kEye_mm);
}

void look(vtkRenderer& renderer, const EyePlace& eye) {
  vtkCamera& camera = *renderer.GetActiveCamera();
  const Point3 ahead = eye.eye_mm + eye.forward;
  camera.ParallelProjectionOff();
  camera.SetViewAngle(eye.opening_deg);
  camera.SetPosition(eye.eye_mm.x, eye.eye_mm.y, eye.eye_mm.z);
  camera.SetFocalPoint(ahead.x, ahead.y, ahead.z);
  camera.SetViewUp(eye.up.x, eye.up.y, eye.up.z);
  camera.SetClippingRange(kBeforeEye_mm, kEye_mm);
}

Picture halved(const Picture& big) {
  Picture small{big.width / 2, big.height / 2, {}};
  small.rgb.reserve(big.rgb.size() / 4);
  const auto row = static_cast<std::size_t>(3) * static_cast<std::size_t>(big.width);
  for (int y = 0; y < small.height; ++y) {
    for (int x = 0; x < small.width; ++x) {
      const std::size_t at =
          2 * static_cast<std::size_t>(y) * row + 6 * static_cast<std::size_t>(x);
      for (std::size_t c = at; c < at + 3; ++c) {
        const int sum = big.rgb[c] + big.rgb[c + 3] + big.rgb[c + row] + big.rgb[c + row + 3];
        small.rgb.push_back(static_cast<std::uint8_t>((sum + 2) / 4));
      }
    }
  }
  return small;
}

}  // namespace

struct Stage::Impl {
  OffscreenWindow window;
  int width = 0;  // of the last picture
  int height = 0;
  vtkNew<vtkRenderer> renderer;
  std::vector<Prop> props;

  void add(Part part, const vtkSmartPointer<vtkActor>& actor) {
    if (part != Part::brain) {
      paintInside(*actor, 0.8);
    }
    props.push_back({part, actor});
    renderer->AddActor(actor);
  }

  void addBrainAndEars(const SceneContent& content) {
    if (!content.brain.empty()) {
      add(Part::brain, actorOf(*shaded(*toPolyData(content.brain), kBrainCrease_deg), kBrainColor));
      paintInside(*props.back().actor, 0.92);
    }
    for (const auto* surfaces : {&content.labyrinths, &content.canals}) {
      for (const SceneSurface& each : *surfaces) {
        add(Part::ear, surfaceActor(each.surface, kEarColor));
        setOpacity(*props.back().actor, 0.3);
      }
    }
  }

  void addNervesAndVessels(const SceneContent& content, const PictureOptions& options) {
    for (const SceneNerve& nerve : content.nerves) {
      if (nerve.tube.size() < 2) {
        continue;
      }
      if (nerve.name == NerveName::facial) {
        const auto nerve_actor = content.gaps_measured
                                     ? paintedNerve(nerve.tube, content, options.gap_range_mm)
                                     : tubeActor(nerve.tube, kFacialColor);
        add(Part::facial_nerve, nerve_actor);
        add(Part::facial_nerve, cutFaceOf(*nerve_actor));
      } else {
        add(Part::other_nerve, tubeActor(nerve.tube, colorOf(nerve.name)));
      }
    }
    addVessels(content);
    for (const Pad& pad : content.pads) {
      add(Part::pad, surfaceActor(pad.surface, kPadColor));
    }
  }

  void addShadows(const std::vector<Vessel>& vessels) {
    for (const Vessel& vessel : vessels) {
      if (vessel.tube.size() >= 2) {
        add(Part::vessel, tubeActor(vessel.tube, kShadowColor));
        setOpacity(*props.back().actor, kShadow);
      }
    }
  }

  void addVessels(const SceneContent& content) {
    addShadows(content.vessels_before.value_or(std::vector<Vessel>{}));
    for (const Vessel& vessel : content.vessels) {
      if (vessel.tube.size() < 2) {
        continue;
      }
      add(Part::vessel, tubeActor(vessel.tube, colorOf(vessel.kind)));
      if (vessel.kind == VesselKind::unknown && !isNearAFacialNerve(vessel, content)) {
        setOpacity(*props.back().actor, kFaint);
      }
    }
  }

  void dress(const Prop& prop, const ViewFrame& frame, const Staging& staging) const {
    vtkActor& actor = *prop.actor;
    actor.GetMapper()->RemoveAllClippingPlanes();
    if (prop.part == Part::brain) {
      dressBrain(actor, frame, staging);
    } else if (prop.part == Part::ear) {
      actor.SetVisibility(staging.ears);
    } else if (prop.part == Part::other_nerve) {
      setOpacity(actor, staging.other_nerves_opacity);
    }
    if (staging.near_cut_mm) {
      cut(actor, frame, *staging.near_cut_mm, false);
    }
    if (staging.far_cut_mm) {
      cut(actor, frame, -*staging.far_cut_mm, true);
    }
  }

  static void dressBrain(vtkActor& actor, const ViewFrame& frame, const Staging& staging) {
    actor.SetVisibility(staging.brain_opacity > 0);
    setOpacity(actor, staging.brain_opacity);
    if (staging.brain_cut_mm) {
      cut(actor, frame, *staging.brain_cut_mm, false);
    }
  }
};

Stage::Stage(const SceneContent& content, const PictureOptions& options)
    : impl_(std::make_unique<Impl>()) {
  impl_->renderer->SetBackground(1, 1, 1);
  impl_->renderer->SetUseDepthPeeling(1);
  impl_->renderer->SetMaximumNumberOfPeels(kPeels);
  impl_->renderer->SetOcclusionRatio(0);
  impl_->addBrainAndEars(content);
  impl_->addNervesAndVessels(content, options);
}

Stage::~Stage() = default;

Picture Stage::draw(const ViewFrame& frame, const Staging& staging, int width, int height) {
  for (const Prop& prop : impl_->props) {
    impl_->dress(prop, frame, staging);
  }
  aim(*impl_->renderer, frame, height);
  impl_->width = width;
  impl_->height = height;
  return halved(
      impl_->window.draw(*impl_->renderer, kSupersampling * width, kSupersampling * height));
}

Picture Stage::drawFrom(const EyePlace& eye, const Staging& staging, int width, int height) {
  Staging uncut;
  uncut.brain_opacity = staging.brain_opacity;
  uncut.ears = staging.ears;
  uncut.other_nerves_opacity = staging.other_nerves_opacity;
  for (const Prop& prop : impl_->props) {
    impl_->dress(prop, {}, uncut);
  }
  look(*impl_->renderer, eye);
  impl_->renderer->SetBackground(kDarkGround[0], kDarkGround[1], kDarkGround[2]);
  Picture picture =
      halved(impl_->window.draw(*impl_->renderer, kSupersampling * width, kSupersampling * height));
  impl_->renderer->SetBackground(1, 1, 1);
  return picture;
}

DepthMap Stage::depths() const {
  DepthMap map{impl_->width, impl_->height, {}};
  const std::vector<float> fine = impl_->window.depths();
  const auto row = static_cast<std::size_t>(kSupersampling * map.width);
  map.toward_mm.reserve(static_cast<std::size_t>(map.width) * static_cast<std::size_t>(map.height));
  for (int y = 0; y < map.height; ++y) {
    for (int x = 0; x < map.width; ++x) {
      const double z = fine[static_cast<std::size_t>(kSupersampling * y) * row +
                            static_cast<std::size_t>(kSupersampling * x)];
      const double from_eye = kNearest_mm + z * (2 * kEye_mm - kNearest_mm);
      map.toward_mm.push_back(z < 1 ? static_cast<float>(kEye_mm - from_eye)
                                    : -std::numeric_limits<float>::infinity());
    }
  }
  return map;
}

namespace {

double radiusAt(const Tube& tube, const Projection& at) {
  const double near = tube.radius_mm[at.segment];
  const double far = tube.radius_mm[std::min(at.segment + 1, tube.size() - 1)];
  return near + at.fraction * (far - near);
}

}  // namespace

std::vector<double> gapsTo(const std::vector<Vessel>& vessels, const std::vector<Point3>& points) {
  std::vector<double> gaps(points.size(), std::numeric_limits<double>::infinity());
  if (points.empty()) {
    return gaps;
  }
  const Box around = boundingBox(points, 0);
  const Point3 middle = 0.5 * (around.lower + around.upper);
  const double reach = 0.5 * distance(around.lower, around.upper);
  for (const Vessel& vessel : vessels) {
    const Tube& tube = vessel.tube;
    // Vessels far off cannot matter within any range that is shown.
    if (tube.empty() || project(tube.points_mm, middle).distance_mm > reach + 30) {
      continue;
    }
    for (std::size_t i = 0; i < points.size(); ++i) {
      const Projection at = project(tube.points_mm, points[i]);
      gaps[i] = std::min(gaps[i], std::max(0.0, at.distance_mm - radiusAt(tube, at)));
    }
  }
  return gaps;
}

}  // namespace neurovasc::scene
