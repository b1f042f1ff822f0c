#include "neurovasc/result/site_key.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <optional>

#include "neurovasc/core/error.h"
#include "support/temporary_folder.h"

namespace neurovasc::result {
namespace {

using testing::TemporaryFolder;

std::optional<ErrorCode> errorOfReading(const std::filesystem::path& file) {
  try {
    SiteKey::read(file);
  } catch (const Error& error) {
    return error.code();
  }
  return std::nullopt;
}

TEST(SiteKey, IsMadeOnceForItsOwnerAlone) {
  const TemporaryFolder folder;
  const std::string hash = SiteKey::readOrMake(folder.path("site.key")).hash("someone");
  EXPECT_EQ(SiteKey::readOrMake(folder.path("site.key")).hash("someone"), hash);
  struct stat info {};
  ASSERT_EQ(::stat(folder.path("site.key").c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777U, 0600U);
}

TEST(SiteKey, GivesTheHashOfHmacSha256) {
  const TemporaryFolder folder;
  const auto file = folder.write("site.key", std::string(64, 'a') + "\n");
  ::chmod(file.c_str(), 0600);
  // printf someone | openssl dgst -sha256 -hmac $(printf 'a%.0s' $(seq 64))
  EXPECT_EQ(SiteKey::read(file).hash("someone"), "518ee138e4e0b58b");
}

TEST(SiteKey, TellsSitesAndPeopleApart) {
  const TemporaryFolder folder;
  const SiteKey one = SiteKey::readOrMake(folder.path("1.key"));
  const SiteKey other = SiteKey::readOrMake(folder.path("2.key"));
  EXPECT_NE(one.hash("someone"), other.hash("someone"));
  EXPECT_NE(one.hash("someone"), one.hash("someone else"));
}

TEST(SiteKey, MovesAPatientsDaysByOneToTenYears) {
  const TemporaryFolder folder;
  const SiteKey key = SiteKey::readOrMake(folder.path("site.key"));
  for (const char* patient : {"a", "b", "c", "d"}) {
    EXPECT_GE(key.dayShift(patient), 365);
    EXPECT_LE(key.dayShift(patient), 3650);
    EXPECT_EQ(key.dayShift(patient), key.dayShift(patient));
  }
}

TEST(SiteKey, IsRefusedWhereAbsentDamagedOrOpenToOthers) {
  const TemporaryFolder folder;
  EXPECT_EQ(errorOfReading(folder.path("absent")), ErrorCode::input_unreadable);
  const auto file = folder.write("site.key", "secret");
  ::chmod(file.c_str(), 0600);
  EXPECT_EQ(errorOfReading(file), ErrorCode::input_unreadable);
  folder.write("site.key", std::string(64, 'a'));
  EXPECT_EQ(errorOfReading(file), std::nullopt);
  ::chmod(file.c_str(), 0640);
  EXPECT_EQ(errorOfReading(file), ErrorCode::input_unreadable);
}

}  // namespace
}  // namespace neurovasc::result
