#include "report_tree.h"

#include <algorithm>
#include <cmath>

#include "dataset_writer.h"
#include "neurovasc/core/error.h"
#include "neurovasc/core/text.h"

namespace neurovasc::interop {
namespace {

DSRCodedEntryValue entry(const imaging::Code& code) {
  return {code.value.c_str(), code.scheme.c_str(), code.meaning.c_str()};
}

DSRCodedEntryValue entry(Concept id) { return entry(codeOf(id)); }

std::string asciiOf(std::string text) {
  std::replace_if(
      text.begin(), text.end(), [](unsigned char c) { return c > 127; }, '?');
  return text;
}

/// To 1e-4 mm, which the 24 bits of a Float32 hold within 800 mm.
Float32 coordinate(double mm) {
  constexpr double kSteps = 1e4;
  return static_cast<Float32>(std::round(mm * kSteps) / kSteps);
}

}  // namespace

std::size_t ReportTree::add(Relation relation, DSRTypes::E_ValueType type,
                            std::optional<Concept> name, const Body& set, const Body& body) {
  const bool is_root = relation == DSRTypes::RT_isRoot;
  const std::size_t number = tree_.addContentItem(
      relation, type, is_root ? DSRTypes::AM_afterCurrent : DSRTypes::AM_belowCurrent);
  if (number == 0) {
    throw Error(ErrorCode::internal, "an item does not fit into the structured report" +
                                         (name ? ": " + codeOf(*name).meaning : std::string()));
  }
  if (name) {
    requireDone(tree_.getCurrentContentItem().setConceptName(entry(*name)));
  }
  if (set) {
    set();
  }
  if (body) {
    body();
  }
  if (!is_root) {
    tree_.goUp();
  }
  return number;
}

void ReportTree::root(Concept name, const char* template_id, const Body& body) {
  add(
      DSRTypes::RT_isRoot, DSRTypes::VT_Container, name,
      [&] {
        requireDone(tree_.getCurrentContentItem().setTemplateIdentification(template_id, "DCMR"));
      },
      body);
}

std::size_t ReportTree::container(Concept name, const char* template_id, const Body& body) {
  const auto identify = [&] {
    if (template_id != nullptr) {
      requireDone(tree_.getCurrentContentItem().setTemplateIdentification(template_id, "DCMR"));
    }
  };
  return add(DSRTypes::RT_contains, DSRTypes::VT_Container, name, identify, body);
}

void ReportTree::code(Relation relation, Concept name, const imaging::Code& value,
                      const Body& body) {
  add(
      relation, DSRTypes::VT_Code, name,
      [&] { requireDone(tree_.getCurrentContentItem().setCodeValue(entry(value))); }, body);
}

void ReportTree::text(Relation relation, Concept name, const std::string& value) {
  const std::string written = utf8_ ? value : asciiOf(value);
  add(relation, DSRTypes::VT_Text, name,
      [&] { requireDone(tree_.getCurrentContentItem().setStringValue(written.c_str())); }, {});
}

void ReportTree::uid(Relation relation, Concept name, const std::string& value) {
  add(relation, DSRTypes::VT_UIDRef, name,
      [&] { requireDone(tree_.getCurrentContentItem().setStringValue(value.c_str())); }, {});
}

void ReportTree::person(Relation relation, Concept name, const std::string& value) {
  add(relation, DSRTypes::VT_PName, name,
      [&] { requireDone(tree_.getCurrentContentItem().setStringValue(value.c_str())); }, {});
}

void ReportTree::uncertainty(const Measure& measure) {
  if (measure.derivation) {
    code(DSRTypes::RT_hasConceptMod, Concept::derivation, *measure.derivation);
  }
  if (measure.value && measure.sd) {
    number(DSRTypes::RT_hasProperties,
           {Concept::uncertainty, measure.sd, measure.unit, measure.decimals, std::nullopt,
            Concept::standard_deviation});
  }
}

void ReportTree::number(Relation relation, const Measure& measure, const Body& body) {
  const auto set = [&] {
    const bool known = measure.value && std::isfinite(*measure.value);
    const DSRNumericMeasurementValue value =
        known ? DSRNumericMeasurementValue(fixedDecimals(*measure.value, measure.decimals).c_str(),
                                           entry(measure.unit))
              : DSRNumericMeasurementValue(entry(missing_));
    requireDone(tree_.getCurrentContentItem().setNumericValue(value));
  };
  add(relation, DSRTypes::VT_Num, measure.name, set, [&] {
    uncertainty(measure);
    if (body) {
      body();
    }
  });
}

void ReportTree::image(Relation relation, std::optional<Concept> name,
                       const std::string& sop_class_uid, const std::string& sop_instance_uid,
                       std::optional<int> segment, int frame) {
  DSRImageReferenceValue reference(sop_class_uid.c_str(), sop_instance_uid.c_str());
  if (segment) {
    reference.getSegmentList().addItem(static_cast<Uint16>(*segment));
  }
  if (frame > 0) {
    reference.getFrameList().addItem(frame);
  }
  add(relation, DSRTypes::VT_Image, name,
      [&] { requireDone(tree_.getCurrentContentItem().setImageReference(reference)); }, {});
}

void ReportTree::points(Relation relation, Concept name, const std::vector<Point3>& points_mm,
                        const std::string& frame_of_reference) {
  DSRSpatialCoordinates3DValue value(points_mm.size() == 1 ? DSRTypes::GT3_Point
                                                           : DSRTypes::GT3_Polyline);
  for (const Point3& p : points_mm) {
    value.getGraphicDataList().addItem(coordinate(p.x), coordinate(p.y), coordinate(p.z));
  }
  requireDone(value.setFrameOfReferenceUID(frame_of_reference.c_str()));
  add(relation, DSRTypes::VT_SCoord3D, name,
      [&] { requireDone(tree_.getCurrentContentItem().setSpatialCoordinates3D(value)); }, {});
}

void ReportTree::refer(Relation relation, std::size_t number) {
  if (tree_.addByReferenceRelationship(relation, number) == 0) {
    throw Error(ErrorCode::internal, "a reference does not fit into the structured report");
  }
}

}  // namespace neurovasc::interop
