#include "multipart.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "retry.h"

namespace neurovasc::pacs {
namespace {

using ::testing::ElementsAre;

TEST(Multipart, GivesBackWhatItWasMadeOf) {
  const std::string object("\0\1--\r\n\r\nDICM\xff", 13);
  const Multipart multipart = multipartOf(object);
  EXPECT_THAT(partsOf(multipart.content_type, multipart.message), ElementsAre(object));
}

TEST(Multipart, HasSeveralPartsAndAQuotedBoundary) {
  EXPECT_THAT(partsOf("multipart/related; boundary=\"a b\"; type=x",
                      "preamble\r\n--a b\r\nX: y\r\n\r\none\r\n--a b\r\nX: y\r\n\r\n\r\n--a b--"),
              ElementsAre("one", ""));
}

TEST(Multipart, CutShortIsWorthAnotherTry) {
  const Multipart multipart = multipartOf("an object");
  for (const std::size_t kept :
       {std::size_t{10}, std::size_t{100}, multipart.message.size() - 10}) {
    EXPECT_THROW(partsOf(multipart.content_type, multipart.message.substr(0, kept)),
                 TransientFailure);
  }
}

TEST(Multipart, IsNotWhatHasNoBoundary) { EXPECT_THROW(partsOf("text/html", "<html>"), Error); }

}  // namespace
}  // namespace neurovasc::pacs
