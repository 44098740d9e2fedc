#include "server/persist/foreign_requests.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace thimble {
namespace {

// The words of what it comes to, and how many deadlines that loses; "-" if there is no such thing.
std::string Translated(const std::vector<Bytes>& request, bool drops) {
  const ForeignRequest translated = TranslateForeign(request, drops);
  if (!translated.known) return "-";
  std::string words;
  for (const Bytes word : translated.instead) words += std::string(word) + " ";
  return words + std::to_string(translated.deadlines_lost);
}

TEST(ForeignRequestsTest, FieldsWithoutDeadline) {
  EXPECT_EQ(Translated({"HSETEX", "h", "KEEPTTL", "FIELDS", "1", "f", "v"}, false), "HSET h f v 0");
  EXPECT_EQ(Translated({"hsetex", "h", "fields", "2", "f", "v", "g", "w"}, false),
            "HSET h f v g w 0");
  EXPECT_EQ(Translated({"HSETEX", "h", "FNX", "KEEPTTL", "FIELDS", "1", "f", "v"}, false),
            "HSET h f v 0");
}

TEST(ForeignRequestsTest, FieldsWithOne) {
  for (const Bytes deadline_ms : {"1", "4102444800000"}) {
    const std::vector<Bytes> dying = {"HSETEX", "h", "PXAT", deadline_ms, "FIELDS", "1", "f", "v"};
    EXPECT_EQ(Translated(dying, false), "-");
    EXPECT_EQ(Translated(dying, true), "HSET h f v 1");
    EXPECT_EQ(Translated({"HPEXPIREAT", "h", deadline_ms, "FIELDS", "2", "f", "g"}, false), "-");
    EXPECT_EQ(Translated({"HPEXPIREAT", "h", deadline_ms, "FIELDS", "2", "f", "g"}, true), "2");
  }
  EXPECT_EQ(Translated({"hpexpireat", "h", "1", "NX", "FIELDS", "1", "f"}, true), "1");
  EXPECT_EQ(Translated({"hpersist", "h", "FIELDS", "1", "f"}, false), "-");
  EXPECT_EQ(Translated({"hpersist", "h", "FIELDS", "1", "f"}, true), "0");
}

TEST(ForeignRequestsTest, RestoreOfClusters) {
  for (const bool drops : {false, true}) {
    EXPECT_EQ(Translated({"restore-asking", "k", "0", "x", "REPLACE"}, drops),
              "RESTORE k 0 x REPLACE 0");
    EXPECT_EQ(Translated({"RESTORE-ASKING"}, drops), "RESTORE 0");
  }
}

TEST(ForeignRequestsTest, Malformed) {
  for (const std::vector<Bytes>& request :
       std::vector<std::vector<Bytes>>{{"HSETEX"},
                                       {"HSETEX", "h"},
                                       {"HSETEX", "h", "KEEPTTL"},
                                       {"HSETEX", "h", "PXAT"},
                                       {"HSETEX", "h", "FIELDS"},
                                       {"HSETEX", "h", "FIELDS", "0"},
                                       {"HSETEX", "h", "FIELDS", "1", "f"},
                                       {"HSETEX", "h", "FIELDS", "2", "f", "v"},
                                       {"HSETEX", "h", "FIELDS", "9223372036854775809", "f", "v"},
                                       {"HSETEX", "h", "EX", "10", "FIELDS", "1", "f", "v"},
                                       {"HSETEX", "h", "PXAT", "x", "FIELDS", "1", "f", "v"},
                                       {"HPEXPIREAT", "h", "1"},
                                       {"HPEXPIREAT", "h", "1", "FIELDS", "2", "f"},
                                       {"HPEXPIREAT", "h", "x", "FIELDS", "1", "f"},
                                       {"SET", "k", "v"}}) {
    EXPECT_EQ(Translated(request, true), "-") << request.size();
  }
}

}  // namespace
}  // namespace thimble
