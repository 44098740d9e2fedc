#pragma once

#include <cstddef>
#include <cstdint>

#include "server/script/lua.h"
#include "storage/common/bytes.h"

namespace thimble {

class ScriptHost;

// Who is asked, every so often, whether a running script may go on.
class ScriptWatch {
 public:
  virtual ~ScriptWatch() = default;
  // Null if it may; else the error that ends it, "ERR ...". May take its time: another stack
  // may run meanwhile.
  virtual const char* WhyStop() = 0;
};

// One Lua state and what bounds it.
//
// Memory     Everything the state holds is counted, and an allocation that would pass the limit
//            fails: the script gets "not enough memory", which it may even catch. What a script
//            leaves behind is collected as others allocate; at once if it is much.
// Work       Every so many instructions, and from within library functions that loop (see Work),
//            the watch is asked: the oftener, the longer instructions take (a call of string.upper
//            is one, whatever the string). When it says no, an error is raised that cannot be
//            caught: it is raised again at the next instruction, wherever that is.
// Protection Whatever may raise a Lua error runs inside Run(); an error outside would abort the
//            process.
class Interpreter {
 public:
  Interpreter(size_t memory_limit_bytes, lua_CFunction on_error);
  ~Interpreter();
  Interpreter(const Interpreter&) = delete;
  Interpreter& operator=(const Interpreter&) = delete;

  // The one that owns a state.
  static Interpreter& Of(lua_State* lua) {
    void* owner = nullptr;
    lua_getallocf(lua, &owner);
    return *static_cast<Interpreter*>(owner);
  }

  lua_State* state() const { return lua_; }
  size_t memory_bytes() const { return memory_bytes_; }
  size_t memory_limit_bytes() const { return memory_limit_bytes_; }

  // Calls `body(lua, argument)` on a stack of its own, protected; it returns how many of its values
  // are results, of which `results` stay on the stack. False: an error was raised, and the value
  // that `on_error` made of it, where it was raised, is on the stack instead.
  using Body = int (*)(lua_State* lua, void* argument);
  bool Run(Body body, void* argument, int results);

  // Who watches from now on; null for nobody. Whatever was said before is forgotten.
  void SetWatch(ScriptWatch* watch);
  // Whether the watch has ended the script that runs.
  bool ended() const { return ended_; }

  // Accounts for work done outside the interpreter's own instructions, about 10 ns a step. Raises
  // the error that ends the script when it must end.
  void Work(lua_State* lua, size_t steps) {
    steps_left_ -= static_cast<int64_t>(steps);
    if (steps_left_ < 0) [[unlikely]]
      AskWatch(lua);
  }

  // Where text under construction ends: to be set back after an error was caught, which leaves
  // unfinished pieces behind.
  size_t text_end() const { return scratch_used_; }
  void set_text_end(size_t end) { scratch_used_ = end; }

  // What the state works for; see ScriptHost.
  void set_host(ScriptHost* host) { host_ = host; }
  ScriptHost* host() const { return host_; }

  // lua_Alloc's contract, counted and bounded. `this` is the interpreter.
  void* Allocate(void* block, size_t old_size, size_t new_size);

 private:
  friend class TextPiece;
  // At first, and at most.
  static constexpr int kInstructionsToFirstCheck = 200;
  static constexpr int kInstructionsPerCheck = 20'000;
  static constexpr int64_t kStepsPerCheck = 50'000;
  static constexpr size_t kKeptScratchBytes = size_t{64} << 10U;

  static constexpr size_t kCollectAtBytes = size_t{16} << 20U;

  static void OnCount(lua_State* lua, lua_Debug* activation);
  void AskWatch(lua_State* lua);
  void AdjustPace(lua_State* lua);
  void TidyUp(int status);
  // Room for `capacity` bytes of text under construction.
  void GrowScratch(lua_State* lua, size_t capacity);

  lua_State* lua_ = nullptr;
  size_t memory_bytes_ = 0;
  const size_t memory_limit_bytes_;
  size_t collect_at_bytes_ = kCollectAtBytes;
  ScriptWatch* watch_ = nullptr;
  ScriptHost* host_ = nullptr;
  int64_t steps_left_ = kStepsPerCheck;
  int64_t checked_ns_ = 0;  // When the instructions counted now began; 0: not known.
  bool ended_ = false;
  const char* why_ended_ = nullptr;
  // Text that library functions put together, as a stack: see TextPiece.
  char* scratch_ = nullptr;
  size_t scratch_capacity_ = 0;
  size_t scratch_used_ = 0;
};

// Text that a library function puts together, in memory of the interpreter's: no destructor, so
// a raised error may pass over it, and one begun inside a callback of another's owner stands behind
// it.
class TextPiece {
 public:
  explicit TextPiece(lua_State* lua)
      : lua_(lua), owner_(Interpreter::Of(lua)), start_(owner_.scratch_used_) {}

  size_t size() const { return size_; }
  // Valid until the next call of anything that may write to a piece.
  Bytes view() const { return {owner_.scratch_ + start_, size_}; }

  void Append(Bytes bytes);
  void Append(char c) { *Extend(1) = c; }
  // `count` bytes more at the end, for the caller to fill in at once.
  char* Extend(size_t count);
  void Shrink(size_t size) { size_ = size; }
  // Pushes the text as a Lua string and ends the piece.
  void Push();
  // Ends it.
  void Drop() { owner_.scratch_used_ = start_; }

 private:
  lua_State* lua_;
  Interpreter& owner_;
  size_t start_;
  size_t size_ = 0;
};

}  // namespace thimble
