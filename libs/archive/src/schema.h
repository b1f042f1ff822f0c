#pragma once

#include "database.h"

namespace neurovasc::archive {

/// In SQLite's header, so that file(1) and this program know a catalogue: "NVSC".
inline constexpr int kApplicationId = 0x4E565343;

/// The number of the newest schema (user_version): that of migrations.
int schemaVersion();

/// The schema that @p database has.
int schemaOf(const Database& database);

/// Whether @p database holds nothing yet, as when its maker was killed before the first table.
bool isEmpty(const Database& database);

/// Throws Error(input_unreadable) unless @p database is a catalogue of this or an older schema.
void requireCatalogue(const Database& database, const std::filesystem::path& file);

/// Makes the tables of an empty file, or brings older ones up to date, one transaction for each
/// step.
void migrate(Database& database);

}  // namespace neurovasc::archive
