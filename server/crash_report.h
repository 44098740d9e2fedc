#pragma once

namespace thimble {

// What the log tells of a process that dies by a fault of its own.
//
// A failed THIMBLE_CHECK is always told. Enabled, so is a signal such as SIGSEGV: the version, the
// signal, the address, the stack. Nothing of what clients sent is in it. The signal then takes its
// course: the exit status tells it, and the kernel writes a core file where it is set up to.
//
// Goes where Log goes at the time of the call, so it belongs after OpenLog; call it again after
// crash-log-enabled changes.
void SetCrashReport(bool enabled);

}  // namespace thimble
