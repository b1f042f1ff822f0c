#pragma once

#include <memory>
#include <string>
#include <vector>

#include "neurovasc/core/progress.h"
#include "neurovasc/scene/picture.h"
#include "neurovasc/scene/scene_content.h"
#include "neurovasc/scene/views.h"

namespace neurovasc::scene {

/// Pictures that move: the scene turning, and a flight through the cistern.

struct AnimationOptions {
  PictureOptions picture = {960, 720};
  int frames_per_second = 12;
  int turntable_frames = 72;  ///< one turn: 5 degrees each
  /// Between two places of the endoscope: slow enough to follow at the frame rate.
  double endoscopy_step_mm = 0.2;
};

/// Throws Error(usage) naming the option that is out of range.
void validate(const AnimationOptions& options);

/// Takes pictures of one size and makes a film of them:
///
///   .ogv        Ogg Theora by VTK's own writer, the only film format in Debian's VTK, free of
///               patents and read by VLC, mpv, ffmpeg and GStreamer
///   no ending   a folder of frame_0001.png, frame_0002.png..., for any other program
///
/// The film appears when finish() is called; without it nothing is left. Throws Error(usage) for
/// another ending, Error(output_unwritable).
class FilmWriter {
 public:
  FilmWriter(const std::string& path, int frames_per_second);
  ~FilmWriter();
  FilmWriter(const FilmWriter&) = delete;
  FilmWriter& operator=(const FilmWriter&) = delete;

  void add(const Picture& picture);
  void finish();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

/// Where a turntable looks from: once round the patient's long axis, slightly from below, from the
/// front first and over the patient's left.
std::vector<ViewFrame> turntableFrames(const SceneContent& content,
                                       const AnimationOptions& options = {});

/// A place of the endoscope.
struct EndoscopePlace {
  Point3 eye_mm;
  Vec3 forward;  ///< unit vectors in LPS
  Vec3 up;
  double clearance_mm = 0;  ///< to the nearest surface or tissue
  double arclength_mm = 0;  ///< of the nerve beside it, from the root exit point
};

/// A way beside the facial nerve of @p side from the porus to the root exit point that stays in
/// what T2 shows as fluid (half-way between its black and white or brighter) and outside all nerves
/// and vessels: the shortest path by Dijkstra over 0.4 mm cells, dear where it is narrow or far
/// from the nerve, then rounded off where there is room. It looks at the nerve ahead. Throws
/// Error(usage) where there is no nerve, no image or no way 0.5 mm wide.
std::vector<EndoscopePlace> endoscopePath(const SceneContent& content, Side side,
                                          double step_mm = 0.2);

/// Draws every frame of a turntable, or of the endoscope's way, and writes the film to @p path.
/// Stops between frames. Throws what they throw.
void writeTurntable(const SceneContent& content, const std::string& path,
                    const AnimationOptions& options = {}, const Progress& progress = {});
void writeEndoscopy(const SceneContent& content, Side side, const std::string& path,
                    const AnimationOptions& options = {}, const Progress& progress = {});

}  // namespace neurovasc::scene
