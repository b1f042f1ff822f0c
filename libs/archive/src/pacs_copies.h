#pragma once

#include "database.h"

namespace neurovasc::archive {

/// Has the row of study ?1 say what PACSes tell, unless it has files.
inline constexpr const char* kFallBackToPacs = R"sql(
UPDATE studies SET source = 'pacs', bytes = 0,
    present = (SELECT max(p.present) FROM pacs_studies p WHERE p.study_id = studies.id),
    files = (SELECT coalesce(max(p.images), 0) FROM pacs_studies p
             WHERE p.study_id = studies.id AND p.present)
WHERE id = ?1 AND NOT (source = 'files' AND present)
    AND EXISTS (SELECT 1 FROM pacs_studies p WHERE p.study_id = studies.id)
)sql";

/// Makes one study of those that are at a PACS and have files under another patient's number, and
/// forgets studies at a PACS that became part of another one and were never run.
/// In a transaction of its own.
void joinCopies(Database& database);

}  // namespace neurovasc::archive
