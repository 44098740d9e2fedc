#include "protocol/output_buffer.h"

#include <random>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace thimble {
namespace {

std::string Contents(const OutputBuffer& buffer) {
  std::vector<Bytes> pieces(buffer.chunks() + 1);
  pieces.resize(buffer.Peek(pieces.data(), pieces.size()));
  std::string all;
  for (const Bytes piece : pieces) {
    EXPECT_FALSE(piece.empty());
    all += piece;
  }
  EXPECT_EQ(all.size(), buffer.size());
  return all;
}

// Bytes that differ along the way, so that a swapped or repeated piece shows.
std::string Pattern(size_t size, size_t seed = 0) {
  std::string bytes(size, '\0');
  for (size_t i = 0; i < size; ++i)
    bytes[i] = static_cast<char>('a' + (i * 7 + i / 251 + seed) % 26);
  return bytes;
}

TEST(OutputBufferTest, HoldsNoMemoryWhenEmpty) {
  OutputBuffer buffer;
  EXPECT_TRUE(buffer.empty());
  EXPECT_EQ(buffer.MemoryBytes(), 0U);
  EXPECT_EQ(buffer.chunks(), 0U);
  buffer.Append(Pattern(100'000));
  EXPECT_GE(buffer.MemoryBytes(), 100'000U);
  buffer.Consume(buffer.size());
  EXPECT_TRUE(buffer.empty());
  EXPECT_EQ(buffer.MemoryBytes(), 0U);
  buffer.Append("x");
  buffer.Clear();
  EXPECT_EQ(buffer.MemoryBytes(), 0U);
}

TEST(OutputBufferTest, StartsSmall) {
  OutputBuffer buffer;
  buffer.Append("+OK\r\n");
  EXPECT_EQ(buffer.MemoryBytes(), OutputBuffer::kFirstChunkBytes);
}

TEST(OutputBufferTest, OneHugePieceIsOneChunkMore) {
  OutputBuffer buffer;
  buffer.Append("header");
  const std::string huge = Pattern(10 << 20);
  buffer.Append(huge);
  EXPECT_EQ(buffer.chunks(), 2U);
  EXPECT_LT(buffer.MemoryBytes(), huge.size() + 4096);
  EXPECT_EQ(Contents(buffer), "header" + huge);
}

TEST(OutputBufferTest, ReserveIsContiguousAtEverySize) {
  for (const size_t size : {1U, 1023U, 1024U, 1025U, 16383U, 16384U, 16385U, 1'000'000U}) {
    OutputBuffer buffer;
    buffer.Append("abc");
    const std::string bytes = Pattern(size);
    std::memcpy(buffer.Reserve(size), bytes.data(), size);
    buffer.Advance(size);
    EXPECT_EQ(Contents(buffer), "abc" + bytes) << size;
  }
}

TEST(OutputBufferTest, PeekShowsAtMostWhatIsAskedFor) {
  OutputBuffer buffer;
  for (int i = 0; i < 10; ++i) buffer.Append(Pattern(OutputBuffer::kChunkBytes));
  Bytes pieces[3];
  ASSERT_EQ(buffer.Peek(pieces, 3), 3U);
  EXPECT_EQ(pieces[0].size(), OutputBuffer::kChunkBytes);
  EXPECT_EQ(buffer.Peek(pieces, 0), 0U);
}

// What was handed to the kernel must stay where it is while replies are added behind it.
TEST(OutputBufferTest, PeekedBytesStayInPlaceWhileMoreIsWritten) {
  OutputBuffer buffer;
  buffer.Append(Pattern(50'000));
  Bytes before[8];
  const size_t count = buffer.Peek(before, 8);
  for (int i = 0; i < 1000; ++i) buffer.Append(Pattern(300));
  const auto mark = buffer.End();
  buffer.Append(Pattern(700));
  buffer.InsertAt(mark, "*3\r\n");
  buffer.TruncateTo(350'000);
  Bytes after[8];
  ASSERT_EQ(buffer.Peek(after, 8), 8U);
  for (size_t i = 0; i + 1 < count; ++i) EXPECT_EQ(after[i].data(), before[i].data());
  EXPECT_EQ(after[count - 1].data(), before[count - 1].data());
}

// A handler may have sent what stood before it.
TEST(OutputBufferTest, WhatIsConsumedIsNotCutOff) {
  OutputBuffer buffer;
  buffer.Append(Pattern(50'000));
  const uint64_t before = buffer.written();
  EXPECT_EQ(before, 50'000U);
  buffer.Consume(20'000);
  EXPECT_EQ(buffer.written(), before);
  buffer.TruncateTo(before);
  EXPECT_EQ(buffer.size(), 30'000U);
  buffer.Append("abc");
  buffer.Consume(30'001);
  buffer.TruncateTo(before);
  EXPECT_TRUE(buffer.empty());
  buffer.TruncateTo(before);
  buffer.Append("abc");
  buffer.Consume(1);
  EXPECT_EQ(Contents(buffer), "bc");
  OutputBuffer other;
  other.Append(Pattern(5'000));
  buffer.Take(other);
  buffer.TruncateTo(0);
  EXPECT_TRUE(buffer.empty());
  EXPECT_EQ(other.written(), 5'000U);
}

TEST(OutputBufferTest, InsertsAcrossChunks) {
  for (const size_t before : {0U, 3U, 1020U, 1024U, 20'000U}) {
    for (const size_t behind : {0U, 5U, 1015U, 1024U, 40'000U}) {
      OutputBuffer buffer;
      const std::string head = Pattern(before, 1);
      const std::string tail = Pattern(behind, 2);
      buffer.Append(head);
      const auto mark = buffer.End();
      buffer.Append(tail);
      buffer.InsertAt(mark, "*12345678\r\n");
      const std::string whole = std::string(head).append("*12345678\r\n").append(tail);
      EXPECT_EQ(Contents(buffer), whole) << before << ", " << behind;
      buffer.Append("!");
      EXPECT_EQ(Contents(buffer), whole + "!");
      buffer.TruncateTo(head.size());
      EXPECT_EQ(Contents(buffer), head);
    }
  }
}

TEST(OutputBufferTest, NestedMarks) {
  OutputBuffer buffer;
  const auto outer = buffer.End();
  buffer.Append(Pattern(900));
  const auto inner = buffer.End();
  buffer.Append(Pattern(30'000, 3));
  buffer.InsertAt(inner, "<inner>");
  buffer.InsertAt(outer, "<outer>");
  EXPECT_EQ(Contents(buffer), "<outer>" + Pattern(900) + "<inner>" + Pattern(30'000, 3));
}

TEST(OutputBufferTest, TakeMovesEverything) {
  for (const size_t own : {0U, 10U, 30'000U}) {
    for (const size_t others : {0U, 10U, 2048U, 2049U, 100'000U}) {
      OutputBuffer buffer;
      OutputBuffer other;
      buffer.Append(Pattern(own, 1));
      other.Append("gone");
      other.Append(Pattern(others, 2));
      other.Consume(4);
      buffer.Take(other);
      EXPECT_EQ(Contents(buffer), Pattern(own, 1) + Pattern(others, 2));
      EXPECT_TRUE(other.empty());
      EXPECT_EQ(other.MemoryBytes(), 0U);
      buffer.Append("end");
      other.Append("again");
      EXPECT_EQ(Contents(buffer), Pattern(own, 1) + Pattern(others, 2) + "end");
      EXPECT_EQ(Contents(other), "again");
    }
  }
}

// Any sequence of calls leaves the buffer with what a string would hold.
TEST(OutputBufferModelTest, AgreesWithString) {
  const uint32_t seed = std::random_device{}();
  SCOPED_TRACE("replay with seed " + std::to_string(seed));
  std::mt19937 random(seed);
  struct Marked {
    OutputBuffer::Mark mark;
    size_t at;
    uint64_t written;
  };
  FrameLog log;
  for (int round = 0; round < 50; ++round) {
    OutputBuffer buffer;
    std::string model;
    std::vector<Marked> marks;  // In order; valid ones only.
    for (int step = 0; step < 400; ++step) {
      const size_t limit = random() % 5 == 0 ? 40'000 : 400;
      const std::string bytes = Pattern(random() % limit, random());
      switch (random() % 9) {
        case 0:
        case 1:
          buffer.Append(bytes);
          model += bytes;
          break;
        case 2: {
          const size_t spare = random() % 100;
          char* const room = buffer.Reserve(bytes.size() + spare);
          if (!bytes.empty()) std::memcpy(room, bytes.data(), bytes.size());
          buffer.Advance(bytes.size());
          model += bytes;
          break;
        }
        case 3:
          marks.push_back({buffer.End(), model.size(), buffer.written()});
          break;
        case 4:
        case 5: {
          if (marks.empty()) break;
          marks.resize(1 + random() % marks.size());
          const Marked marked = marks.back();
          if (random() % 2 == 0) {
            buffer.TruncateTo(marked.written);
            model.resize(marked.at);
          } else {
            buffer.InsertAt(marked.mark, "*123\r\n");
            model.insert(marked.at, "*123\r\n");
          }
          break;
        }
        case 6: {
          const size_t count = model.empty() ? 0 : random() % (model.size() + 1);
          buffer.Consume(count);
          model.erase(0, count);
          marks.clear();
          break;
        }
        case 7: {
          OutputBuffer other;
          other.Append(bytes);
          buffer.Take(other);
          model += bytes;
          break;
        }
        case 8: {
          if (bytes.empty()) break;
          const SharedFrame frame = log.Add(bytes.size());
          std::memcpy(frame.begin(), bytes.data(), bytes.size());
          buffer.AppendShared(frame);
          model += bytes;
          break;
        }
      }
      ASSERT_EQ(buffer.size(), model.size()) << "step " << step;
      ASSERT_EQ(Contents(buffer), model) << "step " << step;
    }
  }
}

SharedFrame Share(FrameLog& log, Bytes bytes) {
  SharedFrame frame = log.Add(bytes.size());
  std::memcpy(frame.begin(), bytes.data(), bytes.size());
  return frame;
}

TEST(FrameLogTest, ManyBuffersShowWhatWasWrittenOnce) {
  FrameLog log;
  OutputBuffer a;
  OutputBuffer b;
  std::string expected;
  for (int i = 0; i < 1000; ++i) {
    const std::string bytes = Pattern(100, static_cast<size_t>(i));
    const SharedFrame frame = Share(log, bytes);
    a.AppendShared(frame);
    b.AppendShared(frame);
    expected += bytes;
  }
  EXPECT_LE(a.chunks(), expected.size() / (SharedBlock::kBytes - 200) + 1);
  EXPECT_EQ(Contents(a), expected);
  b.Append("reply");
  b.AppendShared(Share(log, "behind it"));
  EXPECT_EQ(Contents(b), expected + "replybehind it");
  a.Clear();
  EXPECT_EQ(Contents(b), expected + "replybehind it");
}

TEST(FrameLogTest, WritesOnWhereTheLatestFrameEnds) {
  FrameLog log;
  OutputBuffer buffer;
  buffer.AppendShared(Share(log, "one"));
  buffer.AppendShared(Share(log, "two"));
  EXPECT_EQ(buffer.chunks(), 1U);
  (void)Share(log, "for others");
  buffer.AppendShared(Share(log, "three"));
  EXPECT_EQ(buffer.chunks(), 2U);
  EXPECT_EQ(Contents(buffer), "onetwothree");
}

TEST(FrameLogTest, LargeFramesHaveABlockOfTheirOwn) {
  FrameLog log;
  OutputBuffer buffer;
  const std::string large = Pattern(1 << 20);
  buffer.AppendShared(Share(log, "small"));
  buffer.AppendShared(Share(log, large));
  buffer.AppendShared(Share(log, "small"));
  EXPECT_EQ(Contents(buffer), "small" + large + "small");
}

TEST(FrameLogTest, MayGoBeforeWhatItWrote) {
  OutputBuffer buffer;
  {
    FrameLog log;
    buffer.AppendShared(Share(log, "one"));
  }
  EXPECT_EQ(Contents(buffer), "one");
}

// A client that reads slowly for ever does not make the list of chunks grow.
TEST(OutputBufferTest, LongLivedQueueStaysBounded) {
  OutputBuffer buffer;
  buffer.Append(Pattern(200'000));
  for (int i = 0; i < 100'000; ++i) {
    buffer.Append(Pattern(1000));
    buffer.Consume(1000);
  }
  EXPECT_EQ(buffer.size(), 200'000U);
  EXPECT_LT(buffer.MemoryBytes(), 300'000U);
}

}  // namespace
}  // namespace thimble
