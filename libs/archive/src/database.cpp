#include "database.h"

#include "neurovasc/core/error.h"

namespace neurovasc::archive {
namespace {

// Writers hold the file for a batch of some thousand rows, far below a second.
constexpr int kBusyMs = 30'000;

[[noreturn]] void fail(sqlite3* database, int status) {
  const char* name = database == nullptr ? nullptr : sqlite3_db_filename(database, nullptr);
  const std::string file =
      name == nullptr || *name == '\0' ? "the catalogue" : std::filesystem::path(name).filename();
  const std::string cause =
      file + ": " + (database == nullptr ? sqlite3_errstr(status) : sqlite3_errmsg(database));
  switch (status & 0xFF) {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      throw Error(ErrorCode::input_unreadable, cause,
                  "Name another --catalog, or make it anew with 'neurovasc archive index'.");
    case SQLITE_BUSY:
      throw Error(ErrorCode::output_unwritable, cause,
                  "Another program writes to this catalogue; wait until it has ended.");
    case SQLITE_CANTOPEN:
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_PERM:
    case SQLITE_READONLY:
      throw Error(ErrorCode::output_unwritable, cause,
                  "Make room, or put the catalogue where you may write.");
    default:
      throw Error(ErrorCode::internal, cause);
  }
}

int flagsOf(Database::Access access) {
  switch (access) {
    case Database::Access::read:
      return SQLITE_OPEN_READONLY;
    case Database::Access::write:
      return SQLITE_OPEN_READWRITE;
    case Database::Access::make:
      break;
  }
  return SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
}

}  // namespace

Statement::Statement(sqlite3* database, std::string_view sql)
    : database_(database), statement_(nullptr, &sqlite3_finalize) {
  sqlite3_stmt* statement = nullptr;
  require(
      sqlite3_prepare_v2(database, sql.data(), static_cast<int>(sql.size()), &statement, nullptr));
  statement_.reset(statement);
}

bool Statement::next() {
  const int status = sqlite3_step(statement_.get());
  if (status != SQLITE_ROW && status != SQLITE_DONE) {
    sqlite3_reset(statement_.get());
    fail(database_, status);
  }
  if (status == SQLITE_DONE) {
    sqlite3_reset(statement_.get());
  }
  return status == SQLITE_ROW;
}

void Statement::reset() {
  sqlite3_reset(statement_.get());
  sqlite3_clear_bindings(statement_.get());
}

void Statement::require(int status) const {
  if (status != SQLITE_OK) {
    fail(database_, status);
  }
}

void Statement::bindOne(int index, std::int64_t value) {
  require(sqlite3_bind_int64(statement_.get(), index, value));
}
void Statement::bindOne(int index, double value) {
  require(sqlite3_bind_double(statement_.get(), index, value));
}
void Statement::bindOne(int index, std::string_view value) {
  // SQLite takes a null pointer for NULL.
  const char* text = value.data() == nullptr ? "" : value.data();
  require(sqlite3_bind_text64(statement_.get(), index, text, value.size(), SQLITE_TRANSIENT,
                              SQLITE_UTF8));
}
void Statement::bindOne(int index, std::nullopt_t) {
  require(sqlite3_bind_null(statement_.get(), index));
}

bool Statement::isNull(int column) const {
  return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}
std::int64_t Statement::integer(int column) const {
  return sqlite3_column_int64(statement_.get(), column);
}
double Statement::real(int column) const { return sqlite3_column_double(statement_.get(), column); }
std::string Statement::text(int column) const {
  const auto* bytes = sqlite3_column_text(statement_.get(), column);
  const auto count = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
  return bytes == nullptr ? std::string()
                          : std::string(reinterpret_cast<const char*>(bytes), count);
}
std::optional<std::int64_t> Statement::maybeInteger(int column) const {
  return isNull(column) ? std::nullopt : std::optional<std::int64_t>(integer(column));
}
std::optional<double> Statement::maybeReal(int column) const {
  return isNull(column) ? std::nullopt : std::optional<double>(real(column));
}

Database::Database(const std::filesystem::path& file, Access access)
    : handle_(nullptr, &sqlite3_close) {
  sqlite3* database = nullptr;
  const int status = sqlite3_open_v2(file.c_str(), &database, flagsOf(access), nullptr);
  handle_.reset(database);
  if (status != SQLITE_OK) {
    fail(database, status);
  }
  sqlite3_extended_result_codes(database, 1);
  sqlite3_busy_timeout(database, kBusyMs);
}

void Database::execute(const std::string& sql) {
  const int status = sqlite3_exec(handle_.get(), sql.c_str(), nullptr, nullptr, nullptr);
  if (status != SQLITE_OK) {
    fail(handle_.get(), status);
  }
}

Transaction::Transaction(Database& database) : database_(database) {
  database_.execute("BEGIN IMMEDIATE");
}

Transaction::~Transaction() {
  if (open_) {
    try {
      database_.execute("ROLLBACK");
    } catch (const Error&) {
      // SQLite rolls back by itself when the file is next opened.
    }
  }
}

void Transaction::commit() {
  database_.execute("COMMIT");
  open_ = false;
}

}  // namespace neurovasc::archive
