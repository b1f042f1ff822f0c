#pragma once

#include <optional>
#include <vector>

#include "neurovasc/core/comparison.h"
#include "neurovasc/core/progress.h"
#include "neurovasc/followup/dates.h"

namespace neurovasc::followup {

struct PadOptions {
  /// From the facial nerve's axis between root exit point and porus: a pad lies between it, the
  /// pons and a vessel.
  double reach_mm = 10;
  /// What signal is missing, as a share of CSF's, before a place counts as pad: about half-way
  /// between a pad (0.7 to 0.95) and CSF (0).
  double least_deficit = 0.45;
  /// In the body's core T2 is at most this share of CSF. Felt has 0 to 0.15, with CSF in it 0.3;
  /// flowing CSF is seldom so dark.
  double darkest_core = 0.35;
  /// Thinner parts are edges of vessels and bone that two series show a little apart.
  double thinnest_mm = 1.0;
  /// Surgeons leave pieces of several millimetres; smaller bodies are noise.
  double least_volume_mm3 = 5;
  /// Bone is as dark as a pad; so near to it only what was not dark before counts.
  double bone_margin_mm = 0.75;
  /// Nerve and pad touch up to the smaller gap, and do not from the larger one on: a cleft of 0.25
  /// mm is not seen at voxels of 0.5 mm.
  double touching_gap_mm = 0.25;
  double separate_gap_mm = 0.75;
  /// Blood, air and glue are possible for so long after surgery.
  int early_weeks = 6;
  int threads = 0;
};

/// Throws Error(usage) naming the option.
void validate(const PadOptions& options);

/// An earlier date of the same patient.
struct EarlierDate {
  const FollowupDate* date = nullptr;
  RigidTransform earlier_from_this;  ///< takes this date's LPS points to the earlier date's
};

/// Decompression material beside the facial nerves of @p date.
///
/// Teflon felt is dark on every sequence, an artery is bright on TOF or CE-T1, a vein on CE-T1, and
/// nerve and brain are bright on both. With t the share of tissue or blood by TOF and CE-T1 (the
/// larger of the two, 0 at CSF's level, 1 at brain's) a place without a pad has the T2 signal
/// csf (1 - t) + brain t; what is missing to that, as a share of CSF's, is the deficit. Connected
/// bodies with a deficit, wide enough, off bone and off vessels whose blood is seen, are reported.
/// With @p earlier, what is dark now and was not then counts near bone as well.
///
/// A body is called a pad where CE-T1 reaches it (it is dark there) or where it is no tube and
/// continues no vessel; it stays ambiguous otherwise, on T2 alone, and before options.early_weeks.
/// Volume is the deficit summed up, which blur does not change, over that of the body's core. Its
/// range: at least as if the core had no signal at all, less 0.1 mm all around; at most all that is
/// dark on T2 within a millimetre, because edges against brain, nerve and vessel show no loss of
/// signal. ComparedPad::share is filled in, Pad::surface is left empty.
/// rim_enhances tells on CE-T1 whether what surrounds the body is brighter than 1.3 of brain on
/// half of the places next to it: a sign of granuloma. Side by side, along each nerve: "P1"...
std::vector<ComparedPad> findPads(const FollowupDate& date,
                                  const std::optional<EarlierDate>& earlier = {},
                                  std::optional<int> weeks_since_surgery = {},
                                  const PadOptions& options = {}, const Progress& progress = {});

}  // namespace neurovasc::followup
