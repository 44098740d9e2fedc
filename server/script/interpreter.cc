#include "server/script/interpreter.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "storage/common/check.h"
#include "storage/common/clock.h"

namespace thimble {
namespace {

void* AllocateFor(void* owner, void* block, size_t old_size, size_t new_size) {
  return static_cast<Interpreter*>(owner)->Allocate(block, old_size, new_size);
}

// An error outside Run() is ours: there is no state to go on with.
int OnUnprotectedError(lua_State*) {
  THIMBLE_CHECK(false);
  return 0;
}

// What Run() calls, kept at the bottom of the stack: pushing a copy allocates nothing.
constexpr int kTrampoline = 1;
constexpr int kErrorHandler = 2;

struct Call {
  Interpreter::Body body;
  void* argument;
};

int CallBody(lua_State* lua) {
  const Call& call = *static_cast<const Call*>(lua_touserdata(lua, 1));
  lua_settop(lua, 0);
  return call.body(lua, call.argument);
}

}  // namespace

Interpreter::Interpreter(size_t memory_limit_bytes, lua_CFunction on_error)
    : memory_limit_bytes_(memory_limit_bytes) {
  lua_ = lua_newstate(AllocateFor, this);
  THIMBLE_CHECK(lua_ != nullptr);
  lua_atpanic(lua_, OnUnprotectedError);
  lua_pushcfunction(lua_, CallBody);
  lua_pushcfunction(lua_, on_error);
  // Coroutines inherit the hook.
  lua_sethook(lua_, OnCount, LUA_MASKCOUNT, kInstructionsToFirstCheck);
}

Interpreter::~Interpreter() {
  lua_close(lua_);
  std::free(scratch_);
}

void* Interpreter::Allocate(void* block, size_t old_size, size_t new_size) {
  if (new_size == 0) {
    std::free(block);
    memory_bytes_ -= old_size;
    return nullptr;
  }
  if (new_size > old_size && memory_bytes_ + (new_size - old_size) > memory_limit_bytes_)
    return nullptr;
  void* const grown = std::realloc(block, new_size);
  if (grown == nullptr) return new_size <= old_size ? block : nullptr;
  memory_bytes_ += new_size - old_size;
  return grown;
}

bool Interpreter::Run(Body body, void* argument, int results) {
  Call call{body, argument};
  scratch_used_ = 0;
  lua_pushvalue(lua_, kTrampoline);
  lua_pushlightuserdata(lua_, &call);
  const int status = lua_pcall(lua_, 1, results, kErrorHandler);
  if (memory_bytes_ > collect_at_bytes_ || status == LUA_ERRMEM) [[unlikely]] {
    TidyUp(status);
  }
  return status == 0;
}

void Interpreter::TidyUp(int status) {
  if (scratch_capacity_ > kKeptScratchBytes) {
    memory_bytes_ -= std::exchange(scratch_capacity_, 0);
    std::free(std::exchange(scratch_, nullptr));
  }
  if (memory_bytes_ <= collect_at_bytes_ && status != LUA_ERRMEM) return;
  Call call{[](lua_State* lua, void*) {
              lua_gc(lua, LUA_GCCOLLECT, 0);
              return 0;
            },
            nullptr};
  lua_pushvalue(lua_, kTrampoline);
  lua_pushlightuserdata(lua_, &call);
  lua_pcall(lua_, 1, 0, 0);
  collect_at_bytes_ = std::max(kCollectAtBytes, 2 * memory_bytes_);
}

// --- The watch ----------------------------------------------------------------------------------

void Interpreter::SetWatch(ScriptWatch* watch) {
  watch_ = watch;
  steps_left_ = kStepsPerCheck;
  checked_ns_ = 0;
  ended_ = false;
  lua_sethook(lua_, OnCount, LUA_MASKCOUNT, kInstructionsToFirstCheck);
}

void Interpreter::OnCount(lua_State* lua, lua_Debug*) {
  Interpreter& owner = Of(lua);
  if (!owner.ended_) owner.AdjustPace(lua);
  owner.AskWatch(lua);
  owner.checked_ns_ = Clock::System().MonotonicNs();  // The watch may have let the loop turn.
}

// The next check is to come in about a millisecond.
void Interpreter::AdjustPace(lua_State* lua) {
  constexpr int64_t kQuickNs = 250'000;
  constexpr int64_t kSlowNs = 2'000'000;
  constexpr int kStep = 8;
  if (checked_ns_ == 0) return;
  const int64_t elapsed_ns = Clock::System().MonotonicNs() - checked_ns_;
  const int now = lua_gethookcount(lua);
  int next = now;
  if (elapsed_ns > kSlowNs) next = std::max(now / kStep, 1);
  if (elapsed_ns < kQuickNs) next = std::min(now * kStep, kInstructionsPerCheck);
  if (next != now) lua_sethook(lua, OnCount, LUA_MASKCOUNT, next);
}

void Interpreter::AskWatch(lua_State* lua) {
  steps_left_ = kStepsPerCheck;
  if (!ended_) {
    why_ended_ = watch_ == nullptr ? nullptr : watch_->WhyStop();
    if (why_ended_ == nullptr) return;
    ended_ = true;
  }
  // From here on every instruction asks, in this coroutine and in the one that started it all:
  // whoever catches the error cannot do anything with it.
  steps_left_ = 0;
  lua_sethook(lua, OnCount, LUA_MASKCOUNT, 1);
  lua_sethook(lua_, OnCount, LUA_MASKCOUNT, 1);
  // As a reply, so that nothing on the way puts a place before it.
  lua_createtable(lua, 0, 1);
  lua_pushstring(lua, why_ended_);
  lua_setfield(lua, -2, "err");
  lua_error(lua);
}

// --- Text under construction --------------------------------------------------------------------

void Interpreter::GrowScratch(lua_State* lua, size_t capacity) {
  constexpr size_t kSmallest = 256;
  capacity = std::max({capacity, scratch_capacity_ * 2, kSmallest});
  void* const grown = Allocate(scratch_, scratch_capacity_, capacity);
  if (grown == nullptr) luaL_error(lua, "not enough memory");
  scratch_ = static_cast<char*>(grown);
  scratch_capacity_ = capacity;
}

char* TextPiece::Extend(size_t count) {
  const size_t end = start_ + size_;
  if (count > owner_.memory_limit_bytes_) luaL_error(lua_, "not enough memory");
  if (end + count > owner_.scratch_capacity_) owner_.GrowScratch(lua_, end + count);
  size_ += count;
  owner_.scratch_used_ = end + count;
  return owner_.scratch_ + end;
}

void TextPiece::Append(Bytes bytes) {
  char* const to = Extend(bytes.size());
  if (!bytes.empty()) std::memcpy(to, bytes.data(), bytes.size());
}

void TextPiece::Push() {
  PushBytes(lua_, view());
  owner_.scratch_used_ = start_;
}

}  // namespace thimble
