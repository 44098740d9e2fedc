#include "server/check/aof_check.h"

#include <algorithm>
#include <cctype>
#include <cinttypes>
#include <cstdio>
#include <iostream>
#include <utility>

#include "server/check/rdb_check.h"
#include "server/command/args.h"
#include "server/persist/aof_manifest.h"
#include "server/persist/aof_reader.h"
#include "storage/rdb/file_reader.h"

namespace thimble {
namespace {

// By its name, or because a line of it names a file: one that is damaged is not to be taken for a
// log, of which all that is not sound may be cut off.
bool IsManifest(Bytes path, Bytes start) {
  if (path.ends_with(".manifest")) return true;
  while (start.starts_with('#'))
    start.remove_prefix(std::min(start.find('\n'), start.size() - 1) + 1);
  if (start.starts_with('*') || BeginsAsRdb(start)) return false;
  return start.starts_with("file ") || start.find("\nfile ") != Bytes::npos;
}

// Some bytes from the front of a file; nothing, having said so, if it cannot be read.
std::optional<std::string> StartOf(Files& files, const std::string& path) {
  std::error_code error;
  const std::unique_ptr<InputFile> file = files.OpenToRead(path, error);
  if (file != nullptr) {
    std::string start(file->Next());
    error = file->error();
    if (!error) return start;
  }
  std::printf("Cannot open file %s: %s\n", path.c_str(), error.message().c_str());
  return std::nullopt;
}

// How far a file of requests is sound.
struct Extent {
  uint64_t size = 0;
  uint64_t sound = 0;      // Up to here: no request and no transaction is cut.
  uint64_t line = 1;       // As a reader counts who passes over time stamps.
  bool past = false;       // Ended at a time stamp after the time that was asked for.
  bool bad_stamp = false;  // Ended at one that tells no time, where a time was asked for.
};

// Says what is wrong where reading ended.
Extent MeasureRequests(std::unique_ptr<InputFile> file, uint64_t skip,
                       std::optional<int64_t> until_s, const std::string& name) {
  Extent extent{.size = file->size(), .sound = skip};
  AofReader reader(std::move(file), skip);
  bool in_transaction = false;
  const auto complain = [&](const std::string& what) {
    std::printf("0x%16" PRIx64 ": ", reader.position());
    std::fwrite(what.data(), 1, what.size(), stdout);  // It may quote a zero byte.
    std::putchar('\n');
    return extent;
  };
  while (true) {
    switch (reader.Next()) {
      case AofReader::Found::kNote:
        if (!until_s || !IsTimestamp(reader.note())) break;
        if (const auto stamp = TimestampOf(reader.note()); !stamp || *stamp > *until_s) {
          (stamp ? extent.past : extent.bad_stamp) = true;
          return extent;
        }
        break;
      case AofReader::Found::kRequest: {
        const Bytes command = reader.request()[0];
        const bool begins = EqualsIgnoringCase(command, "multi");
        if (begins && in_transaction) return complain("Unexpected MULTI in AOF " + name);
        const bool ends = EqualsIgnoringCase(command, "exec");
        if (ends && !in_transaction) return complain("Unexpected EXEC in AOF " + name);
        in_transaction = begins || (in_transaction && !ends);
        extent.line += 1 + 2 * reader.request().size();
        break;
      }
      case AofReader::Found::kEnd:
        if (in_transaction) return complain("Reached EOF before reading EXEC for MULTI");
        return extent;
      case AofReader::Found::kPartial:
        return complain("Reached EOF in the middle of a request");
      case AofReader::Found::kMalformed:
        std::printf("AOF %s format error\n", name.c_str());
        return complain(reader.why());
      case AofReader::Found::kUnreadable:
        return complain("Error reading: " + reader.file().error().message());
    }
    if (!in_transaction) extent.sound = reader.position();
  }
}

bool Confirmed() {
  std::printf("Continue? [y/N]: ");
  std::fflush(stdout);
  std::string answer;
  std::getline(std::cin, answer);
  if (!answer.empty() && std::tolower(static_cast<unsigned char>(answer[0])) == 'y') return true;
  std::puts("Aborting...");
  return false;
}

// One file: RDB, requests, or both.
class FileCheck {
 public:
  // `path` is where it lies, `name` how it is called, `last` whether no file of the log follows.
  FileCheck(Files& files, std::string path, std::string name, bool last, AofCheckOptions options)
      : files_(files),
        path_(std::move(path)),
        name_(std::move(name)),
        last_(last),
        options_(options) {}

  // `what` is how the file is called once it has passed: "AOF", "BASE AOF", "INCR AOF".
  bool Run(const char* what) const {
    const auto start = StartOf(files_, path_);
    if (!start) return false;
    if (start->empty()) {
      std::printf("%s %s is empty\n", what, name_.c_str());
      return true;
    }
    uint64_t skip = 0;
    if (BeginsAsRdb(*start)) {
      const auto end = CheckRdb(files_, path_, name_);
      if (!end) {
        std::puts("RDB preamble of AOF file is not sane, aborting.");
        return false;
      }
      std::puts("RDB preamble is OK, proceeding with AOF tail...");
      skip = *end;
    }
    std::error_code error;
    std::unique_ptr<InputFile> file = files_.OpenToRead(path_, error);
    if (file == nullptr) return false;
    const Extent extent = MeasureRequests(std::move(file), skip, options_.until_s, name_);
    if (extent.bad_stamp) {
      std::puts("Invalid timestamp annotation");
      return false;
    }
    if (options_.until_s && extent.past) return CutToTime(extent);
    if (extent.sound < extent.size) return TellOrCut(extent);
    if (options_.until_s) {
      std::printf("Truncate nothing in AOF %s to timestamp %" PRId64 "\n", name_.c_str(),
                  *options_.until_s);
    } else {
      TellExtent(extent);
    }
    std::printf("%s %s is valid\n", what, name_.c_str());
    return true;
  }

 private:
  void TellExtent(const Extent& extent) const {
    std::printf("AOF analyzed: filename=%s, size=%" PRIu64 ", ok_up_to=%" PRIu64
                ", ok_up_to_line=%" PRIu64 ", diff=%" PRIu64 "\n",
                name_.c_str(), extent.size, extent.sound, extent.line, extent.size - extent.sound);
  }

  bool CutToTime(const Extent& extent) const {
    if (extent.sound == 0) {
      std::printf("AOF %s has nothing before timestamp %" PRId64 ", aborting...\n", name_.c_str(),
                  *options_.until_s);
      return false;
    }
    const std::string to = " to timestamp " + std::to_string(*options_.until_s);
    if (!last_) {
      std::printf("Failed to truncate AOF %s%s to offset %" PRIu64
                  " because it is not the last file.\n"
                  "If you insist, delete the files that follow it and their lines in the manifest, "
                  "then run this again.\n",
                  name_.c_str(), to.c_str(), extent.sound);
      return false;
    }
    return Cut(extent.sound, to);
  }

  bool TellOrCut(const Extent& extent) const {
    TellExtent(extent);
    if (!options_.fix) {
      std::printf("AOF %s is not valid. Use the --fix option to try fixing it.\n", name_.c_str());
      return false;
    }
    if (!last_) {
      std::printf("Failed to truncate AOF %s because it is not the last file\n", name_.c_str());
      return false;
    }
    std::printf("This will shrink the AOF %s from %" PRIu64 " bytes, with %" PRIu64
                " bytes, to %" PRIu64 " bytes\n",
                name_.c_str(), extent.size, extent.size - extent.sound, extent.sound);
    return Confirmed() && Cut(extent.sound, "");
  }

  bool Cut(uint64_t bytes, const std::string& to) const {
    std::error_code error;
    const std::unique_ptr<OutputFile> file = files_.OpenToWrite(path_, Files::Mode::kAppend, error);
    if (file == nullptr || !file->Truncate(bytes) || !file->Sync()) {
      if (file != nullptr) error = file->error();
      std::printf("Failed to truncate AOF %s%s: %s\n", name_.c_str(), to.c_str(),
                  error.message().c_str());
      return false;
    }
    std::printf("Successfully truncated AOF %s%s\n", name_.c_str(), to.c_str());
    return true;
  }

  Files& files_;
  const std::string path_;
  const std::string name_;
  const bool last_;
  const AofCheckOptions options_;
};

bool CheckManifest(Files& files, const std::string& path, Bytes text,
                   const AofCheckOptions& options) {
  std::puts("Start checking Multi Part AOF");
  Result<AofManifest> manifest = AofManifest::Parse(text);
  if (!manifest.ok()) {
    const Error why = manifest.error();
    std::printf("*** FATAL AOF MANIFEST FILE ERROR ***\n%s\n", why.text().c_str());
    return false;
  }
  const std::string folder = path.substr(0, path.rfind('/') + 1);
  // As in loading, files that hold nothing may follow the last.
  const auto is_last = [&](size_t following) {
    for (; following < manifest->increments.size(); ++following) {
      const auto facts = files.FactsOf(folder + manifest->increments[following].name);
      if (!facts || facts->bytes > 0) return false;
    }
    return true;
  };
  const auto check = [&](const AofManifest::File& file, size_t following, const char* what) {
    return FileCheck(files, folder + file.name, file.name, is_last(following), options).Run(what);
  };
  if (manifest->base) {
    const auto start = StartOf(files, folder + manifest->base->name);
    if (!start) return false;
    std::printf("Start to check BASE AOF (%s format).\n", BeginsAsRdb(*start) ? "RDB" : "RESP");
    if (!check(*manifest->base, 0, "BASE AOF")) return false;
  }
  if (!manifest->increments.empty()) std::puts("Start to check INCR files.");
  for (size_t i = 0; i < manifest->increments.size(); ++i) {
    if (!check(manifest->increments[i], i + 1, "INCR AOF")) return false;
  }
  std::puts("All AOF files and manifest are valid");
  return true;
}

}  // namespace

bool CheckAof(Files& files, const std::string& path, const AofCheckOptions& options) {
  const auto start = StartOf(files, path);
  if (!start) return false;
  if (IsManifest(path, *start)) {
    std::error_code error;
    const std::unique_ptr<InputFile> file = files.OpenToRead(path, error);
    std::string text;
    if (file != nullptr) {
      for (Bytes piece = file->Next(); !piece.empty(); piece = file->Next()) text += piece;
    }
    return CheckManifest(files, path, text, options);
  }
  std::puts("Start checking Old-Style AOF");
  return FileCheck(files, path, path, true, options).Run("AOF");
}

}  // namespace thimble
