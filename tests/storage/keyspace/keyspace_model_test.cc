#include <map>
#include <random>
#include <set>
#include <variant>

#include "tests/storage/keyspace/fixture.h"

namespace thimble {
namespace {

// What a database should hold: the plainest thing that could.
struct ModelField {
  std::string value;
  uint64_t deadline_ms = 0;

  bool operator==(const ModelField&) const = default;
};
using ModelHash = std::map<std::string, ModelField>;
using ModelSet = std::set<std::string>;
struct ModelValue {
  std::variant<std::string, ModelHash, ModelSet> value;
  uint64_t deadline_ms = 0;

  bool operator==(const ModelValue&) const = default;
};
using Model = std::map<std::string, ModelValue>;

class KeyspaceModelTest : public KeyspaceTest {
 protected:
  KeyspaceModelTest() {
    // Small thresholds, so that few elements reach every encoding.
    environment_.limits = {.hash_max_listpack_entries = 24,
                           .hash_max_listpack_value = 40,
                           .set_max_intset_entries = 40,
                           .set_max_listpack_entries = 24,
                           .set_max_listpack_value = 40};
  }

  std::string AnyKey() { return "key:" + std::to_string(dice_() % 30); }
  std::string AnyText() {
    switch (dice_() % 4) {
      case 0:
        return std::to_string(dice_() % 100);
      case 1:
        return std::string(dice_() % 60, 'x') + std::to_string(dice_() % 50);
      default:
        return "e" + std::to_string(dice_() % 60);
    }
  }

  // A live model value of this type, or nothing. Forgets what has expired.
  template <class T>
  T* Find(const std::string& key) {
    ForgetExpired(model_);
    const auto found = model_.find(key);
    return found == model_.end() ? nullptr : std::get_if<T>(&found->second.value);
  }
  void ForgetExpired(Model& model) {
    std::erase_if(model, [&](const auto& entry) {
      return entry.second.deadline_ms != 0 && entry.second.deadline_ms < NowMs();
    });
    for (auto& [key, value] : model) {
      if (auto* const hash = std::get_if<ModelHash>(&value.value)) ForgetExpiredFields(*hash);
    }
  }
  void ForgetExpiredFields(ModelHash& hash) {
    std::erase_if(hash, [&](const auto& field) {
      return field.second.deadline_ms != 0 && field.second.deadline_ms < NowMs();
    });
  }
  void PassTime();
  // Whether `key` may be opened as a T: missing, or of that type.
  template <class T>
  bool Fits(const std::string& key) {
    return Find<T>(key) != nullptr || !model_.contains(key);
  }

  void ChangeHash();
  void ChangeSet();
  void ChangeString();
  void ChangeKey();
  void Step();
  static Model Contents(Keyspace& keys);

  std::mt19937 dice_;
  Model model_;
  Model other_model_;
};

void KeyspaceModelTest::ChangeHash() {
  const std::string key = AnyKey();
  const bool fits = Fits<ModelHash>(key);
  auto edit = keys_.Edit<HashValue>(H(key));
  ASSERT_EQ(edit.ok(), fits);
  if (!fits) return;
  ASSERT_EQ(edit->existed(), model_.contains(key));
  ModelHash& hash =
      std::get<ModelHash>(model_.try_emplace(key, ModelValue{ModelHash()}).first->second.value);
  bool changed = false;
  for (unsigned left = dice_() % 8; left > 0; --left) {
    const std::string field = AnyText();
    if (dice_() % 5 < 2) {
      const bool erased = (*edit)->Erase(H(field));
      ASSERT_EQ(erased, hash.erase(field) == 1);
      changed |= erased;
    } else if (dice_() % 3 == 0 && hash.contains(field)) {
      const uint64_t deadline_ms = dice_() % 3 == 0 ? 0 : NowMs() + dice_() % 200;
      (*edit)->SetDeadline(H(field), deadline_ms);
      hash[field].deadline_ms = deadline_ms;
      changed = true;
    } else {
      const std::string value = AnyText();
      const bool keep = dice_() % 2 == 0;
      const bool is_new = !hash.contains(field);
      const auto ttl = keep ? HashValue::Ttl::kKeep : HashValue::Ttl::kClear;
      ASSERT_EQ((*edit)->Set(H(field), value, ttl), is_new);
      hash[field] = {value, keep && !is_new ? hash[field].deadline_ms : 0};
      changed = true;
    }
    ASSERT_EQ((*edit)->size(), hash.size());
  }
  if (hash.empty()) model_.erase(key);
  if (changed) edit->Commit(Event::kHSet, 1);
}

void KeyspaceModelTest::ChangeSet() {
  const std::string key = AnyKey();
  const bool fits = Fits<ModelSet>(key);
  auto edit = keys_.Edit<SetValue>(H(key));
  ASSERT_EQ(edit.ok(), fits);
  if (!fits) return;
  ModelSet& set =
      std::get<ModelSet>(model_.try_emplace(key, ModelValue{ModelSet()}).first->second.value);
  bool changed = false;
  const bool integers = dice_() % 2 == 0;
  for (unsigned left = dice_() % 8; left > 0; --left) {
    const std::string member = integers ? std::to_string(dice_() % 100) : AnyText();
    switch (dice_() % 6) {
      case 0:
      case 1: {
        const bool removed = (*edit)->Remove(H(member));
        ASSERT_EQ(removed, set.erase(member) == 1);
        changed |= removed;
        break;
      }
      case 2:
        if (set.empty()) break;
        ASSERT_EQ(set.erase((*edit)->Pop(random_)), 1U);
        changed = true;
        break;
      default: {
        const bool added = (*edit)->Add(H(member));
        ASSERT_EQ(added, set.insert(member).second);
        changed |= added;
      }
    }
  }
  if (set.empty()) model_.erase(key);
  if (changed) edit->Commit(Event::kSAdd, 1);
}

void KeyspaceModelTest::ChangeString() {
  const std::string key = AnyKey();
  const std::string text = dice_() % 8 == 0 ? std::string(dice_() % 600, 'y') : AnyText();
  if (dice_() % 2 == 0) {
    ForgetExpired(model_);
    const bool keep = dice_() % 2 == 0;
    const uint64_t deadline_ms = keep || dice_() % 2 == 0 ? 0 : NowMs() + dice_() % 200;
    const uint64_t kept = model_.contains(key) ? model_[key].deadline_ms : 0;
    keys_.SetString(H(key), text, keep ? Keyspace::Ttl::kKeep : Keyspace::Ttl::kClear, deadline_ms);
    model_[key] = {text, keep ? kept : deadline_ms};
    return;
  }
  const bool fits = Fits<std::string>(key);
  auto edit = keys_.Edit<StringValue>(H(key));
  ASSERT_EQ(edit.ok(), fits);
  if (!fits) return;
  std::string& string = std::get<std::string>(model_.try_emplace(key).first->second.value);
  if (dice_() % 2 == 0) {
    (*edit)->Append(text);
    string += text;
  } else {
    const size_t offset = dice_() % 300;
    (*edit)->Overwrite(offset, text);
    string.resize(std::max(string.size(), offset + text.size()));
    string.replace(offset, text.size(), text);
  }
  edit->Commit(Event::kAppend, 1);
}

void KeyspaceModelTest::ChangeKey() {
  const std::string key = AnyKey();
  const std::string to = AnyKey();
  ForgetExpired(model_);
  ForgetExpired(other_model_);
  const bool there = model_.contains(key);
  switch (dice_() % 7) {
    case 0:
      ASSERT_EQ(keys_.Delete(H(key)), there);
      model_.erase(key);
      break;
    case 1:
      ASSERT_EQ(keys_.Rename(H(key), H(to)), there);
      if (there && key != to) {
        model_[to] = std::move(model_[key]);
        model_.erase(key);
      }
      break;
    case 2:
      if (key == to) break;
      ASSERT_EQ(keys_.CopyTo(H(key), keys_, H(to)), there);
      if (there) model_[to] = model_[key];
      break;
    case 3: {
      const bool moves = there && !other_model_.contains(key);
      ASSERT_EQ(keys_.MoveTo(H(key), other_), moves);
      if (!moves) break;
      other_model_[key] = std::move(model_[key]);
      model_.erase(key);
      break;
    }
    case 4: {
      const uint64_t deadline_ms = dice_() % 3 == 0 ? 0 : NowMs() + dice_() % 100;
      ASSERT_EQ(keys_.SetDeadline(H(key), deadline_ms), there);
      if (!there) break;
      if (deadline_ms == NowMs()) {
        model_.erase(key);
      } else {
        model_[key].deadline_ms = deadline_ms;
      }
      break;
    }
    case 5:
      keys_.SwapWith(other_);
      std::swap(model_, other_model_);
      break;
    default:
      if (dice_() % 20 != 0) break;
      keys_.Clear();
      model_.clear();
  }
}

// Most of what expires is met by whoever reads or edits the hash. One without a field left is there
// until a sweep comes by.
void KeyspaceModelTest::PassTime() {
  clock_.AdvanceMs(static_cast<int64_t>(dice_() % 10));
  bool sweep = dice_() % 20 == 0;
  for (Model* model : {&model_, &other_model_}) {
    ForgetExpired(*model);
    sweep |= std::erase_if(*model, [](const auto& entry) {
               const auto* const hash = std::get_if<ModelHash>(&entry.second.value);
               return hash != nullptr && hash->empty();
             }) != 0;
  }
  for (Keyspace* keys : {&keys_, &other_}) {
    for (int steps = 0; sweep && keys->HasDueFields(); ++steps) {
      keys->ExpireSomeFields(dice_() % 8);
      ASSERT_LT(steps, 100'000);
    }
  }
}

void KeyspaceModelTest::Step() {
  switch (dice_() % 8) {
    case 0:
    case 1:
      return ChangeHash();
    case 2:
    case 3:
      return ChangeSet();
    case 4:
      return ChangeString();
    case 5:
      return ChangeKey();
    case 6:
      return PassTime();
    default:
      keys_.ExpireSome(dice_() % 4);
      keys_.Maintain();
      other_.Maintain();
  }
}

Model KeyspaceModelTest::Contents(Keyspace& keys) {
  Model model;
  keys.ForEach([&](const Keyspace::KeyInfo& info) {
    model[info.key.ToString()].deadline_ms = info.deadline_ms;
  });
  for (auto& [key, value] : model) {
    switch (*keys.TypeOf(H(key))) {
      case ObjectType::kString:
        value.value = keys.Read<StringValue>(H(key))->text().ToString();
        break;
      case ObjectType::kHash: {
        ModelHash hash;
        keys.Read<HashValue>(H(key))->ForEach([&](const FieldValue& field) {
          hash[field.field.ToString()] = {field.value.ToString(), field.deadline_ms};
        });
        value.value = std::move(hash);
        break;
      }
      case ObjectType::kSet: {
        ModelSet set;
        keys.Read<SetValue>(H(key))->ForEach(
            [&](const thimble::Text& member) { set.insert(member.ToString()); });
        value.value = std::move(set);
        break;
      }
    }
  }
  return model;
}

// Any sequence of calls must leave both databases as the model says, and sound.
TEST_F(KeyspaceModelTest, AgreesWithStdMap) {
  const uint32_t seed = std::random_device{}();
  SCOPED_TRACE("replay with seed " + std::to_string(seed));
  dice_.seed(seed);
  for (int step = 0; step < 20'000; ++step) {
    Step();
    if (HasFatalFailure()) FAIL() << "at step " << step;
    if (step % 50 != 0) continue;
    ForgetExpired(model_);
    ForgetExpired(other_model_);
    ASSERT_EQ(Contents(keys_), model_) << "step " << step;
    ASSERT_EQ(Contents(other_), other_model_) << "step " << step;
    ASSERT_EQ(keys_.CheckInvariants(), std::nullopt) << "step " << step;
    ASSERT_EQ(other_.CheckInvariants(), std::nullopt) << "step " << step;
  }
}

}  // namespace
}  // namespace thimble
