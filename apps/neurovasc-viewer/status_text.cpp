#include "status_text.h"

#include <QStringList>
#include <cmath>

#include "neurovasc/core/tube.h"

namespace neurovasc::viewer {
namespace {

QString number(double value) { return QString::number(value, 'f', 1); }

QString valueOf(const char* series, const ImageF& image, const Point3& p) {
  const bool reaches = !image.empty() && image.geometry().contains(p);
  return QString("%1 %2").arg(
      series, reaches ? QString::number(std::lround(interpolate(image, p))) : QString("-"));
}

QString valuesOf(const ShownDate& date, const Point3& p) {
  QStringList values = {valueOf("T2", date.scene.t2.image, p)};
  if (date.scene.tof) {
    values << valueOf("TOF", date.scene.tof->image, p);
  }
  if (date.ce_t1) {
    values << valueOf("CE-T1", date.ce_t1->image, p);
  }
  return values.join("  ");
}

/// Only next to a nerve: elsewhere "along the nerve" says nothing.
QString alongNerve(const ShownDate& date, const Point3& p) {
  constexpr double kBeside_mm = 3;
  for (const scene::SceneNerve& nerve : date.scene.nerves) {
    if (nerve.name != NerveName::facial || nerve.tube.size() < 2) {
      continue;
    }
    const Projection at = project(nerve.tube.points_mm, p);
    if (at.distance_mm < kBeside_mm) {
      return QString("   %1 VII, %2 mm from the root exit")
          .arg(nerve.side == Side::left ? "left" : "right", number(at.arclength_mm));
    }
  }
  return {};
}

}  // namespace

QString statusOf(const ShownStudy& study, const ViewState& state, const Point3& p) {
  QStringList parts;
  for (const ShownDate& date : study.dates) {
    const Point3 own = date.own_from_shown(p);
    const QString head = date.title.isEmpty() ? QString() : date.title.section(',', 0, 0) + ": ";
    parts << QString("%1LPS %2, %3, %4 mm   %5")
                 .arg(head, number(own.x), number(own.y), number(own.z), valuesOf(date, p));
  }
  const QString along = state.areResultsShown() ? alongNerve(study.dates.front(), p) : QString();
  return parts.join("   |   ") + along;
}

}  // namespace neurovasc::viewer
