#include "schema.h"

#include <array>
#include <string>

#include "neurovasc/core/error.h"

namespace neurovasc::archive {
namespace {

// A step is never changed once released: later ones are put after it.
constexpr const char* kFirst = R"sql(
CREATE TABLE scans (
  id INTEGER PRIMARY KEY,
  started TEXT NOT NULL,
  ended TEXT,                      -- NULL: was interrupted
  version TEXT NOT NULL,
  files_met INTEGER,
  files_read INTEGER
);
CREATE TABLE folders (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,       -- absolute
  container INTEGER NOT NULL,      -- 1: a zip or tar, whose members are the files
  size INTEGER,                    -- of a container
  mtime_ns INTEGER,                -- of a container
  reason TEXT                      -- why it cannot be read
);
CREATE TABLE patients (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  birth_key TEXT,
  birth_conflict INTEGER NOT NULL DEFAULT 0
);
CREATE TABLE studies (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL UNIQUE,
  patient_id INTEGER NOT NULL REFERENCES patients (id),
  day INTEGER,                     -- shifted by the patient's secret number of days
  surgery_order TEXT NOT NULL DEFAULT 'order_unknown',  -- pre, post
  days_after_surgery INTEGER,
  present INTEGER NOT NULL,
  files INTEGER NOT NULL,
  bytes INTEGER NOT NULL
);
CREATE INDEX studies_by_patient ON studies (patient_id, day);
CREATE TABLE series (
  study_id INTEGER NOT NULL REFERENCES studies (id) ON DELETE CASCADE,
  id TEXT NOT NULL,                -- s1, s2
  number INTEGER,
  description TEXT NOT NULL,       -- cleaned of identity
  role TEXT NOT NULL,
  chosen INTEGER NOT NULL,
  resolution TEXT NOT NULL,        -- quantitative, visual_only, too_thick
  voxel_mm REAL NOT NULL,          -- the coarsest side
  slices INTEGER NOT NULL,
  missing_slices INTEGER NOT NULL,
  manufacturer TEXT NOT NULL,
  field_strength_t REAL,
  PRIMARY KEY (study_id, id)
) WITHOUT ROWID;
CREATE TABLE series_problems (
  study_id INTEGER NOT NULL,
  series_id TEXT NOT NULL,
  kind TEXT NOT NULL,
  text TEXT NOT NULL,
  FOREIGN KEY (study_id, series_id) REFERENCES series (study_id, id) ON DELETE CASCADE
);
CREATE INDEX series_problems_by_series ON series_problems (study_id, series_id);
CREATE TABLE files (
  folder_id INTEGER NOT NULL REFERENCES folders (id),
  name TEXT NOT NULL,
  size INTEGER NOT NULL,
  mtime_ns INTEGER NOT NULL,       -- 0 in containers
  state TEXT NOT NULL,             -- image, ignored, unreadable
  reason TEXT,
  study_id INTEGER REFERENCES studies (id),
  PRIMARY KEY (folder_id, name)
) WITHOUT ROWID;
CREATE INDEX files_by_study ON files (study_id);
CREATE TABLE jobs (
  key TEXT PRIMARY KEY,            -- of the study; of a comparison EARLIER-LATER
  state TEXT NOT NULL,             -- done, failed
  attempts INTEGER NOT NULL,
  exit_code INTEGER NOT NULL,
  code TEXT NOT NULL,
  reason TEXT NOT NULL,
  version TEXT NOT NULL,
  options_hash TEXT NOT NULL,
  input_files INTEGER NOT NULL,    -- what the study was when it was run
  input_bytes INTEGER NOT NULL,
  seconds REAL NOT NULL,
  peak_mib REAL NOT NULL,
  folder TEXT NOT NULL             -- of the result
) WITHOUT ROWID;
CREATE TABLE results (
  job_key TEXT PRIMARY KEY REFERENCES jobs (key) ON DELETE CASCADE,
  assessment_sha256 TEXT NOT NULL  -- what sides and contacts were read from
) WITHOUT ROWID;
CREATE TABLE sides (
  job_key TEXT NOT NULL REFERENCES results (job_key) ON DELETE CASCADE,
  side TEXT NOT NULL,
  finding TEXT NOT NULL,
  nerve TEXT NOT NULL,             -- segmented, partial, not_found
  contacts INTEGER NOT NULL,
  touching INTEGER NOT NULL,       -- of them with a probability of 0.5 or more
  largest_probability REAL,
  smallest_distance_mm REAL,
  largest_indentation_mm REAL,
  zones_not_assessable TEXT NOT NULL,  -- separated by commas
  PRIMARY KEY (job_key, side)
) WITHOUT ROWID;
CREATE TABLE contacts (
  job_key TEXT NOT NULL REFERENCES results (job_key) ON DELETE CASCADE,
  side TEXT NOT NULL,
  id TEXT NOT NULL,                -- L1, R1
  vessel_id TEXT NOT NULL,
  vessel_kind TEXT NOT NULL,
  vessel_name TEXT NOT NULL,
  vessel_name_confidence REAL,
  vessel_diameter_mm REAL,
  distance_mm REAL,
  distance_sd_mm REAL,
  probability REAL,
  state TEXT,                      -- touching, below_resolution, separate
  zone TEXT,
  arclength_mm REAL,
  area_mm2 REAL,
  length_mm REAL,
  clock_h REAL,
  angle_deg REAL,
  indentation_mm REAL,
  displacement_mm REAL,
  calibre_ratio REAL,
  campos_benitez TEXT,
  sindou TEXT,
  PRIMARY KEY (job_key, id)
) WITHOUT ROWID;
CREATE TABLE surgeries (
  patient_key TEXT NOT NULL,
  day INTEGER NOT NULL,            -- shifted as the patient's studies
  PRIMARY KEY (patient_key, day)
) WITHOUT ROWID;
CREATE TABLE pairs (
  pre_key TEXT NOT NULL,
  post_key TEXT NOT NULL,
  PRIMARY KEY (pre_key, post_key)
) WITHOUT ROWID;
)sql";

// Verdicts outlive results: one on an older result is of use to who compares readers.
constexpr const char* kQualityControl = R"sql(
CREATE TABLE qc (
  job_key TEXT NOT NULL,
  result TEXT NOT NULL,            -- SHA-256 of the assessment.json that was judged
  reader TEXT NOT NULL,
  verdict TEXT NOT NULL,           -- accept, unsure, reject
  time TEXT NOT NULL,              -- of the verdict, UTC
  reason TEXT NOT NULL,
  PRIMARY KEY (job_key, result, reader)
) WITHOUT ROWID;
)sql";

constexpr const char* kComparisons = R"sql(
CREATE TABLE compared_sides (
  job_key TEXT NOT NULL REFERENCES jobs (key) ON DELETE CASCADE,
  earlier_key TEXT NOT NULL,
  later_key TEXT NOT NULL,
  side TEXT NOT NULL,
  outcome TEXT NOT NULL,
  findings TEXT NOT NULL,          -- separated by commas
  resolved INTEGER NOT NULL,       -- contacts of the earlier study that are no more
  persisting INTEGER NOT NULL,     -- that are there still
  appeared INTEGER NOT NULL,       -- of the later study alone
  unclear INTEGER NOT NULL,        -- within the error, or not to be seen
  PRIMARY KEY (job_key, side)
) WITHOUT ROWID;
)sql";

constexpr const char* kBids = R"sql(
ALTER TABLE studies ADD COLUMN surgery_day INTEGER;  -- of a BIDS session, shifted as day
ALTER TABLE series ADD COLUMN file TEXT;             -- path of the image of a BIDS session
)sql";

// What a PACS tells stands apart from what files tell: a study may have both, and its files count.
constexpr const char* kPacs = R"sql(
ALTER TABLE scans ADD COLUMN node TEXT;  -- the PACS that was asked; NULL: files were read
ALTER TABLE studies ADD COLUMN source TEXT NOT NULL DEFAULT 'files';  -- pacs: it is there alone
ALTER TABLE studies ADD COLUMN uid_key TEXT;  -- keyed hash of the Study Instance UID alone
CREATE INDEX studies_by_uid ON studies (uid_key);
CREATE TABLE pacs_studies (
  node TEXT NOT NULL,              -- the PACS, by its name
  study_uid TEXT NOT NULL,         -- Study Instance UID, by which it is fetched
  study_id INTEGER NOT NULL REFERENCES studies (id) ON DELETE CASCADE,
  patient_key TEXT NOT NULL,       -- of the patient's number at the PACS
  day INTEGER,                     -- shifted by that patient's secret number of days
  told TEXT NOT NULL,              -- keyed hash of what the PACS says of the study
  images INTEGER,                  -- of its MR series; NULL: not told
  all_series INTEGER NOT NULL,     -- 0: it has more series than the PACS told of
  present INTEGER NOT NULL,        -- 0: it left the PACS
  PRIMARY KEY (node, study_uid)
) WITHOUT ROWID;
CREATE INDEX pacs_studies_by_study ON pacs_studies (study_id);
CREATE TABLE pacs_series (
  node TEXT NOT NULL,
  study_uid TEXT NOT NULL,
  id TEXT NOT NULL,                -- s1, s2
  number INTEGER,
  description TEXT NOT NULL,       -- cleaned of identity
  role TEXT,                       -- NULL: not known before the images are there
  chosen INTEGER NOT NULL,
  resolution TEXT,                 -- likewise
  voxel_mm REAL,                   -- the coarsest side that is told
  images INTEGER,
  manufacturer TEXT NOT NULL,
  field_strength_t REAL,
  PRIMARY KEY (node, study_uid, id),
  FOREIGN KEY (node, study_uid) REFERENCES pacs_studies (node, study_uid) ON DELETE CASCADE
) WITHOUT ROWID;
)sql";

constexpr std::array kMigrations = {kFirst, kQualityControl, kComparisons, kBids, kPacs};

std::int64_t pragma(const Database& database, const std::string& name) {
  Statement statement = database.prepare("PRAGMA " + name);
  return statement.next() ? statement.integer(0) : 0;
}

}  // namespace

int schemaVersion() { return static_cast<int>(kMigrations.size()); }

int schemaOf(const Database& database) {
  return static_cast<int>(pragma(database, "user_version"));
}

bool isEmpty(const Database& database) {
  return pragma(database, "application_id") == 0 && pragma(database, "user_version") == 0 &&
         !database.prepare("SELECT 1 FROM sqlite_master").next();
}

void requireCatalogue(const Database& database, const std::filesystem::path& file) {
  if (pragma(database, "application_id") != kApplicationId) {
    throw Error(ErrorCode::input_unreadable, file.string() + " is no catalogue of this program",
                "Name another --catalog, or make one with 'neurovasc archive index'.");
  }
  if (pragma(database, "user_version") > schemaVersion()) {
    throw Error(ErrorCode::input_unreadable, file.string() + " was made by a newer program",
                "Use that version, or index into a new catalogue.");
  }
}

void migrate(Database& database) {
  for (auto done = pragma(database, "user_version"); done < schemaVersion();
       done = pragma(database, "user_version")) {
    Transaction step(database);
    // Another program may have been quicker.
    if (pragma(database, "user_version") == done) {
      database.execute(kMigrations[static_cast<std::size_t>(done)]);
      database.execute("PRAGMA application_id = " + std::to_string(kApplicationId));
      database.execute("PRAGMA user_version = " + std::to_string(done + 1));
    }
    step.commit();
  }
}

}  // namespace neurovasc::archive
