// Any sequence of operations leaves a Table and a std::map with the same contents, and the table
// sound after each step. The input is a program: a byte chooses the table's traits, then each
// operation takes a byte for what to do, and bytes for its key and value. THIMBLE_SIMD is heard;
// how many operations there were is printed at the end.
#include "tests/fuzz/table_fuzz.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <map>
#include <string>
#include <vector>

#include "storage/common/check.h"
#include "storage/common/number.h"
#include "storage/table/simd.h"
#include "storage/table/table.h"
#include "storage/table/table_filler.h"

namespace thimble {
namespace {

class Input {
 public:
  Input(const uint8_t* data, size_t size) : data_(data), size_(size) {}

  bool empty() const { return size_ == 0; }
  unsigned Byte() {
    if (size_ == 0) return 0;
    --size_;
    return *data_++;
  }
  // Few different strings, of every form that a bucket knows.
  std::string String() {
    const unsigned form = Byte();
    const unsigned number = form % 4 == 0 ? Byte() : form >> 3;
    switch (form % 8) {
      case 0:
        return "field:" + std::to_string(1000 + number);
      case 1:
        return std::to_string(int64_t{1} << number % 63);
      case 2:
        return std::to_string(-static_cast<int64_t>(number) * number);
      case 3:
        return std::string(number, 'x');
      case 4:
        return std::string(number, static_cast<char>(number));
      case 5:
        return std::string(235 + number, 'y');
      case 6:
        return "0" + std::to_string(number);
      default:
        return std::string("\0\xff\r\n", 4).substr(0, number % 5);
    }
  }

 private:
  const uint8_t* data_;
  size_t size_;
};

struct Entry {
  std::string value;
  uint64_t deadline_ms = 0;
  uint16_t clock = 0;

  bool operator==(const Entry&) const = default;
};
using Model = std::map<std::string, Entry>;

uint64_t operations = 0;

void PrintOperations() {
  std::fprintf(stderr, "%llu operations with %s\n", static_cast<unsigned long long>(operations),
               SimdName(ActiveSimd()));
}

class Run {
 public:
  explicit Run(Input input)
      : input_(input), traits_(TraitsOf(input_.Byte())), table_(key_, traits_) {}

  void Finish() {
    while (!input_.empty()) {
      Step();
      ++operations;
      const std::optional<std::string> wrong = table_.CheckInvariants();
      if (wrong) std::fprintf(stderr, "%s\n", wrong->c_str());
      THIMBLE_CHECK(!wrong && table_.size() == model_.size());
    }
    CompareAll();
  }

 private:
  static TableTraits TraitsOf(unsigned byte) {
    const bool values = byte % 3 != 0;
    return {.values = values, .clocks = values && byte % 3 == 1};
  }

  void Step() {
    const unsigned operation = input_.Byte();
    switch (operation % 16) {
      case 0:
        table_.Maintain();
        return;
      case 1:
        return Scan(operation >> 4);
      case 2:
        return InsertCrowd(operation >> 4);
      case 3:
        return RemoveSome(operation >> 4);
      case 4:
        return TakeApart(operation >> 4);
      case 5:
        return Sample(operation);
      case 6:
        return Fill(operation >> 4);
      default:
        return OnOneKey(operation);
    }
  }

  void OnOneKey(unsigned operation) {
    const std::string text = input_.String();
    const Hashed key = key_.Of(text);
    const TablePosition position = table_.Find(key);
    const auto expected = model_.find(text);
    THIMBLE_CHECK(static_cast<bool>(position) == (expected != model_.end()));
    if (!position) {
      Entry entry{traits_.values ? input_.String() : "", operation >> 4, 0};
      if (traits_.clocks) entry.clock = static_cast<uint16_t>(operation * 257);
      const TablePosition at = table_.Insert(key, entry.value, entry.deadline_ms, entry.clock);
      THIMBLE_CHECK(table_.At(at).key.ToString() == text);
      model_[text] = entry;
      return;
    }
    Entry& entry = expected->second;
    switch (operation % 4) {
      case 0:
        table_.Erase(position);
        model_.erase(expected);
        return;
      case 1:
        entry.deadline_ms = operation >> 4;
        THIMBLE_CHECK(table_.At(table_.SetDeadline(position, entry.deadline_ms)).deadline_ms ==
                      entry.deadline_ms);
        return;
      case 2:
        if (!traits_.clocks) return;
        entry.clock = static_cast<uint16_t>(operation * 131);
        return table_.SetClock(position, entry.clock);
      default: {
        if (!traits_.values) return;
        const TablePosition at = (operation & 16) != 0 ? ReplaceByInteger(position, entry)
                                                       : ReplaceByText(position, entry);
        THIMBLE_CHECK(table_.At(at).value.ToString() == entry.value);
      }
    }
  }

  TablePosition ReplaceByText(TablePosition position, Entry& entry) {
    entry.value = input_.String();
    return table_.Replace(position, entry.value);
  }

  // By one of any width.
  TablePosition ReplaceByInteger(TablePosition position, Entry& entry) {
    const unsigned shift = input_.Byte() % 64;
    const auto magnitude = static_cast<int64_t>(uint64_t{input_.Byte()} << shift);
    int64_t sum = 0;
    if (!traits_.clocks && ParseInt64(entry.value) &&
        !__builtin_add_overflow(*ParseInt64(entry.value), magnitude, &sum)) {
      const std::string key = table_.At(position).key.ToString();
      if (const auto added = table_.AddInPlace(key_.Of(key), magnitude)) {
        THIMBLE_CHECK(*added == sum);
        entry.value = std::to_string(sum);
        return position;
      }
      THIMBLE_CHECK(table_.At(position).value.ToString() == entry.value);
    }
    entry.value = std::to_string(magnitude);
    return table_.Replace(position, magnitude);
  }

  // Keys that agree in their low hash bits: found once, since that takes a search.
  static const std::vector<std::string>& Crowd(const HashKey& key) {
    static const std::vector<std::string> crowd = [&] {
      std::vector<std::string> found;
      for (int i = 0; found.size() < 300; ++i) {
        std::string text = "crowd:" + std::to_string(i);
        if ((key.Hash(text) & 0x3f) == 0) found.push_back(std::move(text));
      }
      return found;
    }();
    return crowd;
  }

  // Some strings, and seldom a crowd, which makes a table large, by way of a filler. What is there
  // already it refuses.
  void Fill(unsigned count) {
    FillBudget budget{.most_bytes = uint64_t{count} * 50};
    TableFiller filler(table_, count % 4 == 0 ? 0 : size_t{count} * 1000, budget);
    Model added;
    size_t repeated = 0;
    size_t refused = 0;
    const auto enter = [&] {
      filler.EnterPart([&](const TableEntry& entry) {
        const std::string text = entry.key.ToString();
        THIMBLE_CHECK(model_.contains(text) || added.contains(text));
        ++refused;
      });
    };
    const auto add = [&](const std::string& text, const Entry& entry) {
      filler.Add(key_.Of(text), entry.value, entry.deadline_ms, entry.clock);
      if (model_.contains(text) || !added.emplace(text, entry).second) ++repeated;
      if (filler.IsFull()) enter();
    };
    for (unsigned i = 0; i < count; ++i) {
      const std::string text = input_.String();
      Entry entry{traits_.values ? input_.String() : "", 0, 0};
      if (traits_.clocks) entry = {entry.value, i, static_cast<uint16_t>(i * 257)};
      add(text, entry);
    }
    if (count == 15 && input_.Byte() % 4 == 0) {
      for (const std::string& text : Crowd(key_)) add(text, {});
    }
    while (!filler.empty()) enter();
    THIMBLE_CHECK(refused == repeated);
    model_.merge(added);
  }

  void InsertCrowd(unsigned part) {
    const std::vector<std::string>& crowd = Crowd(key_);
    for (size_t i = part; i < crowd.size(); i += 16) {
      table_.Set(key_.Of(crowd[i]), "");
      model_[crowd[i]].value.clear();
      model_[crowd[i]].deadline_ms = 0;
    }
  }

  // As many as a crowd has, so that a long program goes up and down and never stays large, where
  // each check takes long.
  void RemoveSome(unsigned part) {
    for (unsigned count = 4 * part; count > 0 && !model_.empty(); --count) {
      const auto victim = input_.Byte() % 2 == 0 ? model_.begin() : std::prev(model_.end());
      THIMBLE_CHECK(table_.Remove(key_.Of(victim->first)));
      model_.erase(victim);
    }
  }

  void Scan(unsigned calls) {
    while (calls-- > 0) {
      cursor_ = table_.Scan(
          cursor_ ^ (input_.Byte() % 8 == 7 ? input_.Byte() : 0),
          [&](const TableEntry& entry) { THIMBLE_CHECK(model_.contains(entry.key.ToString())); });
    }
    size_t steps = 0;
    std::map<std::string, int> seen;
    uint64_t cursor = 0;
    do {
      cursor = table_.Scan(cursor, [&](const TableEntry& entry) { ++seen[entry.key.ToString()]; });
      THIMBLE_CHECK(++steps < 100'000);
    } while (cursor != 0);
    THIMBLE_CHECK(seen.size() == model_.size());
  }

  void Sample(unsigned now_ms) {
    if (!model_.empty()) {
      const TableEntry entry = table_.At(table_.Random(random_));
      THIMBLE_CHECK(model_.contains(entry.key.ToString()));
    }
    table_.VisitExpired(now_ms >> 4, 1 + input_.Byte(), &sweep_, [&](const TableEntry& entry) {
      THIMBLE_CHECK(model_.at(entry.key.ToString()).deadline_ms == entry.deadline_ms);
    });
  }

  void TakeApart(unsigned part) {
    table_.TakeApart(size_t{1} << part / 2, [&](const TableEntry& entry) {
      THIMBLE_CHECK(model_.erase(entry.key.ToString()) == 1);
    });
  }

  void CompareAll() {
    Model contents;
    table_.ForEach([&](const TableEntry& entry) {
      contents[entry.key.ToString()] =
          Entry{entry.value.ToString(), entry.deadline_ms, entry.clock};
    });
    THIMBLE_CHECK(contents == model_);
  }

  Input input_;
  const TableTraits traits_;
  const HashKey key_ = HashKey::FromSeed(1);
  Table table_;
  Model model_;
  Random random_{1};
  uint64_t cursor_ = 0;
  uint64_t sweep_ = 0;
};

}  // namespace

uint64_t TableFuzzOperations() {
  return operations;
}

}  // namespace thimble

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  THIMBLE_CHECK(thimble::ChooseSimd(std::getenv("THIMBLE_SIMD")).ok());
  return std::atexit(thimble::PrintOperations);
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  thimble::Run(thimble::Input(data, size)).Finish();
  return 0;
}
