#include "server/persist/foreign_requests.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace thimble {
namespace {

// The words of what it comes to; "-" if there is no such thing.
std::string Translated(const std::vector<Bytes>& request, bool drops) {
  std::vector<Bytes> translated;
  if (!TranslateForeign(request, drops, &translated)) return "-";
  std::string words;
  for (const Bytes word : translated) words += std::string(word) + " ";
  return words;
}

TEST(ForeignRequestsTest, FieldsWithoutDeadline) {
  EXPECT_EQ(Translated({"HSETEX", "h", "KEEPTTL", "FIELDS", "1", "f", "v"}, false), "HSET h f v ");
  EXPECT_EQ(Translated({"hsetex", "h", "fields", "2", "f", "v", "g", "w"}, false),
            "HSET h f v g w ");
  EXPECT_EQ(Translated({"HSETEX", "h", "FNX", "KEEPTTL", "FIELDS", "1", "f", "v"}, false),
            "HSET h f v ");
}

TEST(ForeignRequestsTest, FieldsWithOne) {
  const std::vector<Bytes> dying = {"HSETEX", "h", "PXAT", "1700000000000",
                                    "FIELDS", "1", "f",    "v"};
  EXPECT_EQ(Translated(dying, false), "-");
  EXPECT_EQ(Translated(dying, true), "HSET h f v ");
  for (const Bytes name : {"HPEXPIREAT", "hpersist"}) {
    EXPECT_EQ(Translated({name, "h", "1", "FIELDS", "1", "f"}, false), "-");
    EXPECT_EQ(Translated({name, "h", "1", "FIELDS", "1", "f"}, true), "");
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
                                       {"SET", "k", "v"}}) {
    EXPECT_EQ(Translated(request, true), "-") << request.size();
  }
}

}  // namespace
}  // namespace thimble
