#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "server/command/services.h"
#include "server/persist/files.h"
#include "server/persist/loading.h"
#include "storage/rdb/file_reader.h"

namespace thimble {

// One RDB file on its way into the databases, in slices. Says in the log what Redis says, which
// tools wait for. While it lives, changes to the keyspaces are nobody's business: observers do not
// hear of them.
class RdbLoading final : public Loading, public RdbReadListener {
 public:
  RdbLoading(Services& services, std::unique_ptr<InputFile> file, RdbReadOptions options);
  ~RdbLoading() override;

  Progress RunUntil(int64_t end_ns) override;
  uint64_t position() const override { return reader_.position(); }
  uint64_t size() const override { return file_->size(); }
  RdbReadReport report() const override { return reader_.report(); }

  // --- RdbReadListener ------------------------------------------------------------------------
  void OnAux(Bytes name, Bytes value) override;
  bool OnFunction(Bytes code) override;
  void OnEmptyKey(Bytes key) override;
  void OnDatabase(uint64_t) override {}

 private:
  void Delay();
  void LogFailure() const;
  void LogReport() const;

  Services& services_;
  const std::unique_ptr<InputFile> file_;
  KeyspaceObserver* const observer_;  // Put back at the end.
  uint64_t delayed_keys_ = 0;
  RdbFileReader reader_;
};

}  // namespace thimble
