#include "storage/compact/run.h"

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "storage/compact/run_writer.h"

namespace thimble {
namespace {

std::vector<std::string> ItemsIn(const ByteBuffer& buffer) {
  const RunView run(buffer.bytes());
  std::vector<std::string> items;
  for (size_t at = run.First(); !run.AtEnd(at); at = run.Next(at)) {
    items.push_back(run.At(at).ToString());
  }
  return items;
}

TEST(Run, NoBytesAreNoItems) {
  const RunView run{Bytes()};
  EXPECT_EQ(run.count(), 0U);
  EXPECT_TRUE(run.AtEnd(run.First()));
  EXPECT_EQ(run.Find("x", 1), RunView::kNone);
  EXPECT_EQ(run.CheckInvariants(), std::nullopt);
}

struct SizeCase {
  const char* why;
  std::string text;
  size_t bytes;  // In the run, without the count.
};

class RunItemTest : public testing::TestWithParam<SizeCase> {};

TEST_P(RunItemTest, ComesBackAsItWentIn) {
  const SizeCase& item = GetParam();
  ByteBuffer buffer;
  RunEditor(buffer).Append("before");
  const size_t offset = buffer.size();
  RunEditor(buffer).Append(item.text);
  EXPECT_EQ(buffer.size() - offset, item.bytes);
  RunEditor(buffer).Append("after");
  const RunView run(buffer.bytes());
  EXPECT_EQ(ItemsIn(buffer), (std::vector<std::string>{"before", item.text, "after"}));
  EXPECT_EQ(run.Find(item.text, 1), offset);
  EXPECT_EQ(run.CheckInvariants(), std::nullopt);
}

// Both have the code of a long string: the longer must not be compared past the end of the shorter.
TEST(Run, ALongerStringIsNotLookedForPastTheEnd) {
  ByteBuffer buffer;
  RunEditor(buffer).Append(std::string(300, 'x'));
  EXPECT_EQ(RunView(buffer.bytes()).Find(std::string(9'000, 'x'), 1), RunView::kNone);
  EXPECT_TRUE(
      RunEditor(buffer).Replace(RunView(buffer.bytes()).First(), RunItem(std::string(9'000, 'x'))));
}

const SizeCase kSizeCases[] = {
    {"Empty", "", 1},
    {"OneByte", "a", 2},
    {"LongestShort", std::string(247, 'x'), 248},
    {"ShortestLong", std::string(248, 'x'), 253},
    {"Long", std::string(70'000, 'x'), 70'005},
    {"Zero", "0", 2},
    {"LargestOneByteInteger", "127", 2},
    {"SmallestOneByteInteger", "-128", 2},
    {"TwoByteInteger", "128", 3},
    {"ThreeByteInteger", "32768", 4},
    {"FourByteInteger", "-8388609", 5},
    {"FiveByteInteger", "2147483648", 6},
    {"SixByteInteger", "549755813888", 7},
    {"SevenByteInteger", "140737488355328", 9},
    {"LargestInteger", "9223372036854775807", 9},
    {"SmallestInteger", "-9223372036854775808", 9},
    {"NearlyInteger", "007", 4},
    {"TooLargeForInteger", "9223372036854775808", 20},
    {"Nul", std::string("\0\0", 2), 3},
};
INSTANTIATE_TEST_SUITE_P(Cases, RunItemTest, testing::ValuesIn(kSizeCases),
                         [](const auto& info) { return std::string(info.param.why); });

TEST(Run, FindLooksAtEveryStrideth) {
  ByteBuffer buffer;
  for (const char* text : {"a", "b", "b", "a"}) RunEditor(buffer).Append(text);
  const RunView run(buffer.bytes());
  EXPECT_EQ(run.Find("b", 1), run.Skip(1));
  EXPECT_EQ(run.Find("b", 2), run.Skip(2));
}

TEST(Run, ReplaceSaysWhetherItChangedAnything) {
  ByteBuffer buffer;
  for (const char* text : {"a", "12", "c"}) RunEditor(buffer).Append(text);
  const size_t offset = RunView(buffer.bytes()).Skip(1);
  EXPECT_FALSE(RunEditor(buffer).Replace(offset, RunItem("12")));
  EXPECT_FALSE(RunEditor(buffer).Replace(offset, RunItem(int64_t{12})));
  EXPECT_TRUE(RunEditor(buffer).Replace(offset, RunItem("a longer one")));
  EXPECT_TRUE(RunEditor(buffer).Replace(offset, RunItem(Bytes())));
  EXPECT_EQ(ItemsIn(buffer), (std::vector<std::string>{"a", "", "c"}));
}

// The count is one byte up to 254 items, five bytes above.
TEST(Run, CountGrowsAndShrinksItsOwnWidth) {
  ByteBuffer buffer;
  for (int i = 0; i < 300; ++i) {
    RunEditor(buffer).Append("item " + std::to_string(i));
    const RunView run(buffer.bytes());
    ASSERT_EQ(run.count(), static_cast<size_t>(i + 1));
    ASSERT_EQ(run.CheckInvariants(), std::nullopt) << i;
  }
  for (int i = 0; i < 300; ++i) {
    ASSERT_EQ(ItemsIn(buffer).front(), "item " + std::to_string(i));
    RunEditor(buffer).Erase(RunView(buffer.bytes()).First(), 1);
    ASSERT_EQ(RunView(buffer.bytes()).CheckInvariants(), std::nullopt) << i;
  }
  EXPECT_TRUE(buffer.empty());
}

TEST(Run, AWriterMakesWhatEditsMake) {
  for (const size_t items : {1, 2, 254, 255, 600}) {
    ByteBuffer edited;
    size_t string_bytes = 0;
    std::vector<std::string> texts;
    for (size_t i = 0; i < items; ++i) {
      const bool is_integer = i % 3 == 0;
      texts.push_back(is_integer ? std::to_string(i * i * i * i * i) : std::string(i, 's'));
      RunEditor(edited).Append(texts.back());
      string_bytes += is_integer ? 0 : i;
    }
    std::vector<char> room(RunWriter::MostBytes(items, string_bytes));
    RunWriter writer(room.data(), items);
    for (const std::string& text : texts) EXPECT_TRUE(writer.AppendNew(text, 1)) << text;
    EXPECT_EQ(writer.run(), edited.bytes()) << items;
  }
}

TEST(Run, AWriterTellsOfWhatComesTwice) {
  const std::vector<std::string> texts = {
      "a", "", "12", std::string(300, 'l'), "-7", "field", std::string(247, 's')};
  for (const size_t stride : {size_t{1}, size_t{2}}) {
    for (const std::string& again : texts) {
      const size_t items = stride * (texts.size() + 1);
      std::vector<char> room(RunWriter::MostBytes(items, 20 * 300));
      RunWriter writer(room.data(), items);
      for (const std::string& text : texts) {
        ASSERT_TRUE(writer.AppendNew(text, stride)) << text;
        if (stride == 2) writer.Append(again);  // As a value it may come as often as it likes.
      }
      EXPECT_FALSE(writer.AppendNew(again, stride)) << again;
    }
  }
}

TEST(Run, CheckInvariantsSeesDamage) {
  ByteBuffer buffer;
  RunEditor(buffer).Append("abc");
  RunEditor(buffer).Append("def");
  const std::string good(buffer.bytes());
  EXPECT_NE(RunView(Bytes(good).substr(0, 6)).CheckInvariants(), std::nullopt);
  std::string miscounted = good;
  miscounted[0] = 3;
  EXPECT_NE(RunView(miscounted).CheckInvariants(), std::nullopt);
  std::string text_integer = good;
  text_integer.replace(2, 3, "123");
  EXPECT_NE(RunView(text_integer).CheckInvariants(), std::nullopt);
}

std::string RandomText(std::mt19937& random) {
  switch (random() % 6) {
    case 0:
      return std::to_string(random() % 300);
    case 1:
      return std::to_string(static_cast<int64_t>(random()) * random() - 4'000'000'000);
    case 2:
      return std::string(random() % 400, 'x');
    case 3:
      return "0" + std::to_string(random() % 10);
    default:
      return "f" + std::to_string(random() % 50);
  }
}

TEST(RunModelTest, AgreesWithStdVector) {
  const uint32_t seed = std::random_device{}();
  SCOPED_TRACE("replay with seed " + std::to_string(seed));
  std::mt19937 random(seed);
  ByteBuffer buffer;
  std::vector<std::string> model;
  for (int step = 0; step < 10'000; ++step) {
    const std::string text = RandomText(random);
    const size_t index = model.empty() ? 0 : random() % model.size();
    const unsigned choice = random() % 10;
    if (model.empty() || choice < (step / 2'000 % 2 == 0 ? 5U : 2U)) {
      RunEditor(buffer).Append(text);
      model.push_back(text);
    } else if (choice < 6) {
      const bool changed =
          RunEditor(buffer).Replace(RunView(buffer.bytes()).Skip(index), RunItem(text));
      ASSERT_EQ(changed, model[index] != text);
      model[index] = text;
    } else {
      const size_t count = std::min<size_t>(random() % 3, model.size() - index);
      RunEditor(buffer).Erase(RunView(buffer.bytes()).Skip(index), count);
      const auto first = model.begin() + static_cast<std::ptrdiff_t>(index);
      model.erase(first, first + static_cast<std::ptrdiff_t>(count));
    }
    const RunView run(buffer.bytes());
    ASSERT_EQ(run.count(), model.size());
    const auto found = std::find(model.begin(), model.end(), text);
    const size_t expected = found == model.end()
                                ? RunView::kNone
                                : run.Skip(static_cast<size_t>(found - model.begin()));
    ASSERT_EQ(run.Find(text, 1), expected) << "step " << step;
    if (step % 10 == 0) {
      ASSERT_EQ(run.CheckInvariants(), std::nullopt) << "step " << step;
      ASSERT_EQ(ItemsIn(buffer), model) << "step " << step;
    }
  }
}

}  // namespace
}  // namespace thimble
