#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace neurovasc::archive {

/// A prepared statement. Parameters are counted from 1, columns from 0, as SQLite does.
class Statement {
 public:
  Statement(sqlite3* database, std::string_view sql);

  /// Starts anew with these parameters.
  template <typename... Values>
  Statement& bind(const Values&... values) {
    reset();
    int index = 0;
    (bindOne(++index, values), ...);
    return *this;
  }
  /// Steps to the next row; false at the end.
  bool next();
  /// Ends reading before the last row: an open one would hold an old state of the file.
  void reset();
  /// The first row as @p read makes it, or nothing.
  template <typename Read>
  auto first(const Read& read) -> std::optional<decltype(read(*this))> {
    std::optional<decltype(read(*this))> value;
    if (next()) {
      value = read(*this);
      reset();
    }
    return value;
  }
  /// For statements without rows.
  template <typename... Values>
  void run(const Values&... values) {
    bind(values...);
    while (next()) {
    }
  }

  bool isNull(int column) const;
  std::int64_t integer(int column) const;
  double real(int column) const;
  std::string text(int column) const;
  std::optional<std::int64_t> maybeInteger(int column) const;
  std::optional<double> maybeReal(int column) const;

 private:
  void bindOne(int index, std::int64_t value);
  void bindOne(int index, int value) { bindOne(index, std::int64_t{value}); }
  void bindOne(int index, bool value) { bindOne(index, std::int64_t{value}); }
  void bindOne(int index, double value);
  void bindOne(int index, std::string_view value);
  void bindOne(int index, const std::string& value) { bindOne(index, std::string_view(value)); }
  void bindOne(int index, const char* value) { bindOne(index, std::string_view(value)); }
  void bindOne(int index, std::nullopt_t);
  template <typename T>
  void bindOne(int index, const std::optional<T>& value) {
    if (value) {
      bindOne(index, *value);
    } else {
      bindOne(index, std::nullopt);
    }
  }
  void require(int status) const;

  sqlite3* database_;
  std::unique_ptr<sqlite3_stmt, int (*)(sqlite3_stmt*)> statement_;
};

/// One connection to an SQLite file. What SQLite refuses is an Error that names the file:
/// input_unreadable for what is there and damaged, output_unwritable for what cannot be written.
class Database {
 public:
  enum class Access { read, write, make };

  Database(const std::filesystem::path& file, Access access);

  void execute(const std::string& sql);
  Statement prepare(std::string_view sql) const { return {handle_.get(), sql}; }
  std::int64_t lastRow() const { return sqlite3_last_insert_rowid(handle_.get()); }

 private:
  std::unique_ptr<sqlite3, int (*)(sqlite3*)> handle_;
};

/// All or nothing: rolled back unless committed.
class Transaction {
 public:
  explicit Transaction(Database& database);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

 private:
  Database& database_;
  bool open_ = true;
};

}  // namespace neurovasc::archive
