#include "pacs_copies.h"

namespace neurovasc::archive {

void joinCopies(Database& database) {
  Transaction transaction(database);
  database.execute(R"sql(
    UPDATE pacs_studies SET study_id = (
        SELECT f.id FROM studies f JOIN studies s ON f.uid_key = s.uid_key
        WHERE s.id = pacs_studies.study_id AND f.source = 'files' AND f.present
        ORDER BY f.key LIMIT 1)
    WHERE study_id IN (
        SELECT s.id FROM studies s JOIN studies f ON f.uid_key = s.uid_key
        WHERE s.source = 'pacs' AND f.source = 'files' AND f.present);
    DELETE FROM studies WHERE source = 'pacs' AND key NOT IN (SELECT key FROM jobs)
        AND NOT EXISTS (SELECT 1 FROM pacs_studies p WHERE p.study_id = studies.id);
    UPDATE studies SET present = 0 WHERE source = 'pacs' AND present
        AND NOT EXISTS (SELECT 1 FROM pacs_studies p WHERE p.study_id = studies.id);
  )sql");
  transaction.commit();
}

}  // namespace neurovasc::archive
