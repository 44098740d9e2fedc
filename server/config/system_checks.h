#pragma once

#include <cstddef>

namespace thimble {

// --check-system: prints what about this machine would hurt a server. True if nothing would.
bool CheckSystem();

// --test-memory: writes patterns into that much memory and reads them back. True if they came back.
bool TestMemory(size_t megabytes);

}  // namespace thimble
