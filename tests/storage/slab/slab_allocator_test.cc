#include "storage/slab/slab_allocator.h"

#include <cstring>
#include <map>
#include <memory>
#include <random>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "storage/slab/slab_releaser.h"

namespace thimble {
namespace {

TEST(SizeClassTest, IsTheSmallestThatHolds) {
  for (size_t size = 1; size <= kMaxSlabBlock; ++size) {
    const unsigned size_class = SizeClassOf(size);
    ASSERT_LT(size_class, kSizeClasses);
    EXPECT_GE(SizeOfClass(size_class), size);
    if (size_class > 0) {
      EXPECT_LT(SizeOfClass(size_class - 1), size);
    }
  }
}

struct Block {
  char* start;
  size_t size;
  char fill;

  bool intact() const {
    for (size_t i = 0; i < size; ++i) {
      if (start[i] != fill) return false;
    }
    return true;
  }
};

class SlabAllocatorTest : public testing::Test {
 protected:
  ~SlabAllocatorTest() override {
    for (const Block& block : blocks_) slabs_->Free(block.start, block.size);
    EXPECT_EQ(slabs_->live_bytes(), 0u);
    EXPECT_EQ(slabs_->live_blocks(), 0u);
    EXPECT_EQ(slabs_->CheckInvariants(), std::nullopt);
  }

  void Add(size_t size) {
    Block block{slabs_->Allocate(size), size, static_cast<char>(random_())};
    ASSERT_EQ(reinterpret_cast<uintptr_t>(block.start) % kBlockAlignment, 0u);
    std::memset(block.start, block.fill, size);
    blocks_.push_back(block);
  }
  void Remove(size_t index) {
    ASSERT_TRUE(blocks_[index].intact());
    slabs_->Free(blocks_[index].start, blocks_[index].size);
    blocks_[index] = blocks_.back();
    blocks_.pop_back();
  }
  // As an owner does: every block whose move would help is moved, until none is.
  size_t CompactAll() {
    size_t moved = 0;
    for (bool more = true; more;) {
      more = false;
      for (Block& block : blocks_) {
        if (!slabs_->ShouldMove(block.start, block.size)) continue;
        char* const copy = slabs_->Allocate(block.size);
        std::memcpy(copy, block.start, block.size);
        slabs_->Free(block.start, block.size);
        block.start = copy;
        more = true;
        ++moved;
      }
    }
    return moved;
  }

  void ReleaseSurplus() {
    SlabReleaser releaser(*slabs_);
    while (releaser.Step()) std::this_thread::yield();
  }

  std::mt19937 random_{7};
  // Its region stays reserved: a process has one.
  std::unique_ptr<SlabAllocator> slabs_ = std::make_unique<SlabAllocator>();
  std::vector<Block> blocks_;
};

TEST_F(SlabAllocatorTest, BlocksNeverOverlapWhateverTheOrder) {
  for (unsigned step = 0; step < 40'000; ++step) {
    if (blocks_.empty() || random_() % 5 < 3 - (step / 10'000) % 3) {
      Add(1 + random_() % (random_() % 8 == 0 ? 6000 : 600));
    } else {
      Remove(random_() % blocks_.size());
    }
    if (step % 1000 == 0) {
      ASSERT_EQ(slabs_->CheckInvariants(), std::nullopt) << "step " << step;
    }
  }
  for (const Block& block : blocks_) EXPECT_TRUE(block.intact());
}

TEST_F(SlabAllocatorTest, MovingBlocksGathersWhatDeletesLeft) {
  for (int i = 0; i < 40'000; ++i) Add(100 + random_() % 200);
  while (blocks_.size() > 4'000) Remove(random_() % blocks_.size());
  EXPECT_TRUE(slabs_->WantsCompaction());
  EXPECT_GT(CompactAll(), 0u);
  EXPECT_EQ(slabs_->CheckInvariants(), std::nullopt);
  for (const Block& block : blocks_) ASSERT_TRUE(block.intact());
  ReleaseSurplus();
  // At most one slab of each size class with gaps, and the pool.
  const size_t classes = 14;
  EXPECT_LE(slabs_->held_bytes(),
            slabs_->live_bytes() * 21 / 20 +
                (classes + SlabAllocator::kPooledSlabs) * SlabAllocator::kSlabBytes);
}

TEST_F(SlabAllocatorTest, EmptySlabsServeOtherSizesAndGoBackToTheKernel) {
  for (int i = 0; i < 10'000; ++i) Add(512);
  const size_t before = slabs_->held_bytes();
  while (!blocks_.empty()) Remove(blocks_.size() - 1);
  EXPECT_EQ(slabs_->held_bytes(), before);  // Nobody who frees waits for the kernel.
  ReleaseSurplus();
  EXPECT_EQ(slabs_->held_bytes(), SlabAllocator::kPooledSlabs * SlabAllocator::kSlabBytes);
  SlabReleaser releaser(*slabs_);
  releaser.StepIdle();  // The pool was in use a moment ago.
  size_t held = slabs_->held_bytes();
  EXPECT_EQ(held, SlabAllocator::kPooledSlabs * SlabAllocator::kSlabBytes);
  for (size_t before_step = held; held > 0; held = slabs_->held_bytes()) {
    ASSERT_GE(held + 4 * SlabAllocator::kSlabBytes, before_step);  // Few at a time.
    before_step = held;
    releaser.StepIdle();
  }
  for (int i = 0; i < 10'000; ++i) Add(496);
  EXPECT_LE(slabs_->held_bytes(), before);
}

// Writes go on while the thread gives memory back: nothing in use is ever taken from under it.
TEST_F(SlabAllocatorTest, MemoryGoesBackWhileBlocksComeAndGo) {
  SlabReleaser releaser(*slabs_);
  for (int round = 0; round < 20; ++round) {
    for (int i = 0; i < 10'000; ++i) Add(400 + random_() % 200);
    while (blocks_.size() > 1000) {
      Remove(random_() % blocks_.size());
      if (blocks_.size() % 64 == 0) releaser.Step();
    }
    for (const Block& block : blocks_) ASSERT_TRUE(block.intact());
    ASSERT_EQ(slabs_->CheckInvariants(), std::nullopt);
  }
}

TEST_F(SlabAllocatorTest, LargeBlocksMoveBetweenHeapAndSlabs) {
  char* block = slabs_->Reallocate(nullptr, 0, 100, 0);
  std::memset(block, 'a', 100);
  block = slabs_->Reallocate(block, 100, 100'000, 100);
  EXPECT_EQ(slabs_->live_blocks(), 0u);
  block = slabs_->Reallocate(block, 100'000, 1'000'000, 100);
  block = slabs_->Reallocate(block, 1'000'000, 64, 64);
  EXPECT_EQ(std::string(block, 64), std::string(64, 'a'));
  slabs_->Free(block, 64);
}

#if defined(THIMBLE_ASAN)
TEST_F(SlabAllocatorTest, AddressSanitizerSeesUseAfterFree) {
  Add(64);
  Add(64);
  char* const block = blocks_[0].start;
  Remove(0);
  EXPECT_DEATH(block[8] = 'x', "use-after-poison");
}

TEST_F(SlabAllocatorTest, AddressSanitizerSeesAnOverrun) {
  Add(60);
  char* const block = blocks_[0].start;
  EXPECT_DEATH(block[60] = 'x', "use-after-poison");
  EXPECT_DEATH(block[64] = 'x', "use-after-poison");
}
#endif

}  // namespace
}  // namespace thimble
