#pragma once

#include <optional>
#include <string>
#include <vector>

#include "neurovasc/core/assessment.h"
#include "neurovasc/interop/source_study.h"
#include "report_tree.h"

namespace neurovasc::interop {

/// What the parts of a report on one study have in common. Everything is added to the group whose
/// body it is called in.
class ReportItems {
 public:
  using Body = ReportTree::Body;

  ReportItems(ReportTree& tree, const ExportContext& context) : tree_(tree), context_(context) {}

  ReportTree& tree() const { return tree_; }
  const ExportContext& context() const { return context_; }

  /// A TID 1501 group; its tracking UID is that of @p identity, which lasts from one analysis to
  /// the next.
  void group(const std::string& id, const std::string& identity, const Body& body) const;

  /// This program, or a person, as the observer (TID 1001).
  void programObserves() const;
  void personObserves(const std::string& person_name) const;

  void track(const std::string& id, const std::string& uid) const;
  void algorithm() const;
  void site(const imaging::Code& where, const imaging::Code& laterality) const;
  void facialNerve(Side side) const;

  /// Nothing where @p words is empty.
  void words(ReportTree::Relation relation, Concept name, const std::string& words) const;
  void yesOrNo(Concept name, bool yes) const;

  /// Kind and name of the vessel, state, zone and grades.
  void judgements(const Contact& contact) const;
  /// How far the nerve was found, its landmarks and centre line.
  void nerve(const Nerve& nerve) const;
  void landmarks(const NerveLandmarks& landmarks) const;
  void zone(const ZoneFinding& zone) const;
  void tube(const Tube& tube) const;
  void point(Concept name, const Point3& lps_mm) const;
  /// The line from nerve to vessel at their nearest, where it was measured.
  void nearestPair(ReportTree::Relation relation, const Contact& contact) const;

 private:
  void landmark(Concept name, const std::optional<Landmark>& landmark) const;

  ReportTree& tree_;
  const ExportContext& context_;
};

/// Numbers with spaces between, to so many decimals. Those that are not finite are "-".
std::string numbersText(const std::vector<double>& values, int decimals);

}  // namespace neurovasc::interop
