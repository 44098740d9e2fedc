#include "server/commands/memory_commands.h"

#include <cstdio>
#include <cstdlib>
#include <string>

#include <malloc.h>

#include "server/command/args.h"
#include "server/command/context.h"
#include "server/command/help.h"
#include "server/script/scripts.h"
#include "server/stats/memory_report.h"
#include "server/stats/ratio.h"
#include "server/upkeep.h"
#include "storage/slab/slab_allocator.h"

namespace thimble {
namespace {

// MEMORY USAGE key [SAMPLES count]. Nothing needs sampling here: the figure is kept, not estimated.
Result<void> MemoryUsage(CommandContext& ctx, ArgCursor args) {
  const Hashed key = args.NextHashed();
  while (args.HasNext()) {
    if (!args.TakeOption("samples")) return Errc::kSyntax;
    const auto samples = args.NextInt();
    if (!samples.ok()) return Errc::kNotInteger;
    if (*samples < 0) return Errc::kSyntax;
  }
  const auto description = ctx.keys().Describe(key);
  if (description) {
    ctx.reply().Integer(static_cast<int64_t>(description->memory_bytes));
  } else {
    ctx.reply().Null();
  }
  return Ok();
}

// Writes the pairs of MEMORY STATS and counts them.
class StatsWriter {
 public:
  explicit StatsWriter(ReplyWriter& reply) : reply_(reply), mark_(reply.Defer()) {}

  void Bytes(std::string_view name, uint64_t value) { Signed(name, static_cast<int64_t>(value)); }
  void Signed(std::string_view name, int64_t value) {
    Name(name);
    reply_.Integer(value);
  }
  void Double(std::string_view name, double value) {
    Name(name);
    reply_.Double(value);
  }
  void Database(const MemoryReport::Database& database) {
    Name("db." + std::to_string(database.index));
    reply_.Map(2);
    reply_.Bulk(thimble::Bytes("overhead.hashtable.main"));
    reply_.Integer(static_cast<int64_t>(database.overhead));
    reply_.Bulk(thimble::Bytes("overhead.hashtable.expires"));
    reply_.Integer(0);  // Deadlines live beside the keys they belong to.
  }
  void Finish() { reply_.FinishDeferred(mark_, ReplyWriter::Aggregate::kMap, count_); }

 private:
  void Name(std::string_view name) {
    reply_.Bulk(thimble::Bytes(name));
    ++count_;
  }

  ReplyWriter& reply_;
  OutputBuffer::Mark mark_;
  size_t count_ = 0;
};

Result<void> MemoryStats(CommandContext& ctx, ArgCursor) {
  const MemoryReport report = TakeMemoryReport(ctx.services());
  const uint64_t grown = report.used > report.startup ? report.used - report.startup : 0;
  StatsWriter stats(ctx.reply());
  stats.Bytes("peak.allocated", report.peak);
  stats.Bytes("total.allocated", report.used);
  stats.Bytes("startup.allocated", report.startup);
  stats.Bytes("replication.backlog", 0);
  stats.Bytes("clients.slaves", 0);
  stats.Bytes("clients.normal", report.clients);
  stats.Bytes("cluster.links", 0);
  stats.Bytes("aof.buffer", 0);
  const Scripts& scripts = ctx.services().scripts;
  stats.Bytes("lua.caches", scripts.eval.cache().MemoryBytes());
  stats.Bytes("functions.caches", scripts.functions.MemoryBytes());
  for (const MemoryReport::Database& database : report.databases) stats.Database(database);
  stats.Bytes("overhead.total", report.overhead);
  stats.Bytes("keys.count", report.keys);
  stats.Bytes("keys.bytes-per-key", report.keys == 0 ? 0 : grown / report.keys);
  stats.Bytes("dataset.bytes", report.dataset);
  stats.Double("dataset.percentage", report.DatasetPercent());
  stats.Double("peak.percentage", report.PeakPercent());
  stats.Bytes("allocator.allocated", report.used - report.gaps);
  stats.Bytes("allocator.active", report.active);
  stats.Bytes("allocator.resident", report.resident);
  const uint64_t allocated = report.used - report.gaps;
  stats.Double("allocator-fragmentation.ratio", Ratio(report.active, allocated));
  stats.Bytes("allocator-fragmentation.bytes", report.active - allocated);
  stats.Double("allocator-rss.ratio", Ratio(report.resident, report.active));
  stats.Signed("allocator-rss.bytes",
               static_cast<int64_t>(report.resident) - static_cast<int64_t>(report.active));
  stats.Double("rss-overhead.ratio", 1);
  stats.Bytes("rss-overhead.bytes", 0);
  stats.Double("fragmentation", Ratio(report.resident, report.used));
  stats.Signed("fragmentation.bytes",
               static_cast<int64_t>(report.resident) - static_cast<int64_t>(report.used));
  stats.Finish();
  return Ok();
}

Result<void> MemoryDoctor(CommandContext& ctx, ArgCursor) {
  constexpr uint64_t kTooLittle = 5U << 20U;
  constexpr double kMuchAbovePeak = 1.5;
  constexpr double kMuchFragmentation = 1.4;
  const MemoryReport report = TakeMemoryReport(ctx.services());
  std::string advice;
  if (report.used < kTooLittle) {
    advice = "The server holds too little data to say anything about its memory.\n";
  } else {
    if (Ratio(report.peak, report.used) > kMuchAbovePeak) {
      advice +=
          " * Peak: much more memory was used before than now. The process may keep some of it; "
          "MEMORY PURGE asks the allocator to give it back.\n";
    }
    if (Ratio(report.resident, report.used) > kMuchFragmentation) {
      advice +=
          " * Fragmentation: the process holds much more memory than its data needs. Deleting or "
          "rewriting many values of differing sizes leaves such gaps; MEMORY PURGE may help.\n";
    }
    if (advice.empty()) advice = "No memory problem was found.\n";
  }
  ctx.reply().Verbatim("txt", advice);
  return Ok();
}

// What the C library tells of its arenas, as it tells it (XML).
Result<void> MemoryMallocStats(CommandContext& ctx, ArgCursor) {
  char* text = nullptr;
  size_t size = 0;
  std::FILE* out = open_memstream(&text, &size);
  if (out == nullptr) return Error::Message("ERR Not enough memory for the report");
  malloc_info(0, out);
  std::fclose(out);
  ctx.reply().Verbatim("txt", Bytes(text, size));
  std::free(text);
  return Ok();
}

// Gives back at once what is free in whole pages or slabs; upkeep then empties what slabs it can.
Result<void> MemoryPurge(CommandContext& ctx, ArgCursor) {
  malloc_trim(0);
  process_slabs.Trim();
  process_slabs.CompactAbove(kCompactOnRequest);
  ctx.reply().Ok();
  return Ok();
}

constexpr std::string_view kReportTips[] = {"nondeterministic_output", "request_policy:all_shards",
                                            "response_policy:special"};
constexpr std::string_view kPurgeTips[] = {"request_policy:all_shards",
                                           "response_policy:all_succeeded"};

constexpr CommandSpec Subcommand(std::string_view name, Handler run, std::string_view summary,
                                 uint32_t flags = 0,
                                 std::span<const std::string_view> tips = kReportTips) {
  return {.name = name,
          .run = run,
          .arity = Exactly(2),
          .flags = flags,
          .group = Group::kServer,
          .since = "4.0.0",
          .complexity = "O(1)",
          .summary = summary,
          .tips = tips};
}

constexpr CommandSpec kMemorySubcommands[] = {
    Subcommand("doctor", MemoryDoctor, "Looks for problems with memory."),
    Subcommand("help", ContainerHelp, "Lists the subcommands.", kLoading | kStale, {}),
    Subcommand("malloc-stats", MemoryMallocStats, "Returns what the allocator tells of itself."),
    Subcommand("purge", MemoryPurge, "Asks the allocator to give memory back.", 0, kPurgeTips),
    Subcommand("stats", MemoryStats, "Returns where the memory is."),
    {.name = "usage",
     .run = MemoryUsage,
     .arity = AtLeast(3),
     .keys = KeyAt(2, kKeyReadOnly),
     .flags = kReadOnly,
     .group = Group::kServer,
     .since = "4.0.0",
     .complexity = "O(1)",
     .summary = "Returns the bytes a key and its value take.",
     .syntax = "key [SAMPLES count:integer]"},
};
static_assert(WellFormed(kMemorySubcommands));

constexpr CommandSpec kMemoryCommands[] = {
    {.name = "memory",
     .arity = AtLeast(2),
     .group = Group::kServer,
     .since = "4.0.0",
     .complexity = "Depends on the subcommand.",
     .summary = "Commands about memory.",
     .subcommands = kMemorySubcommands},
};
static_assert(WellFormed(kMemoryCommands));

}  // namespace

std::span<const CommandSpec> MemoryCommands() {
  return kMemoryCommands;
}

}  // namespace thimble
