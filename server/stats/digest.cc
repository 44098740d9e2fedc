#include "server/stats/digest.h"

#include <string>
#include <vector>

namespace thimble {
namespace {

Bytes AsBytes(const Sha1Digest& digest) {
  return {reinterpret_cast<const char*>(digest.data()), digest.size()};
}

// Adds something whose place does not matter.
void AddUnordered(Sha1Digest& digest, Bytes bytes) {
  const Sha1Digest other = Sha1(bytes);
  for (size_t i = 0; i < digest.size(); ++i) digest[i] ^= other[i];
}

// Adds something whose place does.
void AddOrdered(Sha1Digest& digest, Bytes bytes) {
  AddUnordered(digest, bytes);
  digest = Sha1(AsBytes(digest));
}

void AddNumber(Sha1Digest& digest, uint32_t number) {
  const char big_endian[] = {static_cast<char>(number >> 24U), static_cast<char>(number >> 16U),
                             static_cast<char>(number >> 8U), static_cast<char>(number)};
  AddOrdered(digest, Bytes(big_endian, sizeof big_endian));
}

// Redis's numbers of types.
uint32_t TypeNumber(ObjectType type) {
  switch (type) {
    case ObjectType::kString:
      return 0;
    case ObjectType::kSet:
      return 2;
    case ObjectType::kHash:
      return 4;
  }
  return 0;
}

void AddContents(Sha1Digest& digest, Keyspace& keys, const Hashed& key, ObjectType type) {
  switch (type) {
    case ObjectType::kString:
      if (auto value = keys.Read<StringValue>(key, Access::kPeek); value.ok()) {
        AddOrdered(digest, value->text().ToString());
      }
      break;
    case ObjectType::kSet:
      if (auto members = keys.Read<SetValue>(key, Access::kPeek); members.ok()) {
        members->ForEach([&](const Text& member) { AddUnordered(digest, member.ToString()); });
      }
      break;
    case ObjectType::kHash:
      if (auto fields = keys.Read<HashValue>(key, Access::kPeek); fields.ok()) {
        fields->ForEach([&](const FieldValue& pair) {
          Sha1Digest of_pair{};
          AddOrdered(of_pair, pair.field.ToString());
          AddOrdered(of_pair, pair.value.ToString());
          if (pair.deadline_ms != 0) AddUnordered(of_pair, "!!hexpire!!");
          AddUnordered(digest, AsBytes(of_pair));
        });
      }
      break;
  }
}

void AddValue(Sha1Digest& digest, Keyspace& keys, const Hashed& key) {
  const std::optional<ObjectType> type = keys.TypeOf(key);
  if (!type) return;
  AddNumber(digest, TypeNumber(*type));
  AddContents(digest, keys, key, *type);
  if (keys.DeadlineOf(key).value_or(0) != 0) AddUnordered(digest, "!!expire!!");
}

}  // namespace

Sha1Digest DigestOfValue(Keyspace& keys, const Hashed& key) {
  Sha1Digest digest{};
  AddValue(digest, keys, key);
  return digest;
}

Sha1Digest DigestOfAll(Databases& databases, const HashKey& hash_key) {
  Sha1Digest all{};
  for (int i = 0; i < databases.count(); ++i) {
    Keyspace& keys = databases[i];
    if (keys.size() == 0) continue;
    AddNumber(all, static_cast<uint32_t>(i));
    std::vector<std::string> names;  // Reading a value may expire its key.
    keys.ForEach([&](const Keyspace::KeyInfo& info) { names.push_back(info.key.ToString()); });
    for (const std::string& name : names) {
      Sha1Digest of_key{};
      AddOrdered(of_key, name);
      AddValue(of_key, keys, hash_key.Of(name));
      AddUnordered(all, AsBytes(of_key));
    }
  }
  return all;
}

}  // namespace thimble
