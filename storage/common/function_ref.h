#pragma once

#include <type_traits>
#include <utility>

namespace thimble {

template <class Signature>
class FunctionRef;

// A borrowed callable: two words, never allocates, dies with the full expression it was made in.
// For parameters only; never store one.
template <class R, class... Args>
class FunctionRef<R(Args...)> {
 public:
  template <class F>
  requires(!std::is_same_v<std::remove_cvref_t<F>, FunctionRef>)
      FunctionRef(F&& function)  // NOLINT(google-explicit-constructor): a lambda is passed as is.
      : object_(const_cast<void*>(static_cast<const void*>(&function))),
        call_([](void* object, Args... args) -> R {
          return (*static_cast<std::remove_reference_t<F>*>(object))(std::forward<Args>(args)...);
        }) {}

  R operator()(Args... args) const { return call_(object_, std::forward<Args>(args)...); }

 private:
  void* object_;
  R (*call_)(void*, Args...);
};

}  // namespace thimble
