#include "server/config/value_types.h"

#include <gtest/gtest.h>

#include "server/config/config.h"
#include "server/config/settings.h"

namespace thimble {
namespace {

struct ValueCase {
  const char* why;
  const char* option;
  const char* given;
  const char* shown;   // Null: refused.
  const char* reason;  // Why.
};

constexpr const char* kInteger = "argument couldn't be parsed into an integer";
constexpr const char* kMemory = "argument must be a memory value";

constexpr ValueCase kCases[] = {
    {"Yes", "appendonly", "YES", "yes", nullptr},
    {"NeitherYesNorNo", "appendonly", "1", nullptr, "argument must be 'yes' or 'no'"},
    {"Integer", "timeout", "12", "12", nullptr},
    {"LeadingZero", "timeout", "012", nullptr, kInteger},
    {"Hexadecimal", "timeout", "0x10", nullptr, kInteger},
    {"EmptyInteger", "timeout", "", nullptr, kInteger},
    {"Negative", "timeout", "-1", nullptr, "argument must be between 0 and 2147483647 inclusive"},
    {"Bytes", "maxmemory", "100", "100", nullptr},
    {"Kilo", "maxmemory", "1k", "1000", nullptr},
    {"Kibi", "maxmemory", "1KB", "1024", nullptr},
    {"Gibi", "maxmemory", "2Gb", "2147483648", nullptr},
    {"EmptyMemory", "maxmemory", "", "0", nullptr},
    {"MemoryBeyondRange", "maxmemory", "100000000000000000000", "18446744073709551615", nullptr},
    {"NegativeMemory", "maxmemory", "-1", nullptr, kMemory},
    {"FractionalMemory", "maxmemory", "1.5mb", nullptr, kMemory},
    {"UnknownUnit", "maxmemory", "1kib", nullptr, kMemory},
    {"Percent", "maxmemory-clients", "10%", "10%", nullptr},
    {"TooManyPercent", "maxmemory-clients", "101%", nullptr,
     "percentage argument must be less or equal to 100"},
    {"Choice", "maxmemory-policy", "ALLKEYS-lru", "allkeys-lru", nullptr},
    {"UnknownChoice", "loglevel", "loud", nullptr,
     "argument(s) must be one of the following: debug, verbose, notice, warning"},
    {"SeveralChoices", "shutdown-on-sigterm", "now nosave", "nosave now", nullptr},
    {"ContraryChoices", "shutdown-on-sigint", "nosave SAVE", nullptr,
     "shutdown options SAVE and NOSAVE can't be used simultaneously"},
    {"RateTooHigh", "hz", "1000", "500", nullptr},
    {"RateTooLow", "hz", "0", "1", nullptr},
    {"AllEvents", "notify-keyspace-events", "KEg$lshzxetd", "AKE", nullptr},
    {"SomeEvents", "notify-keyspace-events", "gKEtm", "gtKEm", nullptr},
    {"UnknownEvent", "notify-keyspace-events", "Q", nullptr,
     "Invalid event class character. Use 'Ag$lshzxeKEtmdn'."},
    {"SavePoints", "save", "60 1 300 10", "60 1 300 10", nullptr},
    {"NoSavePoints", "save", "", "", nullptr},
    {"DoubleSpace", "save", "60 1  300 10", nullptr, "Invalid save parameters"},
    {"SaveWithoutChanges", "save", "60", nullptr, "Invalid save parameters"},
    {"SaveEveryZeroSeconds", "save", "0 1", nullptr, "Invalid save parameters"},
    {"Percentiles", "latency-tracking-info-percentiles", "50.5 0.0001 99.9999999",
     "50.5 0.0001 100", nullptr},
    {"PercentileAboveHundred", "latency-tracking-info-percentiles", "101", nullptr,
     "latency-tracking-info-percentiles parameters should sit between [0.0,100.0]"},
    {"OneClass", "client-output-buffer-limit", "replica 1mb 2kb 30",
     "normal 0 0 0 slave 1048576 2048 30 pubsub 33554432 8388608 60", nullptr},
    {"UnknownClass", "client-output-buffer-limit", "foo 1 2 3", nullptr,
     "Invalid client class specified in buffer limit configuration."},
    {"ClassCutShort", "client-output-buffer-limit", "normal 1 2", nullptr,
     "Wrong number of arguments in buffer limit configuration."},
    {"TooFewScores", "oom-score-adj-values", "1 2", nullptr, "wrong number of arguments"},
    {"SizeOfEverything", "maxmemory", "18446744073709551615", "18446744073709551615", nullptr},
    {"SizeBeyondRange", "proto-max-bulk-len", "18446744073709551615", nullptr,
     "argument must be between 1048576 and 9223372036854775807 inclusive"},
    {"PathAsFileName", "dbfilename", "a/b", nullptr, "dbfilename can't be a path, just a filename"},
    {"MissingDirectory", "dir", "/no/such/place", nullptr, "No such file or directory"},
    {"UnknownTitleVariable", "proc-title-template", "{x}", nullptr,
     "template format is invalid or contains unknown variables"},
};

class ValueTypesTest : public testing::TestWithParam<ValueCase> {};

TEST_P(ValueTypesTest, TakesWhatRedisTakesAndShowsItAsRedisDoes) {
  const ValueCase& expected = GetParam();
  Settings settings;
  Config config(settings);
  const Config::Change change{expected.option, expected.given};
  Result<void> done = config.Set({&change, 1}, true);
  if (expected.shown != nullptr) {
    ASSERT_TRUE(done.ok()) << done.error().text();
    EXPECT_EQ(config.Value(expected.option), expected.shown);
    return;
  }
  ASSERT_FALSE(done.ok());
  EXPECT_EQ(done.error().text(),
            std::string("ERR CONFIG SET failed (possibly related to argument '") + expected.option +
                "') - " + expected.reason);
}

INSTANTIATE_TEST_SUITE_P(Cases, ValueTypesTest, testing::ValuesIn(kCases),
                         [](const auto& info) { return std::string(info.param.why); });

}  // namespace
}  // namespace thimble
