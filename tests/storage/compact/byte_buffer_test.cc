#include "storage/compact/byte_buffer.h"

#include <cstring>
#include <random>
#include <string>

#include <gtest/gtest.h>

namespace thimble {
namespace {

TEST(ByteBuffer, StartsEmptyAndWithoutMemory) {
  ByteBuffer buffer;
  EXPECT_TRUE(buffer.empty());
  EXPECT_EQ(buffer.bytes(), "");
  EXPECT_EQ(buffer.MemoryBytes(), 0U);
  buffer.Append("");
  buffer.CloseGap(0, 0);
  EXPECT_EQ(buffer.block(), nullptr);
}

TEST(ByteBuffer, ReleaseAndAdoptKeepTheBytes) {
  ByteBuffer buffer = ByteBuffer::CopyOf("hello");
  const size_t memory = buffer.MemoryBytes();
  void* const released = buffer.Release();
  EXPECT_TRUE(buffer.empty());
  EXPECT_EQ(ByteBuffer::BytesOf(released), "hello");
  EXPECT_EQ(ByteBuffer::MemoryBytesOf(released), memory);
  const ByteBuffer adopted = ByteBuffer::Adopt(released);
  EXPECT_EQ(adopted.bytes(), "hello");
}

TEST(ByteBuffer, ClearKeepsTheMemory) {
  ByteBuffer buffer = ByteBuffer::CopyOf(std::string(1000, 'x'));
  const void* const block = buffer.block();
  buffer.Clear();
  EXPECT_TRUE(buffer.empty());
  buffer.Append(std::string(900, 'y'));
  EXPECT_EQ(buffer.block(), block);
}

TEST(ByteBufferModelTest, AgreesWithStdString) {
  const uint32_t seed = std::random_device{}();
  SCOPED_TRACE("replay with seed " + std::to_string(seed));
  std::mt19937 random(seed);
  ByteBuffer buffer;
  std::string model;
  for (int step = 0; step < 5'000; ++step) {
    const size_t at = random() % (model.size() + 1);
    const std::string piece(random() % 20, static_cast<char>('a' + random() % 26));
    if (random() % 2 == 0) {
      char* const gap = buffer.OpenGap(at, piece.size());
      if (!piece.empty()) std::memcpy(gap, piece.data(), piece.size());
      model.insert(at, piece);
    } else {
      const size_t count = random() % (model.size() - at + 1);
      buffer.CloseGap(at, count);
      model.erase(at, count);
    }
    ASSERT_EQ(buffer.bytes(), model) << "step " << step;
    ASSERT_LE(buffer.size(), buffer.capacity());
  }
}

}  // namespace
}  // namespace thimble
