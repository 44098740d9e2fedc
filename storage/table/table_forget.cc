// The last walk through a table, in a copy of the process that was made for it.
//
// Fork shares memory until somebody writes. The less of it the copy still needs, the less the
// kernel must copy for the process that goes on writing: what was read is given up, whole slabs at
// a time. Buckets lie in their slabs in no order, so the walk goes through the slabs, not the
// directory.

#include <algorithm>
#include <array>

#include "storage/common/prefetch.h"
#include "storage/table/table.h"

namespace thimble {
namespace {

constexpr size_t kMostParts = 32;
// Of the directory; below, parts are not worth reading it more than once.
constexpr size_t kBucketsPerPart = 2048;
// How many buckets are asked for before the first of them is read.
constexpr size_t kAhead = 8;

}  // namespace

bool Table::VisitAndForget(BucketRef ref, FunctionRef<bool(const TableEntry&)> visit) const {
  bool go_on = true;
  const BucketView view(ref, editor_.traits());
  view.ForEach([&](const TableEntry& entry) { go_on = go_on && visit(entry); });
  const auto forget = [](const Cell& cell) {
    if (cell.code != kLongCode) return;
    const LongString* const string = LoadLong(cell.data);
    process_slabs.Forget(reinterpret_cast<const char*>(string), string->allocated());
  };
  for (unsigned slot = 0; slot < view.count(); ++slot) {
    if (view.Has(BucketView::kSpecialKeys)) forget(view.KeyCell(slot));
    if (view.Has(BucketView::kSpecialValues)) forget(view.ValueCell(slot));
  }
  process_slabs.Forget(ref.blob(), ref.bytes());
  return go_on;
}

bool Table::ForgetWhile(FunctionRef<bool(const TableEntry&)> visit) const {
  const auto parts =
      static_cast<unsigned>(std::clamp<size_t>(buckets() / kBucketsPerPart, 1, kMostParts));
  std::array<BucketRef, kAhead> asked_for;
  size_t turn = 0;
  // Takes a bucket in and deals with the one that came kAhead before.
  const auto exchange = [&](BucketRef ref) {
    std::swap(ref, asked_for[turn++ % kAhead]);
    return ref.empty() || VisitAndForget(ref, visit);
  };
  for (unsigned i = 0; i < parts; ++i) {
    const SlabAllocator::Part part = process_slabs.PartOf(i, parts);
    for (const Directory* directory : {&current_, static_cast<const Directory*>(old_.get())}) {
      if (directory == nullptr) continue;
      for (size_t bucket = 0; bucket < directory->buckets(); ++bucket) {
        const BucketRef ref = directory->At(bucket);
        if (ref.empty() || !part.Holds(ref.blob())) continue;
        PrefetchBytes(ref.blob(), ref.bytes());
        if (!exchange(ref)) return false;
      }
    }
  }
  for (size_t i = 0; i < kAhead; ++i) {
    if (!exchange(BucketRef())) return false;
  }
  return true;
}

}  // namespace thimble
