#include "storage/table/aligned_walk.h"

#include <algorithm>
#include <array>
#include <bit>
#include <bitset>
#include <optional>
#include <span>
#include <utility>

#include "storage/common/check.h"
#include "storage/common/equal.h"
#include "storage/common/prefetch.h"
#include "storage/table/table.h"

namespace thimble {
namespace {

// Beyond, a walk over all buckets costs more than looking up the few entries there are.
constexpr size_t kMostBucketsPerBucket = 4;
// How far ahead buckets are asked for, and how much of each: tags, codes and the data of most.
constexpr size_t kWalkedAhead = 8;
constexpr size_t kBytesAhead = 256;

void PrefetchHead(BucketRef ref) {
  PrefetchBytes(ref.blob(), std::min(ref.bytes(), kBytesAhead));
}

// One bucket; perhaps none.
class Side {
 public:
  Side(BucketRef ref, TableTraits traits) {
    if (!ref.empty()) view_.emplace(ref, traits);
  }

  bool empty() const { return !view_; }
  bool spilled() const { return view_ && view_->spilled(); }
  const BucketView& view() const { return *view_; }

 private:
  std::optional<BucketView> view_;
};

// Where the data of each entry of a bucket of keys begins.
class Places {
 public:
  void Find(const BucketView& view) {
    data_ = view.Data(0);
    uniform_ = view.Has(BucketView::kUniformKeys);
    step_ = view.KeyRest(0);
    if (uniform_) return;
    prefix_ = view.KeyPrefix().size();
    baseline::RunningSizes(view.key_codes(), view.count(), sums_.data());
  }
  const char* Of(unsigned slot) const {
    return data_ + (uniform_ ? slot * step_ : sums_[slot] - slot * prefix_);
  }

 private:
  static_assert(BucketRef::kMaxBytes <= UINT16_MAX);
  const char* data_;
  bool uniform_;
  size_t step_;    // If uniform_.
  size_t prefix_;  // Else: what each stored size is less by.
  std::array<uint16_t, BucketRef::kMaxCount + 15> sums_;
};

// Whether two strings, each a prefix and a rest, are the same, given that they are equally long.
bool SamePieces(Bytes prefix, const char* rest, Bytes other_prefix, const char* other_rest,
                size_t length) {
  if (prefix.size() > other_prefix.size()) {
    std::swap(prefix, other_prefix);
    std::swap(rest, other_rest);
  }
  const size_t between = other_prefix.size() - prefix.size();
  return EqualBytes(rest + between, other_rest, length - other_prefix.size()) &&
         EqualBytes(rest, other_prefix.data() + prefix.size(), between) &&
         EqualBytes(prefix.data(), other_prefix.data(), prefix.size());
}

// A key as it lies in its bucket.
struct StoredKey {
  uint8_t code;
  Bytes prefix;
  const char* data;

  Text ToText() const {
    if (IsSpecial(code)) return Cell{code, data}.ToText();
    return Text(prefix, Bytes(data, code - prefix.size()));
  }
};

bool SameKey(const StoredKey& key, const StoredKey& other) {
  if (key.code != other.code) return false;
  if (!IsSpecial(key.code)) {
    return SamePieces(key.prefix, key.data, other.prefix, other.data, key.code);
  }
  if (key.code != kLongCode) return EqualBytes(key.data, other.data, StoredSize(key.code));
  const LongString* const mine = LoadLong(key.data);
  const LongString* const theirs = LoadLong(other.data);
  return mine->hash == theirs->hash && mine->bytes() == theirs->bytes();
}

// Finds what two buckets share.
class BucketMatcher {
 public:
  // Calls visit(slot, key) for each slot of `side` whose key `other` has, while that returns true.
  template <class Visitor>
  bool VisitShared(const Side& side, const Side& other, Visitor visit) {
    if (side.empty() || other.empty()) return true;
    const BucketView& mine = side.view();
    const BucketView& theirs = other.view();
    bool placed = false;
    for (unsigned first = 0; first < theirs.count(); first += baseline::kTagStep) {
      const unsigned count = FindCandidates(mine, theirs, first);
      if (count == 0) continue;
      if (!placed) {
        my_places_.Find(mine);
        their_places_.Find(theirs);
        placed = true;
      }
      if (!VisitSameKeys(mine, theirs, first, count, visit)) return false;
    }
    return true;
  }

 private:
  // A slot of mine, and which of theirs in a step have its tag.
  struct Candidate {
    uint32_t slot;
    uint32_t matches;
  };

  // Of all slots of mine, for the step of theirs that begins at `first`. Whether a tag is there
  // cannot be guessed, so no branch depends on it. Returns how many there are.
  unsigned FindCandidates(const BucketView& mine, const BucketView& theirs, unsigned first) {
    const char* const tags = theirs.tags() + first;
    const unsigned tag_count = theirs.count() - first;
    unsigned count = 0;
    for (unsigned slot = 0; slot < mine.count(); ++slot) {
      const uint32_t matches = baseline::MatchTags(tags, tag_count, mine.tag(slot));
      candidates_[count] = {slot, matches};
      count += matches != 0 ? 1 : 0;
    }
    return count;
  }

  template <class Visitor>
  bool VisitSameKeys(const BucketView& mine, const BucketView& theirs, unsigned first,
                     unsigned count, Visitor visit) {
    const Bytes prefix = mine.KeyPrefix();
    const bool plain = !mine.Has(BucketView::kSpecialKeys) && !theirs.Has(BucketView::kSpecialKeys);
    if (plain && EqualBytes(prefix, theirs.KeyPrefix())) {
      return VisitIf(mine, first, count, visit, [&](const StoredKey& key, unsigned slot) {
        return theirs.KeyCode(slot) == key.code &&
               EqualBytes(key.data, their_places_.Of(slot), key.code - prefix.size());
      });
    }
    return VisitIf(mine, first, count, visit, [&](const StoredKey& key, unsigned slot) {
      return SameKey(key, {theirs.KeyCode(slot), theirs.KeyPrefix(), their_places_.Of(slot)});
    });
  }

  // Of the first `count` candidates those for which is_key(key, slot of the other) is true.
  template <class Visitor, class IsKey>
  bool VisitIf(const BucketView& mine, unsigned first, unsigned count, Visitor visit,
               IsKey is_key) {
    for (const Candidate& candidate : std::span(candidates_).first(count)) {
      const unsigned slot = candidate.slot;
      const StoredKey key{mine.KeyCode(slot), mine.KeyPrefix(), my_places_.Of(slot)};
      for (uint32_t matches = candidate.matches; matches != 0; matches &= matches - 1) {
        if (!is_key(key, first + static_cast<unsigned>(std::countr_zero(matches)))) continue;
        if (!visit(slot, key)) return false;
        break;
      }
    }
    return true;
  }

  std::array<Candidate, BucketRef::kMaxCount + 1> candidates_;
  Places my_places_;
  Places their_places_;
};

// The pairs of `other` that hold what a pair of `directory` may hold: with linear hashing the finer
// of two directories divides the pairs of the coarser and never cuts across them.
template <class Visitor>
bool VisitPartners(const Directory& directory, size_t pair, const Directory& other, Visitor visit) {
  if (other.pairs() <= directory.pairs()) return visit(other.PairOf(pair));
  const size_t narrow = directory.pairs() - directory.SplitPair();
  const bool is_wide = pair < directory.SplitPair() || pair >= narrow;
  const size_t step = is_wide ? 2 * narrow : narrow;
  for (size_t partner = pair; partner < other.pairs(); partner += step) {
    if (!visit(partner)) return false;
  }
  return true;
}

class AlignedWalk {
 public:
  AlignedWalk(const Table& table, const Table& other)
      : directory_(*table.PlainDirectory()),
        other_(*other.PlainDirectory()),
        traits_(table.traits()) {}

  bool Run(Shown shown, FunctionRef<bool(const Text&)> visit) {
    return ForEachPair([&](size_t pair) { return Show(shown, pair, visit); });
  }

  size_t CountShared(size_t most) {
    size_t count = 0;
    ForEachPair([&](size_t pair) {
      return VisitSharedOfPair(pair, [&](const StoredKey&) { return ++count != most; });
    });
    return count;
  }

 private:
  template <class Visitor>
  bool ForEachPair(Visitor visit) {
    const size_t ratio = 1 + other_.pairs() / directory_.pairs();
    const size_t ahead = 1 + kWalkedAhead / ratio;
    for (size_t pair = 0; pair < std::min(ahead, directory_.pairs()); ++pair) PrefetchPair(pair);
    for (size_t pair = 0; pair < directory_.pairs(); ++pair) {
      if (pair + ahead < directory_.pairs()) PrefetchPair(pair + ahead);
      if (!visit(pair)) return false;
    }
    return true;
  }

  bool Show(Shown shown, size_t pair, FunctionRef<bool(const Text&)> visit) {
    switch (shown) {
      case Shown::kShared:
        return ShowShared(pair, visit);
      case Shown::kUnshared:
        return ShowUnshared(pair, visit);
      case Shown::kEither:
        return ShowEither(pair, visit);
    }
    CheckFailed(__FILE__, __LINE__, "something to show");
  }

  struct Pair {
    Pair(const Directory& directory, size_t pair, TableTraits traits)
        : halves{{directory.At(2 * pair), traits}, {directory.At(2 * pair + 1), traits}} {}
    bool spilled() const { return halves[0].spilled() || halves[1].spilled(); }
    Side halves[2];
  };

  void PrefetchPair(size_t pair) const {
    PrefetchHead(directory_.At(2 * pair));
    PrefetchHead(directory_.At(2 * pair + 1));
    VisitPartners(directory_, pair, other_, [this](size_t partner) {
      PrefetchHead(other_.At(2 * partner));
      PrefetchHead(other_.At(2 * partner + 1));
      return true;
    });
  }

  using Slots = std::array<std::bitset<BucketRef::kMaxCount + 1>, 2>;

  // Calls visit(half, slot, key) for each entry of a pair that another pair has as well.
  template <class Visitor>
  bool VisitSharedOf(const Pair& mine, const Pair& theirs, Visitor visit) {
    // Equal keys prefer the same half, and sit there unless it was full.
    const bool crossed = mine.spilled() || theirs.spilled();
    for (unsigned half = 0; half < 2; ++half) {
      const Side& side = mine.halves[half];
      const auto visit_slot = [&](unsigned slot, const StoredKey& key) {
        return visit(half, slot, key);
      };
      if (!matcher_.VisitShared(side, theirs.halves[half], visit_slot)) return false;
      if (crossed && !matcher_.VisitShared(side, theirs.halves[half ^ 1], visit_slot)) return false;
    }
    return true;
  }

  void NoteShared(const Pair& mine, const Pair& theirs, Slots& shared) {
    VisitSharedOf(mine, theirs, [&](unsigned half, unsigned slot, const StoredKey&) {
      shared[half].set(slot);
      return true;
    });
  }

  static bool ShowAllBut(const Slots& hidden, const Pair& pair,
                         FunctionRef<bool(const Text&)> visit) {
    for (unsigned half = 0; half < 2; ++half) {
      if (pair.halves[half].empty()) continue;
      const BucketView& view = pair.halves[half].view();
      const char* data = view.Data(0);
      for (unsigned slot = 0; slot < view.count(); data += view.KeyRest(slot), ++slot) {
        const StoredKey key{view.KeyCode(slot), view.KeyPrefix(), data};
        if (!hidden[half].test(slot) && !visit(key.ToText())) return false;
      }
    }
    return true;
  }

  // Calls visit(key) for each entry of the pair that the other table has as well.
  template <class Visitor>
  bool VisitSharedOfPair(size_t pair, Visitor visit) {
    const Pair mine(directory_, pair, traits_);
    return VisitPartners(directory_, pair, other_, [&](size_t partner) {
      return VisitSharedOf(mine, Pair(other_, partner, traits_),
                           [&](unsigned, unsigned, const StoredKey& key) { return visit(key); });
    });
  }

  bool ShowShared(size_t pair, FunctionRef<bool(const Text&)> visit) {
    return VisitSharedOfPair(pair, [&](const StoredKey& key) { return visit(key.ToText()); });
  }

  bool ShowUnshared(size_t pair, FunctionRef<bool(const Text&)> visit) {
    const Pair mine(directory_, pair, traits_);
    Slots shared;
    VisitPartners(directory_, pair, other_, [&](size_t partner) {
      NoteShared(mine, Pair(other_, partner, traits_), shared);
      return true;
    });
    return ShowAllBut(shared, mine, visit);
  }

  // REQUIRES: `other_` is the finer directory, so that its partner pairs hold nothing else.
  bool ShowEither(size_t pair, FunctionRef<bool(const Text&)> visit) {
    const Pair mine(directory_, pair, traits_);
    return ShowAllBut(Slots(), mine, visit) &&
           VisitPartners(directory_, pair, other_, [&](size_t partner) {
             const Pair theirs(other_, partner, traits_);
             Slots shared;
             NoteShared(theirs, mine, shared);
             return ShowAllBut(shared, theirs, visit);
           });
  }

  const Directory& directory_;
  const Directory& other_;
  TableTraits traits_;
  BucketMatcher matcher_;
};

}  // namespace

bool CanWalkAligned(const Table& table, const Table& other) {
  return table.PlainDirectory() != nullptr && other.PlainDirectory() != nullptr &&
         &table.hash_key() == &other.hash_key() &&
         other.buckets() <= kMostBucketsPerBucket * table.buckets();
}

bool WalkAligned(const Table& table, const Table& other, Shown shown,
                 FunctionRef<bool(const Text& key)> visit) {
  THIMBLE_DCHECK(CanWalkAligned(table, other));
  THIMBLE_DCHECK(!table.traits().values && !other.traits().values);
  const bool swapped =
      shown == Shown::kEither && table.PlainDirectory()->pairs() > other.PlainDirectory()->pairs();
  return (swapped ? AlignedWalk(other, table) : AlignedWalk(table, other)).Run(shown, visit);
}

size_t CountShared(const Table& table, const Table& other, size_t most) {
  THIMBLE_DCHECK(CanWalkAligned(table, other));
  THIMBLE_DCHECK(!table.traits().values && !other.traits().values);
  return AlignedWalk(table, other).CountShared(most);
}

}  // namespace thimble
