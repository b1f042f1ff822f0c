#include "neurovasc/pipeline/review.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <string>
#include <utility>
#include <vector>

#include "command.h"
#include "neurovasc/core/terms.h"
#include "neurovasc/result/review_file.h"

namespace neurovasc::app {
namespace {

using Texts = std::vector<std::string>;

po::options_description reviewOptions() {
  const auto many = [](const char* value) {
    return po::value<Texts>()->composing()->value_name(value);
  };
  po::options_description options("Review");
  options.add_options()("result", po::value<std::string>()->value_name("RESULT"),
                        "result folder of analyze; may stand without --result")(
      "reader", po::value<std::string>()->value_name("NAME"),
      "who reads: name or initials; each reader has a review of their own")(
      "accept", many("ID"),
      "this contact stands as it was found (L1); may be repeated, as all below")(
      "reject", many("ID"), "no vessel comes near the nerve here")(
      "state", many("ID=S"), "S is touching, below_resolution or separate")(
      "kind", many("ID=K"), "K is artery, vein, pad or unknown")(
      "name", many("ID=N"), "N is VA, BA, AICA, PICA, SCA, vein or unknown")(
      "grade", many("ID=G"), "G is none, mild, moderate or severe (Campos-Benitez)")(
      "comment", many("ID=TEXT"), "the reader's words on a contact")(
      "zone", many("SIDE:ZONE=S"),
      "S is contact, clear or not_assessable; ZONE is RExP, AS, RDP, TZ, CP or IAC")(
      "landmarks", po::value<std::string>()->value_name("FILE"),
      "landmarks moved by the reader, as for analyze; their sides are measured anew");
  return options;
}

[[noreturn]] void failValue(const std::string& option, const std::string& text,
                            const std::string& wanted) {
  throw Error(ErrorCode::usage, fmt::format("--{}: '{}' is not {}", option, text, wanted));
}

/// "L1=PICA" in two.
std::pair<std::string, std::string> keyAndValue(const std::string& option,
                                                const std::string& text) {
  const auto equals = text.find('=');
  if (equals == std::string::npos || equals == 0 || equals + 1 == text.size()) {
    failValue(option, text,
              "of the form " + std::string(option == "zone" ? "SIDE:ZONE" : "ID") + "=VALUE");
  }
  return {text.substr(0, equals), text.substr(equals + 1)};
}

/// The enumerator of that name.
template <typename Enum>
Enum parsed(const std::string& option, const std::string& text,
            std::initializer_list<Enum> values) {
  std::string known;
  for (const Enum value : values) {
    if (neurovasc::name(value) == text) {
      return value;
    }
    known += (known.empty() ? "" : ", ") + std::string(neurovasc::name(value));
  }
  failValue(option, text, "one of " + known);
}

/// Gathers what the options say of each contact.
class Verdicts {
 public:
  explicit Verdicts(const Arguments& arguments) : arguments_(arguments) {}

  void decide(const std::string& option, Decision decision) {
    for (const std::string& id : texts(option)) {
      of(id).decision = decision;
    }
  }
  template <typename Member, typename Enum>
  void set(const std::string& option, Member member, std::initializer_list<Enum> values) {
    for (const std::string& text : texts(option)) {
      const auto [id, value] = keyAndValue(option, text);
      of(id).*member = parsed(option, value, values);
    }
  }
  void comment() {
    for (const std::string& text : texts("comment")) {
      const auto [id, words] = keyAndValue("comment", text);
      of(id).comment = words;
    }
  }
  std::vector<ContactVerdict> take() && { return std::move(verdicts_); }

 private:
  Texts texts(const std::string& option) const {
    return arguments_.find<Texts>(option).value_or(Texts{});
  }
  ContactVerdict& of(const std::string& id) {
    for (ContactVerdict& verdict : verdicts_) {
      if (verdict.contact_id == id) {
        return verdict;
      }
    }
    verdicts_.emplace_back().contact_id = id;
    return verdicts_.back();
  }

  const Arguments& arguments_;
  std::vector<ContactVerdict> verdicts_;
};

std::vector<ContactVerdict> verdictsOf(const Arguments& arguments) {
  using State = ContactState;
  using Kind = ReviewedKind;
  using Name = VesselName;
  using Grade = CamposBenitezGrade;
  Verdicts verdicts(arguments);
  verdicts.decide("accept", Decision::accepted);
  verdicts.decide("reject", Decision::rejected);
  verdicts.set("state", &ContactVerdict::state,
               {State::touching, State::below_resolution, State::separate});
  verdicts.set("kind", &ContactVerdict::kind, {Kind::artery, Kind::vein, Kind::pad, Kind::unknown});
  verdicts.set("name", &ContactVerdict::vessel_name,
               {Name::vertebral, Name::basilar, Name::aica, Name::pica, Name::sca, Name::vein,
                Name::unknown});
  verdicts.set("grade", &ContactVerdict::campos_benitez,
               {Grade::none, Grade::mild, Grade::moderate, Grade::severe});
  verdicts.comment();
  return std::move(verdicts).take();
}

/// "left:AS=clear"
ZoneVerdict zoneVerdict(const std::string& text) {
  const auto [place, status] = keyAndValue("zone", text);
  const auto colon = place.find(':');
  const auto side = parseSide(place.substr(0, colon));
  const auto zone =
      colon == std::string::npos ? std::optional<Zone>{} : parseZone(place.substr(colon + 1));
  if (!side || !zone) {
    failValue("zone", text, "of the form left:AS=clear");
  }
  return {
      *side,
      *zone,
      parsed("zone", status, {ZoneStatus::contact, ZoneStatus::clear, ZoneStatus::not_assessable}),
      {}};
}

pipeline::ReviewRequest requestOf(const Arguments& arguments) {
  pipeline::ReviewRequest request;
  request.result_folder = arguments.required("result");
  request.reader = arguments.required("reader");
  request.verdicts = verdictsOf(arguments);
  for (const std::string& text : arguments.find<Texts>("zone").value_or(Texts{})) {
    request.zones.push_back(zoneVerdict(text));
  }
  request.landmarks_file = arguments.find<std::string>("landmarks").value_or("");
  request.threads = arguments.threads();
  return request;
}

int run(const Arguments& arguments, const Terminal& terminal, const StopToken& stop) {
  const pipeline::ReviewOutcome outcome =
      pipeline::review(requestOf(arguments), terminal.progress(stop));
  terminal.result(arguments.json() ? result::toJson({outcome.review}) : outcome.report);
  terminal.note(fmt::format("saved in {}/{}", arguments.required("result"), result::kReviewFile));
  return 0;
}

}  // namespace

Command reviewCommand() {
  return {{"review",
           "review RESULT --reader NAME [--accept ID] [--reject ID] [options]",
           "Save a reader's word on a result beside it, and write the reports anew with it.",
           reviewOptions(),
           {"result"}},
          run};
}

}  // namespace neurovasc::app
