#include "server/command/names.h"

namespace thimble {
namespace {

template <class Bits>
struct Name {
  Bits bit;
  std::string_view name;
};

constexpr Name<uint32_t> kFlagNames[] = {
    {kWrite, "write"},
    {kReadOnly, "readonly"},
    {kDenyOom, "denyoom"},
    {kAdmin, "admin"},
    {kPubSub, "pubsub"},
    {kNoScript, "noscript"},
    {kBlocking, "blocking"},
    {kLoading, "loading"},
    {kStale, "stale"},
    {kSkipMonitor, "skip_monitor"},
    {kSkipSlowLog, "skip_slowlog"},
    {kFast, "fast"},
    {kNoAuth, "no_auth"},
    {kNoMulti, "no_multi"},
    {kNoMandatoryKeys, "no_mandatory_keys"},
    {kMovableKeys, "movablekeys"},
    {kAllowBusy, "allow_busy"},
    {kNoAsyncLoading, "no_async_loading"},
};

constexpr Name<uint16_t> kKeyFlagNames[] = {
    {kKeyReadOnly, "RO"},
    {kKeyReadWrite, "RW"},
    {kKeyOverwrite, "OW"},
    {kKeyRemove, "RM"},
    {kKeyAccess, "access"},
    {kKeyUpdate, "update"},
    {kKeyInsert, "insert"},
    {kKeyDelete, "delete"},
    {kKeyIncomplete, "incomplete"},
    {kNotKey, "not_key"},
    {kKeyReadForGet, "variable_flags"},
};

constexpr Name<uint32_t> kCategoryNames[] = {
    {kDangerous, "dangerous"},
    {kKeyspaceCategory, "keyspace"},
    {kConnectionCategory, "connection"},
    {kSetCategory, "set"},
    {kHashCategory, "hash"},
    {kStringCategory, "string"},
    {kTransactionCategory, "transaction"},
    {kScriptingCategory, "scripting"},
    {kAdminCategory, "admin"},
};

template <class Bits, size_t n>
std::vector<std::string_view> NamesOf(const Name<Bits> (&names)[n], Bits bits) {
  std::vector<std::string_view> found;
  for (const Name<Bits>& name : names) {
    if ((bits & name.bit) != 0) found.push_back(name.name);
  }
  return found;
}

uint32_t CategoryOfGroup(Group group) {
  switch (group) {
    case Group::kString:
      return kStringCategory;
    case Group::kHash:
      return kHashCategory;
    case Group::kSet:
      return kSetCategory;
    case Group::kConnection:
      return kConnectionCategory;
    case Group::kTransactions:
      return kTransactionCategory;
    case Group::kScripting:
      return kScriptingCategory;
    case Group::kGeneric:
    case Group::kServer:
    case Group::kPubSub:
      return 0;
  }
  return 0;
}

}  // namespace

std::vector<std::string_view> FlagNames(uint32_t flags) {
  return NamesOf(kFlagNames, flags);
}

std::vector<std::string_view> KeyFlagNames(uint16_t flags) {
  return NamesOf(kKeyFlagNames, flags);
}

std::string_view GroupName(Group group) {
  switch (group) {
    case Group::kGeneric:
      return "generic";
    case Group::kString:
      return "string";
    case Group::kHash:
      return "hash";
    case Group::kSet:
      return "set";
    case Group::kConnection:
      return "connection";
    case Group::kServer:
      return "server";
    case Group::kTransactions:
      return "transactions";
    case Group::kScripting:
      return "scripting";
    case Group::kPubSub:
      return "pubsub";
  }
  return "generic";
}

std::vector<std::string_view> CategoryNames(const CommandSpec& spec) {
  // A container does nothing itself; its subcommands are in categories.
  if (spec.run == nullptr) return {"slow"};
  uint32_t categories = spec.categories | CategoryOfGroup(spec.group);
  if (spec.Is(kAdmin)) categories |= kAdminCategory | kDangerous;
  std::vector<std::string_view> names = NamesOf(kCategoryNames, categories);
  if (spec.Is(kWrite)) names.push_back("write");
  // What a script that only reads may read is for the commands in it.
  if (spec.Is(kReadOnly) && spec.group != Group::kScripting) names.push_back("read");
  if (spec.Is(kPubSub)) names.push_back("pubsub");
  if (spec.Is(kBlocking)) names.push_back("blocking");
  names.push_back(spec.Is(kFast) ? "fast" : "slow");
  return names;
}

}  // namespace thimble
