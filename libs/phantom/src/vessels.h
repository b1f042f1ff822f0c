#pragma once

#include <array>
#include <list>
#include <optional>
#include <string>
#include <vector>

#include "course.h"
#include "nerves.h"
#include "random.h"
#include "scene.h"

namespace neurovasc::phantom {

/// A vessel that shall come near a facial nerve at a given place.
struct Visit {
  Side side = Side::left;
  std::string vessel;  ///< "VA", "AICA", "PICA" or "vein of CP fissure"
  Zone zone = Zone::attached_segment;
  double gap_mm = 0;
  double diameter_mm = 1;
  bool moved_away = false;  ///< lies off the nerve after surgery: its zone is not judged
  std::string beyond;  ///< in a tandem: the vessel between this one and the nerve; the gap is to it
  std::optional<double> turn_rad;  ///< round the free nerve: 0 in front, a quarter turn above
};

/// Where on the nerve, and from where the vessel comes.
struct Target {
  double arc_mm = 0;
  Vec3 outward;  ///< unit, from the nerve's axis to the vessel
};

/// Picks a place in the visit's zone; @p attempt varies it.
Target chooseTarget(const HeadLot& lot, const Visit& visit, const FacialNerve& nerve,
                    const HeadShape& head, int attempt);

/// Draws the arteries and veins of one head around its nerves. Whatever is drawn later goes round
/// what was drawn before.
class VesselPainter {
 public:
  VesselPainter(const HeadLot& lot, const HeadShape& head, const std::array<FacialNerve, 2>& facial,
                const std::vector<Strand>& nerves, double flow_factor);

  /// Vertebral and basilar arteries; a visit of "VA" takes its course past the nerve. The second of
  /// a tandem is left to paintBeyond().
  void paintTrunks(const std::vector<Visit>& visits);
  /// A branch or vein with its visit. Throws Error(internal) if no course meets it.
  void paintVisit(const Visit& visit);
  /// The vertebral artery that presses another vessel on the nerve.
  void paintBeyond(const Visit& visit);
  /// The usual vessels of that side but those painted, at least @p clearance_mm off the nerve.
  void paintUsual(Side side, double clearance_mm);

  const std::list<Strand>& vessels() const { return vessels_; }
  const Strand* find(const std::string& vessel, Side side) const;

 private:
  struct Draft {
    std::string vessel;
    Side side = Side::left;
    std::vector<Point3> knots;
    double radius_mm = 0.5;
    Tissue tissue = Tissue::artery;
    double speed_cm_s = 12;
  };

  const FacialNerve& facialOf(Side side) const { return facial_[side == Side::left ? 0 : 1]; }
  Point3 trunkPoint(const std::string& vessel, Side side, double cranial_mm) const;
  CourseRules rules(const Draft& draft, double facial_gap_mm) const;
  Strand strand(const Draft& draft, Tube tube) const;
  void paint(const Draft& draft, double clearance_mm);
  Draft visitDraft(const Visit& visit, const Target& target, const Point3& place,
                   const Vec3& across) const;
  Draft trunkDraft(Side side, const Point3& junction) const;
  Draft trunkPast(Draft draft, const Target& target, const Point3& place) const;
  Draft trunkAlong(const Visit& visit, const Point3& junction) const;
  Draft basilarDraft(double junction_lift_mm) const;
  Vec3 aicaLoop(Side side) const;
  Draft aicaDraft(Side side, Stream& random) const;
  Draft picaDraft(Side side, Stream& random) const;
  Draft scaDraft(Side side, Stream& random) const;
  void layVertebral(const Draft& draft, const Tube& on, double gap_mm);
  double misfit(const Visit& visit, const Tube& tube) const;
  Tube placed(const Visit& visit, const Draft& draft, const Point3& place, bool& fits) const;
  void paintVeins(Side side, double clearance_mm);
  void paintArteries(Side side, double clearance_mm);

  HeadLot lot_;
  const HeadShape& head_;
  const std::array<FacialNerve, 2>& facial_;
  const std::vector<Strand>& nerves_;
  double flow_factor_;
  std::list<Strand> vessels_;  // obstacles point into it
};

}  // namespace neurovasc::phantom
