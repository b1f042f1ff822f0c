#pragma once

#include <dcmtk/config/osconfig.h>
#include <dcmtk/dcmsr/dsrdoc.h>

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "neurovasc/core/geometry.h"
#include "neurovasc/interop/codes.h"
#include "neurovasc/interop/source_study.h"

namespace neurovasc::interop {

/// A measure for the report; an empty value is one that was not obtained.
struct Measure {
  Concept name = Concept::distance;
  std::optional<double> value;
  Concept unit = Concept::millimeter;
  int decimals = 4;  ///< as in assessment.json
  std::optional<double> sd = std::nullopt;
  std::optional<Concept> derivation = std::nullopt;
};

/// Adds items to a DCMTK document tree. Whatever is added inside a body becomes a child of the item
/// that the body belongs to.
class ReportTree {
 public:
  using Relation = DSRTypes::E_RelationshipType;
  using Body = std::function<void()>;

  /// @p missing says why a measure without a value has none (CID 42). Where the object's character
  /// set is not @p utf8, letters beyond ASCII in texts become '?'.
  ReportTree(DSRDocumentTree& tree, Concept missing, bool utf8 = true)
      : tree_(tree), missing_(missing), utf8_(utf8) {}

  void root(Concept name, const char* template_id, const Body& body);
  /// Returns the item's number, for refer().
  std::size_t container(Concept name, const char* template_id, const Body& body);
  void code(Relation relation, Concept name, const imaging::Code& value, const Body& body = {});
  void code(Relation relation, Concept name, Concept value, const Body& body = {}) {
    code(relation, name, codeOf(value), body);
  }
  void text(Relation relation, Concept name, const std::string& value);
  void uid(Relation relation, Concept name, const std::string& value);
  void person(Relation relation, Concept name, const std::string& value);
  void number(Relation relation, const Measure& measure, const Body& body = {});
  void image(Relation relation, std::optional<Concept> name, const std::string& sop_class_uid,
             const std::string& sop_instance_uid, std::optional<int> segment = std::nullopt,
             int frame = 0);
  /// A point, or with several points an open line, in @p frame_of_reference; to 1e-4 mm as in
  /// assessment.json.
  void points(Relation relation, Concept name, const std::vector<Point3>& points_mm,
              const std::string& frame_of_reference);
  /// From the item whose body this is to item @p number.
  void refer(Relation relation, std::size_t number);

 private:
  std::size_t add(Relation relation, DSRTypes::E_ValueType type, std::optional<Concept> name,
                  const Body& set, const Body& body);
  void uncertainty(const Measure& measure);

  DSRDocumentTree& tree_;
  Concept missing_;
  bool utf8_;
};

}  // namespace neurovasc::interop
