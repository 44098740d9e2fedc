// Nanoseconds of CPU time per operation and bytes per entry of the table, one operation at a time
// and in prefetched batches of 16. Plain output, one line a figure:
//
//   table_bench [entries]     1,000,000 unless said; THIMBLE_SIMD as for the server
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>

#include <malloc.h>

#include "storage/common/check.h"
#include "storage/common/random.h"
#include "storage/table/simd.h"
#include "storage/table/table.h"

namespace thimble {
namespace {

constexpr size_t kBatch = 16;

// In the order of use, so that reading the input costs next to nothing.
struct Input {
  std::vector<std::string> keys;
  std::vector<std::string> values;
};

struct Data {
  const char* name;
  TableTraits traits;
  Input stored;
  Input changed;  // The stored keys in another order, with other values.
  Input absent;
};

std::string RandomBytes(Random& random, size_t size) {
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(random.Next());
  return bytes;
}

std::string Padded(const char* prefix, uint64_t number) {
  char text[64];
  std::snprintf(text, sizeof text, "%s%012llu", prefix, static_cast<unsigned long long>(number));
  return text;
}

class Bench {
 public:
  explicit Bench(const Data& data) : data_(data), entries_(data.stored.keys.size()) {}

  void Run() {
    std::printf("\n%s, %zu entries\n", data_.name, entries_);
    for (const size_t batch : {size_t{1}, kBatch}) {
      batch_ = batch;
      Table table(key_, data_.traits);
      RunOn(table);
    }
  }

 private:
  void RunOn(Table& table) {
    const size_t heap_before = mallinfo2().uordblks;
    const auto set = [&](const Hashed& key, Bytes value) { table.Set(key, value); };
    const auto insert = [&](const Hashed& key, Bytes value) { table.Insert(key, value); };
    const auto remove = [&](const Hashed& key, Bytes) { table.Remove(key); };
    Time("insert", data_.stored, insert, table);
    if (batch_ == 1) {
      const size_t heap = mallinfo2().uordblks - heap_before;
      const Table::Statistics statistics = table.GetStatistics();
      std::printf("  %-26s %8.1f (heap %.1f)\n", "bytes per entry",
                  static_cast<double>(table.MemoryBytes()) / static_cast<double>(entries_),
                  static_cast<double>(heap) / static_cast<double>(entries_));
      std::printf("  %-26s %zu, longest pair %zu, spilled %zu\n", "longest bucket",
                  statistics.longest_bucket, statistics.longest_pair, statistics.spilled);
    }
    size_t found = 0;
    const auto find = [&](const Hashed& key, Bytes) {
      const TablePosition position = table.Find(key);
      if (position) found += table.At(position).key.is_integer() + 1;
    };
    Time("hit", data_.changed, find, table);
    Time("miss", data_.absent, find, table);
    if (data_.traits.values) {
      Time("overwrite", data_.changed, set, table);
      Input longer = data_.changed;
      for (std::string& value : longer.values) value.append("abc");
      Time("overwrite, 3 bytes more", longer, set, table);
    }
    TimeWalks(table);
    Time("delete", data_.changed, remove, table);
    if (found == 0) std::abort();
  }

  void TimeWalks(Table& table) {
    if (batch_ != 1) return;
    size_t seen = 0;
    const auto count = [&](const TableEntry& entry) { seen += entry.key.tail().size(); };
    const auto start = Now();
    table.ForEach(count);
    Report("iterate", start, entries_);
    const auto random_start = Now();
    for (size_t i = 0; i < entries_; ++i) seen += static_cast<bool>(table.Random(random_));
    Report("random", random_start, entries_);
    if (seen == 0) std::abort();
  }

  template <class Operation>
  void Time(const char* what, const Input& input, Operation operation, const Table& table) {
    const double start = Now();
    Hashed keys[kBatch];
    for (size_t begin = 0; begin < entries_; begin += batch_) {
      const size_t size = std::min(batch_, entries_ - begin);
      for (size_t i = 0; i < size; ++i) {
        keys[i] = key_.Of(input.keys[begin + i]);
        if (batch_ > 1) table.PrefetchDirectory(keys[i].hash);
      }
      if (batch_ > 1) {
        for (size_t i = 0; i < size; ++i) table.PrefetchBucket(keys[i].hash);
      }
      for (size_t i = 0; i < size; ++i) operation(keys[i], input.values[begin + i]);
    }
    Report(what, start, entries_);
  }

  // CPU time of this thread: other work on the machine counts less than by the wall clock.
  static double Now() {
    timespec time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
  }

  void Report(const char* what, double start, size_t count) const {
    const double spent_ns = Now() - start;
    std::string label = what;
    if (batch_ > 1) label += ", batched";
    std::printf("  %-26s %8.1f ns\n", label.c_str(), spent_ns / static_cast<double>(count));
  }

  const Data& data_;
  const size_t entries_;
  size_t batch_ = 1;
  Random random_{1};
  HashKey key_ = HashKey::FromSeed(2);
};

template <class MakeKey, class MakeValue>
void RunWith(const char* name, TableTraits traits, size_t entries, MakeKey make_key,
             MakeValue make_value) {
  Random random(3);
  Data data{name, traits, {}, {}, {}};
  const auto add = [&](Input& input, std::string key, size_t i) {
    input.keys.push_back(std::move(key));
    input.values.push_back(traits.values ? make_value(random, i) : "");
  };
  for (size_t i = 0; i < entries; ++i) add(data.stored, make_key(random, i), i);
  for (size_t i = 0; i < entries; ++i) add(data.absent, make_key(random, entries + i), i);
  std::vector<size_t> order(entries);
  for (size_t i = 0; i < entries; ++i) order[i] = i;
  for (size_t i = entries; i > 1; --i) std::swap(order[i - 1], order[random.Below(i)]);
  for (const size_t i : order) add(data.changed, data.stored.keys[i], entries + i);
  Bench(data).Run();
}

void RunAll(size_t entries) {
  constexpr TableTraits kSet{};
  constexpr TableTraits kHash{.values = true};
  constexpr TableTraits kKeyspace{.values = true, .clocks = true};
  const auto none = [](Random&, size_t) { return std::string(); };
  RunWith(
      "hash, random 18+18 bytes", kHash, entries,
      [](Random& random, size_t) { return RandomBytes(random, 18); },
      [](Random& random, size_t) { return RandomBytes(random, 18); });
  RunWith(
      "hash, field:%012d value:%012d", kHash, entries,
      [](Random&, size_t i) { return Padded("field:", i); },
      [](Random&, size_t i) { return Padded("value:", i); });
  RunWith(
      "set, member:%012d", kSet, entries, [](Random&, size_t i) { return Padded("member:", i); },
      none);
  RunWith(
      "set, random 40-bit integers", kSet, entries,
      [](Random& random, size_t) { return std::to_string(random.Next() >> 24); }, none);
  RunWith(
      "keyspace, key:%012d value:%012d", kKeyspace, entries,
      [](Random&, size_t i) { return Padded("key:", i); },
      [](Random&, size_t i) { return Padded("value:", i); });
}

}  // namespace
}  // namespace thimble

int main(int argc, char** argv) {
  THIMBLE_CHECK(thimble::ChooseSimd(std::getenv("THIMBLE_SIMD")).ok());
  thimble::RunAll(argc > 1 ? std::strtoull(argv[1], nullptr, 10) : 1'000'000);
  return 0;
}
