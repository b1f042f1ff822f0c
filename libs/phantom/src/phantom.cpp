#include "neurovasc/phantom/phantom.h"

#include <algorithm>
#include <cmath>
#include <sstream>
#include <string>

#include "measure.h"
#include "neurovasc/core/error.h"
#include "protocol.h"
#include "random.h"
#include "render.h"
#include "scenario.h"

namespace neurovasc::phantom {
namespace {

constexpr double kRadians = 3.141592653589793 / 180;

Matrix3 aboutAxis(int axis, double degrees) {
  const double c = std::cos(degrees * kRadians);
  const double s = std::sin(degrees * kRadians);
  const int u = (axis + 1) % 3;
  const int v = (axis + 2) % 3;
  Matrix3 m;
  m(u, u) = c;
  m(v, v) = c;
  m(u, v) = -s;
  m(v, u) = s;
  return m;
}

Matrix3 turnedBy(const Vec3& degrees) {
  return aboutAxis(2, degrees.z) * aboutAxis(1, degrees.y) * aboutAxis(0, degrees.x);
}

Vec3 drawVec(Stream& random, double half_width) {
  return {random.around(0, half_width), random.around(0, half_width), random.around(0, half_width)};
}

/// Where the head lies in the scanner and how the slices are laid.
struct Pose {
  RigidTransform lps_from_head;
  Vec3 slices_deg;
  Point3 center_head;  ///< middle of the field of view
  Vec3 field_mm;
  RigidTransform tof_from_t2;
};

void setField(const PhantomOptions& o, Side side, Pose& pose) {
  const bool small = o.size == Size::small;
  pose.field_mm = o.field_of_view_mm.value_or(small ? Vec3{100, 60, 30} : Vec3{136, 136, 36});
  pose.center_head = {0, small ? -4.0 : 10.0, 5};
  if (o.scenario == Scenario::truncated || o.one_sided) {
    constexpr double kBeyondMidlineMm = 7;
    const double half = 0.5 * pose.field_mm.x;
    pose.field_mm.x = half + kBeyondMidlineMm;
    pose.center_head.x = lateralSign(side) * 0.5 * (half - kBeyondMidlineMm);
  }
}

RigidTransform drawMotion(const PhantomOptions& o, Stream& random, const Point3& center) {
  const Vec3 axis = normalized(drawVec(random, 1));
  const Vec3 shift = normalized(drawVec(random, 1)) * (o.tof_motion_mm * random.uniform(0.4, 1));
  const Matrix3 turn = turnedBy(axis * (o.tof_motion_deg * random.uniform(0.4, 1)));
  return {turn, center + shift - turn * center};
}

/// Distinguishes studies of one head.
std::string sessionName(const PhantomOptions& o) {
  return std::string(name(o.scenario)) + (o.session > 0 ? " " + std::to_string(o.session) : "");
}

Pose drawPose(const PhantomOptions& o, Side side) {
  Stream random(o.seed, "pose " + sessionName(o));
  Pose pose;
  const Vec3 drawn = drawVec(random, 7);
  const Vec3 turn = o.head_rotation_deg.value_or(drawn);
  pose.lps_from_head = {turnedBy(turn), drawVec(random, 12)};
  pose.slices_deg = turn * o.slices_follow + drawVec(random, 1.5);
  setField(o, side, pose);
  pose.tof_from_t2 = drawMotion(o, random, pose.lps_from_head(pose.center_head));
  return pose;
}

GridGeometry gridAround(const Point3& center, const Matrix3& direction, const Vec3& field_mm,
                        const Vec3& voxel_mm) {
  GridGeometry grid;
  grid.spacing_mm = voxel_mm;
  grid.direction = direction;
  Vec3 half;
  for (int a = 0; a < 3; ++a) {
    const int count = std::max(2, static_cast<int>(std::lround(field_mm[a] / voxel_mm[a])));
    grid.size[static_cast<std::size_t>(a)] = count;
    half[a] = 0.5 * (count - 1) * voxel_mm[a];
  }
  grid.origin_mm = center - direction * half;
  return grid;
}

/// Half a year after surgery or some weeks before it, each further session a year later.
std::string studyDate(const PhantomOptions& o) {
  const bool after = name(o.scenario).substr(0, 4) == "post";
  return std::to_string(2025 + o.session) + (after ? "0811" : "0113");
}

/// All that makes one study differ from another, for its UIDs.
std::string fingerprint(const PhantomOptions& o) {
  std::ostringstream text;
  const auto add = [&text](double value) { text << '/' << value; };
  const auto addAll = [&add](const Vec3& v) {
    add(v.x);
    add(v.y);
    add(v.z);
  };
  text << name(o.scenario) << '/' << o.seed << '/' << name(o.sequence);
  text << '/' << (o.side ? name(*o.side) : "") << '/' << (o.zone ? name(*o.zone) : "");
  text << '/' << name(o.variety);
  for (const Decoy decoy : o.decoys) {
    text << '+' << name(decoy);
  }
  for (const double value :
       {o.size == Size::small ? 1.0 : 0.0, o.gap_mm.value_or(99), o.diameter_mm.value_or(99),
        o.pad ? 1.0 + *o.pad : 0.0, 1.0 * o.interpolation, o.csf_snr, o.tof_snr, o.ce_t1_snr,
        o.bias_fraction, o.flow_factor, o.slices_follow, o.tof_motion_mm, o.tof_motion_deg,
        o.one_sided ? 1.0 : 0.0}) {
    add(value);
  }
  if (o.session > 0 || o.pad_count > 1 || o.blood || o.mirrored) {
    text << "/session " << o.session << '/' << o.pad_count << '/' << o.blood << '/' << o.mirrored;
  }
  for (const Vec3& v :
       {o.voxel_mm, o.tof_voxel_mm, o.ce_t1_voxel_mm, o.field_of_view_mm.value_or(Vec3{}),
        o.head_rotation_deg.value_or(Vec3{99, 99, 99})}) {
    addAll(v);
  }
  return text.str();
}

void reverseRows(ImageF& image) {
  const auto row = static_cast<std::ptrdiff_t>(image.size()[0]);
  for (auto at = image.begin(); at != image.end(); at += row) {
    std::reverse(at, at + row);
  }
}

/// Makes the series of one study, one after the other.
class Study {
 public:
  Study(const PhantomOptions& options, const Pose& pose, const Scene& scene,
        const Progress& progress)
      : o_(options),
        pose_(pose),
        scene_(scene),
        progress_(progress),
        name_(sessionName(options) + "/" + std::to_string(options.seed)) {}

  PhantomSeries t2() const {
    const Protocol protocol = t2Protocol(o_.sequence);
    Shot shot = this->shot(o_.voxel_mm, "t2", false, 0);
    shot.contrast = t2Contrast(o_.sequence, protocol.timing);
    shot.noise_sd = kCsfLevel / o_.csf_snr;
    shot.interpolation = o_.interpolation;
    shot.artefacts.insert(shot.artefacts.end(), scene_.flow_voids.begin(), scene_.flow_voids.end());
    shot.ringing = has(o_, Decoy::gibbs);
    shot.banding = has(o_, Decoy::banding);
    return series(SeriesRole::cisternography, 3, shot, protocol, {450, 900});
  }

  PhantomSeries tof() const {
    const Protocol protocol = tofProtocol(o_.sequence);
    Shot shot = this->shot(o_.tof_voxel_mm, "tof", true, 6);
    shot.contrast = tofContrast(protocol.timing);
    shot.noise_sd = kBrainLevel / o_.tof_snr;
    return series(SeriesRole::tof, 5, shot, protocol, {450, 900});
  }

  PhantomSeries contrastT1() const {
    const Protocol protocol = contrastT1Protocol(o_.sequence);
    Shot shot = this->shot(o_.ce_t1_voxel_mm, "ce_t1", true, 10);
    shot.contrast = contrastT1Contrast(protocol.timing);
    shot.noise_sd = kBrainLevel / o_.ce_t1_snr;
    return series(SeriesRole::ce_t1, 8, shot, protocol, {400, 800});
  }

 private:
  struct Window {
    double center;
    double width;
  };

  Shot shot(const Vec3& voxel_mm, const char* what, bool moved, double taller_mm) const {
    Stream random(o_.seed, std::string("slices ") + what + name_);
    const Vec3 jitter = moved ? drawVec(random, 1.5) : Vec3{};
    const RigidTransform motion = moved ? pose_.tof_from_t2 : RigidTransform{};
    const Point3 center = motion(pose_.lps_from_head(pose_.center_head));
    Shot shot;
    shot.grid = gridAround(center, turnedBy(pose_.slices_deg + jitter),
                           pose_.field_mm + Vec3{0, 0, taller_mm}, voxel_mm);
    shot.head_from_lps = (motion * pose_.lps_from_head).inverse();
    shot.artefacts = scene_.artefacts;
    shot.bias_fraction = o_.bias_fraction;
    shot.seed = scrambled(o_.seed) ^ static_cast<std::uint64_t>(1e15 * random.uniform(0, 1));
    return shot;
  }

  PhantomSeries series(SeriesRole role, int number, const Shot& shot, const Protocol& protocol,
                       const Window& window) const {
    progress_.report("phantom", 0.1 * number, name(role));
    PhantomSeries made;
    made.role = role;
    made.folder = "s" + std::to_string(number);
    made.noise_sd = shot.noise_sd;
    ImageF signal = renderSignal(scene_, shot, o_.threads, progress_);
    shade(signal, shot, o_.threads);
    made.image = withNoise(signal, shot, o_.threads);
    if (o_.mirrored) {
      reverseRows(made.image);
    }
    made.header = protocol.header;
    made.header.window_center = window.center;
    made.header.window_width = window.width;
    made.header.series_number = number;
    made.header.slice_thickness_mm = shot.grid.spacing_mm.z;
    made.header.acquisition_matrix = {shot.grid.size[0], shot.grid.size[1]};
    identify(made.header);
    return made;
  }

  void identify(dicom::MrSeriesHeader& h) const {
    h.patient_name = "PHANTOM^" + std::string(name(o_.scenario));
    h.patient_id = "PHANTOM" + std::to_string(o_.seed);
    h.patient_birth_date = "19700101";
    h.patient_sex = "O";
    h.study_date = studyDate(o_);
    const std::string root = "neurovasc phantom/" + fingerprint(o_);
    h.study_instance_uid = dicom::uidFrom(root + "/study");
    h.frame_of_reference_uid = dicom::uidFrom(root + "/frame");
    h.series_instance_uid = dicom::uidFrom(root + "/series/" + std::to_string(h.series_number));
    h.file_order_seed = o_.seed + static_cast<std::uint64_t>(h.series_number);
  }

  const PhantomOptions& o_;
  const Pose& pose_;
  const Scene& scene_;
  const Progress& progress_;
  std::string name_;
};

const char* truthName(SeriesRole role) {
  return role == SeriesRole::cisternography ? "CISS" : role == SeriesRole::tof ? "TOF" : "T1C";
}

Truth measured(const PhantomOptions& o, Side side, const DrawnHead& drawn, const Pose& pose,
               const std::vector<PhantomSeries>& series) {
  Truth truth;
  truth.scenario = name(o.scenario);
  truth.seed = o.seed;
  truth.side = side;
  truth.tof_from_t2 = pose.tof_from_t2;
  for (const PhantomSeries& one : series) {
    truth.series_uids.emplace_back(truthName(one.role), one.header.series_instance_uid);
  }
  for (std::size_t i = 0; i < kSides.size(); ++i) {
    truth.sides[i] = measureSide(drawn.facial[i], drawn.scene, pose.lps_from_head);
  }
  truth.pads = measurePads(drawn.scene, pose.lps_from_head);
  return truth;
}

}  // namespace

Phantom makePhantom(const PhantomOptions& options, const Progress& progress) {
  validate(options);
  const PhantomOptions o = withScenarioDefaults(options);
  const ScenarioPlan plan = planScenario(o);
  progress.report("phantom", 0, "drawing the anatomy");
  const DrawnHead drawn = drawScene(o, plan);
  const Pose pose = drawPose(o, plan.side);
  const Study study(o, pose, drawn.scene, progress);
  Phantom phantom;
  phantom.series.push_back(study.t2());
  if (o.with_tof) {
    phantom.series.push_back(study.tof());
  }
  if (o.with_ce_t1) {
    phantom.series.push_back(study.contrastT1());
  }
  phantom.truth = measured(o, plan.side, drawn, pose, phantom.series);
  progress.report("phantom", 1);
  return phantom;
}

}  // namespace neurovasc::phantom
