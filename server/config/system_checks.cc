#include "server/config/system_checks.h"

#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <string>

namespace thimble {
namespace {

std::string FirstLine(const char* path) {
  std::ifstream file(path);
  std::string line;
  std::getline(file, line);
  return line;
}

bool Report(const char* what, bool good, const char* advice) {
  std::printf("[%s]...%s\n", what, good ? "OK" : "WARNING:");
  if (!good) std::printf("%s\n", advice);
  return good;
}

// One pass: every word gets a value made from its place and the pattern, then all are compared.
bool PassesWith(uint64_t* words, size_t count, uint64_t pattern) {
  for (size_t i = 0; i < count; ++i) words[i] = (i * 0x9e3779b97f4a7c15U) ^ pattern;
  const volatile uint64_t* reread = words;
  for (size_t i = 0; i < count; ++i) {
    if (reread[i] == ((i * 0x9e3779b97f4a7c15U) ^ pattern)) continue;
    std::printf("Memory error at word %zu of %zu\n", i, count);
    return false;
  }
  return true;
}

}  // namespace

bool CheckSystem() {
  const std::string clock =
      FirstLine("/sys/devices/system/clocksource/clocksource0/current_clocksource");
  const std::string huge_pages = FirstLine("/sys/kernel/mm/transparent_hugepage/enabled");
  bool good = Report("slow-clocksource", clock != "acpi_pm" && clock != "hpet",
                     "The kernel reads the time from a slow device, and every command reads the "
                     "time. Choose a faster clock source, such as tsc.");
  good = Report("THP", huge_pages.find("[always]") == std::string::npos,
                "Transparent huge pages are always on, which raises memory use and latency. To "
                "leave them to programs that ask: echo madvise > "
                "/sys/kernel/mm/transparent_hugepage/enabled") &&
         good;
  return good;
}

bool TestMemory(size_t megabytes) {
  const size_t count = megabytes * (1U << 20U) / sizeof(uint64_t);
  const std::unique_ptr<uint64_t, decltype(&std::free)> words(
      static_cast<uint64_t*>(std::malloc(count * sizeof(uint64_t))), &std::free);
  if (words == nullptr) {
    std::printf("Unable to allocate %zu megabytes\n", megabytes);
    return false;
  }
  for (const uint64_t pattern : {uint64_t{0}, ~uint64_t{0}, uint64_t{0x5555555555555555}}) {
    if (!PassesWith(words.get(), count, pattern)) return false;
  }
  std::printf("%zu megabytes passed the test\n", megabytes);
  return true;
}

}  // namespace thimble
