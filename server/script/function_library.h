#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "server/command/services.h"
#include "server/script/interpreter.h"
#include "server/script/script_host.h"
#include "storage/common/result.h"

namespace thimble {

struct FunctionLibrary;

// One function that a library registered.
struct ScriptFunction {
  std::string name;
  std::string description;
  bool described = false;
  uint32_t flags = 0;  // ScriptFlag bits.
  int function = 0;    // Its place in the interpreter's registry.
  const FunctionLibrary* library = nullptr;
};

struct FunctionLibrary {
  std::string name;
  std::string code;
  std::vector<std::unique_ptr<ScriptFunction>> functions;
};

// The libraries of FUNCTION LOAD and the interpreter they live in.
//
// Loading runs a library's code once, in a world where it can do nothing but register functions;
// if it fails, or takes half a second, nothing has changed.
class FunctionLibraries {
 public:
  FunctionLibraries(Services& services, ScriptHost& host);
  ~FunctionLibraries();
  FunctionLibraries(const FunctionLibraries&) = delete;
  FunctionLibraries& operator=(const FunctionLibraries&) = delete;
  // Empty ones of the same server.
  FunctionLibraries Sibling() const { return {services_, host_}; }

  // Loads the code and returns the library's name. `replace`: one of that name makes way.
  Result<std::string> Load(Bytes code, bool replace);
  // Why the libraries of `others` cannot be loaded besides these; `replace` as for Load.
  Result<void> CheckFit(const FunctionLibraries& others, bool replace) const;
  // False if there is no library of that name.
  bool Delete(Bytes name);
  void Flush();

  // By name, case ignored; null if unknown.
  const ScriptFunction* Find(Bytes function) const;
  // By name in order.
  using Libraries = std::map<std::string, std::unique_ptr<FunctionLibrary>, std::less<>>;
  const Libraries& all() const { return libraries_; }
  size_t function_count() const { return functions_.size(); }

  Interpreter& interpreter() { return *interpreter_; }
  // What the libraries hold beside what is in the interpreter, estimated.
  size_t MemoryBytes() const;

 private:
  struct Loading;
  void MakeInterpreter();
  Result<void> RunCode(Loading& loading, Bytes source);
  Result<void> CheckNames(const FunctionLibrary& fresh, const Libraries* replaced) const;
  void Install(std::unique_ptr<FunctionLibrary> library);
  void Remove(Libraries::iterator library);
  void Unregister(const FunctionLibrary& library);
  void UseGlobals(lua_State* lua, int globals);
  static int Register(lua_State* lua);

  Services& services_;
  ScriptHost& host_;
  std::unique_ptr<Interpreter> interpreter_;
  // Places in the registry: the environment that all libraries share, which reads from one of two
  // tables of globals, that of running functions or that of loading.
  int environment_ = 0;
  int run_globals_ = 0;
  int load_globals_ = 0;
  Loading* loading_ = nullptr;
  Libraries libraries_;
  std::unordered_map<std::string, ScriptFunction*> functions_;  // By name in small letters.
};

}  // namespace thimble
