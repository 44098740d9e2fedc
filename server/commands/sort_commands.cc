#include "server/commands/sort_commands.h"

#include <algorithm>
#include <cerrno>
#include <cmath>
#include <cstdlib>
#include <string>
#include <vector>

namespace thimble {
namespace {

struct SortOptions {
  std::optional<Bytes> by;
  std::vector<Bytes> get;
  int64_t offset = 0;
  int64_t count = -1;  // Negative: all.
  bool descending = false;
  bool alpha = false;
  bool unsorted = false;
  std::optional<Hashed> destination;
};

Result<SortOptions> ParseSortOptions(ArgCursor args, bool may_store) {
  SortOptions options;
  while (args.HasNext()) {
    if (args.TakeWord("asc")) {
      options.descending = false;
    } else if (args.TakeWord("desc")) {
      options.descending = true;
    } else if (args.TakeWord("alpha")) {
      options.alpha = true;
    } else if (args.Remaining() >= 3 && args.TakeWord("limit")) {
      Result<int64_t> offset = args.NextInt();
      if (!offset.ok()) return offset.error();
      Result<int64_t> count = args.NextInt();
      if (!count.ok()) return count.error();
      options.offset = std::max<int64_t>(*offset, 0);
      options.count = *count;
    } else if (may_store && args.TakeOption("store")) {
      options.destination = args.NextHashed();
    } else if (args.TakeOption("by")) {
      options.by = args.Next();
      // A pattern without '*' weighs all members alike: the way to say "do not sort".
      options.unsorted |= options.by->find('*') == Bytes::npos;
    } else if (args.TakeOption("get")) {
      options.get.push_back(args.Next());
    } else {
      return Errc::kSyntax;
    }
  }
  return options;
}

// What a BY or GET pattern stands for with `member` in place of its '*': the member itself for
// "#", a string, or a hash's field for "key->field". Nothing if there is no such value.
std::optional<std::string> Resolve(CommandContext& ctx, Bytes pattern, Bytes member) {
  if (pattern == "#") return std::string(member);
  const size_t star = pattern.find('*');
  if (star == Bytes::npos) return std::nullopt;
  Bytes suffix = pattern.substr(star + 1);
  Bytes field;
  const size_t arrow = suffix.find("->");
  if (arrow != Bytes::npos && arrow + 2 < suffix.size()) {
    field = suffix.substr(arrow + 2);
    suffix = suffix.substr(0, arrow);
  }
  std::string name(pattern.substr(0, star));
  name.append(member).append(suffix);
  const Hashed key = ctx.hash_key().Of(name);
  if (!field.empty()) {
    auto hash = ctx.keys().Read<HashValue>(key, ctx.access());
    if (!hash.ok()) return std::nullopt;
    const std::optional<Text> value = hash->Get(ctx.hash_key().Of(field));
    return value ? std::optional(value->ToString()) : std::nullopt;
  }
  auto string = ctx.keys().Read<StringValue>(key, ctx.access());
  if (!string.ok() || !string->exists()) return std::nullopt;
  return string->text().ToString();
}

struct Weighed {
  std::string member;
  double weight = 0;                         // Numeric order.
  std::optional<std::string> weight_text{};  // Alphabetic order with BY; nothing sorts first.
};

// Numbers as C reads them: blanks before, nothing behind, the empty text is 0.
std::optional<double> WeightOf(const std::string& text) {
  errno = 0;
  char* end = nullptr;
  const double weight = std::strtod(text.c_str(), &end);
  if (*end != '\0' || errno == ERANGE || std::isnan(weight)) return std::nullopt;
  return weight;
}

// Fails if a weight is no number.
Result<void> Weigh(CommandContext& ctx, const SortOptions& options, std::vector<Weighed>& rows) {
  for (Weighed& row : rows) {
    std::optional<std::string> text =
        options.by ? Resolve(ctx, *options.by, row.member) : std::optional(row.member);
    if (options.alpha) {
      row.weight_text = std::move(text);
    } else if (text) {
      const std::optional<double> weight = WeightOf(*text);
      if (!weight) {
        return Error::Message("ERR One or more scores can't be converted into double");
      }
      row.weight = *weight;
    }
  }
  return Ok();
}

bool Before(const SortOptions& options, const Weighed& a, const Weighed& b) {
  const Weighed& first = options.descending ? b : a;
  const Weighed& second = options.descending ? a : b;
  if (options.alpha) {
    if (first.weight_text != second.weight_text) return first.weight_text < second.weight_text;
    return first.member < second.member;
  }
  if (first.weight != second.weight) return first.weight < second.weight;
  return first.member < second.member;
}

// An empty result deletes; any other would be a list.
Result<void> StoreResult(CommandContext& ctx, const Hashed& destination, size_t count) {
  if (count > 0) {
    return Error::Message(
        "ERR SORT with STORE would create a list, which this server does not have");
  }
  ctx.keys().Delete(destination);
  ctx.reply().Integer(0);
  return Ok();
}

Result<void> SortSet(CommandContext& ctx, ArgCursor args, bool may_store) {
  const Hashed key = args.NextHashed();
  Result<SortOptions> options = ParseSortOptions(args, may_store);
  if (!options.ok()) return options.error();
  // A script's members come in an order that the data alone decides.
  if (options->unsorted && ctx.client().is_script) {
    options->unsorted = false;
    options->alpha = true;
    options->by = {};
  }

  std::vector<Weighed> rows;
  {
    auto set = ctx.keys().Read<SetValue>(key, ctx.access());
    if (!set.ok()) return set.error();
    rows.reserve(set->size());
    set->ForEach([&](const Text& member) { rows.push_back({.member = member.ToString()}); });
  }
  if (!options->unsorted) {
    Result<void> weighed = Weigh(ctx, *options, rows);
    if (!weighed.ok()) return weighed.error();
    std::sort(rows.begin(), rows.end(),
              [&](const Weighed& a, const Weighed& b) { return Before(*options, a, b); });
  }
  const size_t start = std::min(static_cast<size_t>(options->offset), rows.size());
  const size_t left = rows.size() - start;
  const size_t count =
      options->count < 0 ? left : std::min(static_cast<size_t>(options->count), left);

  if (options->destination) return StoreResult(ctx, *options->destination, count);
  ReplyWriter& reply = ctx.reply();
  reply.Array(count * std::max<size_t>(options->get.size(), 1));
  for (size_t i = start; i < start + count; ++i) {
    if (options->get.empty()) reply.Bulk(Bytes(rows[i].member));
    for (const Bytes pattern : options->get) {
      if (const auto value = Resolve(ctx, pattern, rows[i].member)) {
        reply.Bulk(Bytes(*value));
      } else {
        reply.Null();
      }
    }
  }
  return Ok();
}

}  // namespace

Result<void> Sort(CommandContext& ctx, ArgCursor args) {
  return SortSet(ctx, args, true);
}

Result<void> SortReadOnly(CommandContext& ctx, ArgCursor args) {
  return SortSet(ctx, args, false);
}

}  // namespace thimble
