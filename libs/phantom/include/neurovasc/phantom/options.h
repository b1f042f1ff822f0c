#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "neurovasc/core/geometry.h"
#include "neurovasc/core/terms.h"

namespace neurovasc::phantom {

/// What a phantom shows. The same seed gives the same head whatever the scenario, so that
/// `contact` and one of the `post_` scenarios with one seed make a pair of dates.
enum class Scenario {
  contact,        ///< AICA touches the root
  clear,          ///< no vessel within 1.2 mm
  va,             ///< a wide vertebral artery touches the attached segment
  near,           ///< AICA passes 0.6 mm away
  vein,           ///< a vein touches at the detachment point
  distal,         ///< AICA touches the cisternal portion only
  two,            ///< AICA and PICA touch the same nerve
  both,           ///< the vertebral artery on one side, AICA on the other
  tandem,         ///< the vertebral artery presses AICA on the attached segment
  sandwich,       ///< the free nerve runs between AICA above and PICA below
  post_ok,        ///< after surgery: the vessel lies away from the nerve, a pad between
  post_residual,  ///< after surgery: contact remains, the pad lies distal of it
  post_new,       ///< after surgery: the first vessel is off, another one touches
  post_second,    ///< after surgery of `two`: AICA is off, PICA touches as before
  thick,          ///< contact, seen with thick and noisy slices
  truncated,      ///< contact; the other side is outside the field of view
  destroyed,      ///< contact; a metal artefact wipes out the other side
  left_marker,    ///< contact; bright letters L and R in the bone of either side
};

std::string_view name(Scenario scenario);
std::optional<Scenario> parseScenario(std::string_view text);
const std::vector<Scenario>& allScenarios();

enum class Size {
  small,  ///< about 100 x 60 x 30 mm: a couple of seconds
  full,   ///< about 136 x 136 x 36 mm
};

/// The T2-weighted sequence and with it the vendor whose words stand in the headers.
enum class Sequence {
  ciss,      ///< Siemens, balanced, two phase cycles
  fiesta_c,  ///< GE, the same
  drive,     ///< Philips, driven-equilibrium turbo spin echo
  space,     ///< Siemens, 3-D turbo spin echo
};

std::string_view name(Sequence sequence);
std::optional<Sequence> parseSequence(std::string_view text);

/// How far heads differ from each other.
enum class Variety {
  usual,   ///< within about one standard deviation of the literature's means
  varied,  ///< half as far again in every measure; AICA may loop high, low or to the porus
};

std::string_view name(Variety variety);
std::optional<Variety> parseVariety(std::string_view text);

/// What looks like a vessel or a contact and is none. A large flocculus, plexus or bundle of lower
/// nerves stands near the root; the rest are faults of the image.
enum class Decoy {
  flocculus,     ///< large, reaches up to the nerve
  choroid,       ///< large tuft of choroid plexus beside the root
  lower_nerves,  ///< IX and X leave the medulla higher up and with more rootlets
  csf_void,      ///< dark streaks of flowing CSF in T2
  gibbs,         ///< ringing of T2: no filter between k-space and image
  banding,       ///< dark bands of balanced SSFP; `ciss` and `fiesta_c` only
};

std::string_view name(Decoy decoy);
std::optional<Decoy> parseDecoy(std::string_view text);
const std::vector<Decoy>& allDecoys();

/// What is simulated. Empty optionals are filled in by scenario and seed.
struct PhantomOptions {
  Scenario scenario = Scenario::contact;
  std::uint64_t seed = 1;
  Size size = Size::full;
  Sequence sequence = Sequence::ciss;
  Variety variety = Variety::usual;
  std::vector<Decoy> decoys;

  std::optional<Side> side;           ///< where the contact is
  std::optional<Zone> zone;           ///< of the contact (of the first vessel where there are two)
  std::optional<double> gap_mm;       ///< between the surfaces, negative where they overlap
  std::optional<double> diameter_mm;  ///< of the vessel in question
  std::optional<bool> pad;            ///< a pad of Teflon felt on the side of the contact
  int pad_count = 1;                  ///< where there is one: so many, 6 mm apart along the nerve
  /// Clotted blood around the pads: bright in TOF and T1, grey in T2, without a vessel's shape.
  bool blood = false;

  Vec3 voxel_mm = {0.5, 0.5, 0.5};        ///< acquired, T2
  Vec3 tof_voxel_mm = {0.5, 0.5, 0.65};   ///< acquired
  Vec3 ce_t1_voxel_mm = {0.9, 0.9, 0.9};  ///< acquired
  int interpolation = 1;                  ///< T2: zero-filled to so many times the samples, 1 to 3
  std::optional<Vec3> field_of_view_mm;   ///< T2; by size where empty
  /// The field ends 7 mm beyond the midline: the side of the contact with its ear, no more.
  bool one_sided = false;
  bool with_tof = true;
  bool with_ce_t1 = false;

  double csf_snr = 35;         ///< CSF signal over noise of one acquired T2 voxel
  double tof_snr = 14;         ///< white matter over noise
  double ce_t1_snr = 25;       ///< white matter over noise
  double bias_fraction = 0.2;  ///< peak to peak of the receive field's shading
  /// Blood's speed in arteries over the usual; at 0.2 small arteries are as dark as veins in TOF.
  double flow_factor = 1.0;

  /// Another visit to a scanner: position, motion, noise and date differ, the head does not.
  int session = 0;
  /// Rows of voxels stored from the wrong end, as a faulty export does: left and right exchanged,
  /// which neither headers nor truth know of.
  bool mirrored = false;
  /// Turns of the head about the axes x (nod), y (tilt) and z (shake); by seed within 8 deg.
  std::optional<Vec3> head_rotation_deg;
  /// How much of the head's turn the slices follow: 1 means planned on the head.
  double slices_follow = 0.7;
  double tof_motion_mm = 1.5;  ///< how far the head moved before TOF and CE-T1
  double tof_motion_deg = 1.0;

  int threads = 0;  ///< 0: one per processor; never changes the result
};

/// Whether @p decoy is asked for.
bool has(const PhantomOptions& options, Decoy decoy);

/// Throws Error(usage) naming the option that is out of range or does not fit the others.
void validate(const PhantomOptions& options);

}  // namespace neurovasc::phantom
