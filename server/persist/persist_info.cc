#include "server/persist/persist_info.h"

#include <algorithm>

#include "server/persist/persistence.h"
#include "server/stats/info.h"
#include "server/stats/ratio.h"
#include "server/stats/statistics.h"
#include "storage/keyspace/environment.h"

namespace thimble {
namespace {

void WriteBackground(InfoText& text, const BackgroundWork& work,
                     const BackgroundWork::Facts& facts) {
  const bool running = work.working();
  const uint64_t keys = running ? work.job().keys_processed() : 0;
  const uint64_t total = running ? facts.keys_to_save : 0;
  const uint64_t copied = running ? work.job().copied_bytes() : 0;
  text.Field("current_cow_peak", copied);
  text.Field("current_cow_size", copied);
  text.Zeroes({"current_cow_size_age"});
  text.Field("current_fork_perc", Percent(keys, total), 2);
  text.Field("current_save_keys_processed", keys);
  text.Field("current_save_keys_total", total);
}

// How far a loading is, and how long it will go on at this pace.
void WriteLoading(InfoText& text, const Services& services, const Loading& loading) {
  const int64_t start_s = services.persistence.loader().start_s();
  const int64_t elapsed_s = services.environment.clock.NowMs() / 1000 - start_s;
  const uint64_t read = loading.position();
  const uint64_t left = loading.size() > read ? loading.size() - read : 0;
  const uint64_t pace = elapsed_s > 0 ? read / static_cast<uint64_t>(elapsed_s) : 0;
  text.Field("loading_start_time", start_s);
  text.Field("loading_total_bytes", loading.size());
  text.Field("loading_rdb_used_mem", loading.report().memory_bytes);
  text.Field("loading_loaded_bytes", read);
  text.Field("loading_loaded_perc", Percent(read, loading.size()), 2);
  text.Field("loading_eta_seconds", pace == 0 ? 1 : left / pace);
}

void WriteLog(InfoText& text, const Persistence& persistence, const BackgroundWork::Facts& facts) {
  const AppendOnly& log = persistence.log();
  const AofWriter::State state = log.WriterState();
  const bool rewriting = persistence.background() == Persistence::Background::kRewrite;
  text.Field("aof_enabled", persistence.log_enabled() ? 1 : 0);
  text.Field("aof_rewrite_in_progress", rewriting ? 1 : 0);
  text.Field("aof_rewrite_scheduled", persistence.work().rewrite_scheduled() ? 1 : 0);
  text.Field("aof_last_rewrite_time_sec", facts.rewrite.last_s);
  text.Field("aof_current_rewrite_time_sec", facts.rewrite.current_s);
  text.Field("aof_last_bgrewrite_status", facts.rewrite.last_ok ? "ok" : "err");
  text.Field("aof_rewrites", facts.rewrite.starts);
  text.Field("aof_rewrites_consecutive_failures", facts.rewrite.failures_in_a_row);
  text.Field("aof_last_write_status", state.failed() ? "err" : "ok");
  text.Field("aof_last_cow_size", facts.rewrite.copied_bytes);
  text.Zeroes({"module_fork_in_progress", "module_fork_last_cow_size"});
  if (!persistence.log_enabled()) return;
  text.Field("aof_current_size", log.current_bytes());
  text.Field("aof_base_size", log.bytes_after_rewrite());
  text.Field("aof_pending_rewrite", persistence.work().rewrite_scheduled() ? 1 : 0);
  text.Field("aof_buffer_length", state.waiting_bytes);
  text.Field("aof_pending_bio_fsync", state.unsynced_for_ms > 0 ? 1 : 0);
  text.Field("aof_delayed_fsync", log.delayed_syncs());
}

void WritePersistence(InfoText& text, const Services& services) {
  const Persistence& persistence = services.persistence;
  const BackgroundWork::Facts facts = persistence.work().GetFacts();
  const bool saving = persistence.background() == Persistence::Background::kSave;
  text.Field("loading", persistence.loading() ? 1 : 0);
  text.Zeroes({"async_loading"});
  WriteBackground(text, persistence.work(), facts);
  text.Field("rdb_changes_since_last_save", services.statistics.dirty);
  text.Field("rdb_bgsave_in_progress", saving ? 1 : 0);
  text.Field("rdb_last_save_time", persistence.last_save_s());
  text.Field("rdb_last_bgsave_status", facts.save.last_ok ? "ok" : "err");
  text.Field("rdb_last_bgsave_time_sec", facts.save.last_s);
  text.Field("rdb_current_bgsave_time_sec", facts.save.current_s);
  text.Field("rdb_saves", facts.saves);
  text.Field("rdb_last_cow_size", facts.save.copied_bytes);
  const RdbReadReport load = persistence.loader().report();
  text.Field("rdb_last_load_keys_expired", load.keys_expired);
  text.Field("rdb_last_load_keys_loaded", load.keys_loaded);
  WriteLog(text, persistence, facts);
  const Loading* const loading = persistence.loader().current();
  if (loading != nullptr) WriteLoading(text, services, *loading);
}

}  // namespace

void AddPersistenceSection(InfoRegistry& info, Services& services) {
  const Services* const parts = &services;
  info.Add("Persistence", InfoRegistry::Shown::kByDefault,
           [parts](InfoText& text) { WritePersistence(text, *parts); });
}

}  // namespace thimble
