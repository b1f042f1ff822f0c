#include "neurovasc/archive/collect.h"

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <utility>
#include <vector>

#include "database.h"
#include "job_file.h"
#include "neurovasc/archive/run.h"
#include "neurovasc/core/assessment.h"
#include "neurovasc/core/error.h"
#include "stored_result.h"

namespace neurovasc::archive {
namespace {

namespace fs = std::filesystem;

std::string keptSha(const Database& database, const std::string& key) {
  Statement rows = database.prepare("SELECT assessment_sha256 FROM results WHERE job_key = ?");
  return rows.bind(key).first([](const Statement& row) { return row.text(0); }).value_or("");
}

bool isSame(const JobRow& a, const JobRow& b) {
  return a.state == b.state && a.attempts == b.attempts && a.exit_code == b.exit_code &&
         a.code == b.code && a.reason == b.reason && a.version == b.version &&
         a.options_hash == b.options_hash && a.input_files == b.input_files &&
         a.input_bytes == b.input_bytes && a.seconds == b.seconds && a.peak_mib == b.peak_mib &&
         a.folder == b.folder;
}

void writeJob(const Database& database, const JobRow& job) {
  database
      .prepare(
          "INSERT INTO jobs (key, state, attempts, exit_code, code, reason, version, options_hash, "
          "input_files, input_bytes, seconds, peak_mib, folder) "
          "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO UPDATE SET "
          "state = excluded.state, attempts = excluded.attempts, exit_code = excluded.exit_code, "
          "code = excluded.code, reason = excluded.reason, version = excluded.version, "
          "options_hash = excluded.options_hash, input_files = excluded.input_files, "
          "input_bytes = excluded.input_bytes, seconds = excluded.seconds, "
          "peak_mib = excluded.peak_mib, folder = excluded.folder")
      .run(job.key, name(job.state), job.attempts, job.exit_code, job.code, job.reason, job.version,
           job.options_hash, static_cast<std::int64_t>(job.input_files),
           static_cast<std::int64_t>(job.input_bytes), job.seconds, job.peak_mib, job.folder);
}

template <typename Enum>
std::optional<std::string> nameOf(const std::optional<Enum>& value) {
  return value ? std::optional<std::string>(name(*value)) : std::nullopt;
}

/// The smallest (or by the sign @p turn the largest) of a measure over all contacts of a side.
template <typename Measure>
std::optional<double> extreme(const SideAssessment& side, double turn, const Measure& measure) {
  std::optional<double> best;
  for (const Contact& contact : side.contacts) {
    const std::optional<double> value = measure(contact);
    if (value && (!best || turn * *value < turn * *best)) {
      best = value;
    }
  }
  return best;
}

std::string zonesUnseen(const SideAssessment& side) {
  std::string zones;
  for (const ZoneFinding& zone : side.zones) {
    if (zone.status == ZoneStatus::not_assessable) {
      zones += (zones.empty() ? "" : ",") + std::string(name(zone.zone));
    }
  }
  return zones;
}

void writeSide(const Database& database, const std::string& key, const SideAssessment& side) {
  const auto touching = std::count_if(side.contacts.begin(), side.contacts.end(), touches);
  database.prepare("INSERT INTO sides VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)")
      .run(key, name(side.side), name(side.finding), name(side.nerve.status),
           static_cast<std::int64_t>(side.contacts.size()), static_cast<std::int64_t>(touching),
           extreme(side, -1, [](const Contact& c) { return c.contact_probability; }),
           extreme(side, 1, [](const Contact& c) { return c.distance_mm; }),
           extreme(side, -1, [](const Contact& c) { return c.deformity.indentation_mm; }),
           zonesUnseen(side));
}

void writeContact(Statement& insert, const std::string& key, Side side, const Contact& c) {
  insert.run(key, name(side), c.id, c.vessel_id, name(c.kind), name(c.vessel_name),
             c.name_confidence, c.diameter_mm, c.distance_mm, c.distance_sd_mm,
             c.contact_probability, nameOf(c.state), nameOf(c.zone), c.arclength_mm, c.area_mm2,
             c.length_mm, c.clock_h, c.angle_deg, c.deformity.indentation_mm,
             c.deformity.displacement_mm, c.deformity.calibre_ratio, nameOf(c.campos_benitez),
             nameOf(c.sindou));
}

void writeResult(const Database& database, const JobFile& job, const Assessment& assessment) {
  const std::string& key = job.row.key;
  database.prepare("INSERT INTO results VALUES (?, ?)").run(key, job.assessment_sha256);
  Statement insert = database.prepare(
      "INSERT INTO contacts VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, "
      "?, ?)");
  for (const SideAssessment& side : assessment.sides) {
    writeSide(database, key, side);
    for (const Contact& contact : side.contacts) {
      writeContact(insert, key, side.side, contact);
    }
  }
}

std::string listed(const std::vector<FollowupFinding>& findings) {
  std::string text;
  for (const FollowupFinding finding : findings) {
    text += (text.empty() ? "" : ",") + std::string(name(finding));
  }
  return text;
}

std::int64_t countOf(const SideComparison& side, std::initializer_list<ContactChange> changes) {
  return std::count_if(side.contacts.begin(), side.contacts.end(), [&](const TrackedContact& c) {
    return c.state && std::find(changes.begin(), changes.end(), *c.state) != changes.end();
  });
}

void writeComparison(const Database& database, const std::string& key,
                     const Comparison& comparison) {
  const std::size_t dash = key.find(kBetweenKeys);
  Statement insert =
      database.prepare("INSERT INTO compared_sides VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)");
  for (const SideComparison& side : comparison.sides) {
    insert.run(key, key.substr(0, dash), key.substr(dash + 1), name(side.side), name(side.outcome),
               listed(side.findings), countOf(side, {ContactChange::resolved}),
               countOf(side, {ContactChange::residual, ContactChange::moved}),
               countOf(side, {ContactChange::new_contact}),
               countOf(side, {ContactChange::within_error, ContactChange::not_assessable}));
  }
}

/// What a job's folder holds, as far as the catalogue keeps it.
struct Stored {
  std::optional<Assessment> assessment;
  std::optional<Comparison> comparison;
};

Stored storedBy(const JobRow& job, const fs::path& output) {
  Stored stored;
  if (job.folder.empty()) {
    return stored;
  }
  if (job.key.find(kBetweenKeys) == std::string::npos) {
    stored.assessment = readStoredAssessment(output / job.folder);
  } else {
    stored.comparison = readStoredComparison(output / job.folder);
  }
  return stored;
}

std::vector<std::string> keysIn(const fs::path& output) {
  std::vector<std::string> keys;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(output / kJobsFolder, error)) {
    const fs::path file = entry.path().filename();
    if (file.extension() == ".json" && file.string()[0] != '.') {
      keys.push_back(file.stem().string());
    }
  }
  std::sort(keys.begin(), keys.end());
  return keys;
}

}  // namespace

bool collectResult(Catalogue& catalogue, const fs::path& output, const std::string& key) {
  const auto job = readJobFile(output, key);
  const auto known = catalogue.job(key);
  Database& database = catalogue.database();
  if (!job ||
      (known && isSame(*known, job->row) && keptSha(database, key) == job->assessment_sha256)) {
    return false;
  }
  const Stored stored = storedBy(job->row, output);
  Transaction transaction(database);
  writeJob(database, job->row);
  database.prepare("DELETE FROM results WHERE job_key = ?").run(key);
  database.prepare("DELETE FROM compared_sides WHERE job_key = ?").run(key);
  if (stored.assessment) {
    writeResult(database, *job, *stored.assessment);
  }
  if (stored.comparison) {
    writeComparison(database, key, *stored.comparison);
  }
  transaction.commit();
  return true;
}

CollectSummary collectResults(Catalogue& catalogue, const fs::path& output,
                              const Progress& progress) {
  if (!fs::is_directory(output)) {
    throw Error(ErrorCode::input_unreadable, output.string() + " is no folder",
                "Name the folder that 'neurovasc archive run' filled.");
  }
  CollectSummary summary;
  const std::vector<std::string> keys = keysIn(output);
  for (const std::string& key : keys) {
    progress.report("collect", static_cast<double>(summary.met) / static_cast<double>(keys.size()),
                    "reading results");
    ++summary.met;
    try {
      summary.updated += collectResult(catalogue, output, key) ? 1U : 0U;
    } catch (const Error& error) {
      if (error.code() != ErrorCode::input_unreadable) {
        throw;
      }
      ++summary.unreadable;
      progress.warn(error.message());
    }
  }
  return summary;
}

}  // namespace neurovasc::archive
