#pragma once

#include <cstddef>
#include <vector>

#include "neurovasc/anatomy/vessels.h"
#include "neurovasc/core/tube.h"
#include "vessel_fit.h"

namespace neurovasc::anatomy {

/// A stretch of tube of one kind.
struct Piece {
  FittedLine line;
  VesselKind kind = VesselKind::unknown;
  double kind_confidence = 0;
  bool enhances = false;  ///< CE-T1 shows blood in it, an artery's or a vein's
};

/// The points [begin, end) of @p line.
FittedLine sliced(const FittedLine& line, std::size_t begin, std::size_t end);

/// Running median over +-@p half entries.
std::vector<double> runningMedian(const std::vector<double>& values, int half);

/// The stretches of @p line that TOF shows to hold flowing blood. What lies between them is left to
/// the search for dark tubes. Where the line runs on the axis of a nerve it follows the nerve, not
/// an artery; what is wide enough for T2 to show it must be a flow void there.
std::vector<Piece> arterialPieces(const FittedLine& line, const VesselImages& images,
                                  const VesselOptions& options);

/// The stretches of @p line that stand free in CSF as a dark tube, that lie on the brain as a flow
/// void, or that hold blood on CE-T1. Bone edges, folia and dura fail: half of what surrounds them
/// is as dark as they are. In the canal it takes blood: its other dark strands are nerves. Blood on
/// CE-T1 that TOF shows to flow is an artery's, of which the search for arteries left a part.
std::vector<Piece> darkPieces(const FittedLine& line, const VesselImages& images,
                              const VesselOptions& options);

/// The stretches of @p line, at least a centimetre long, that are voids as wide as a vertebral or
/// basilar artery, near the brain and the midline. They need not stand free: in thick slices and
/// narrow cisterns these arteries seem to touch brain and skull, but a disc explains them, which it
/// does not do for the skull.
std::vector<Piece> trunkPieces(const FittedLine& line, const VesselImages& images,
                               const HeadFrame& frame, const VesselOptions& options);

/// Takes out pieces that run inside longer ones over half of their length: one tube, traced twice.
void dropTwins(std::vector<Piece>& pieces);

/// Takes out short arterial pieces that neither meet another one nor come near one of @p nerves.
void dropStrays(const std::vector<Tube>& nerves, std::vector<Piece>& pieces);

/// Distance from any point of @p line_mm to the nearest of @p nerves; 0 without any.
double distanceToNerves(const std::vector<Point3>& line_mm, const std::vector<Tube>& nerves);

/// Whether a fitted line has the form of a vessel: long for its greatest width, or darkness on T2
/// that a disc explains.
bool isTube(const FittedLine& line);

/// Whether a traced line may be a tube at all, before the costly fit: somewhere along it the circle
/// around it is not mostly bone.
bool worthFitting(const TracedLine& line, const VesselImages& images);

}  // namespace neurovasc::anatomy
