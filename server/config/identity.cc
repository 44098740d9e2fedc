#include "server/config/identity.h"

namespace thimble {

const char* const kThimbleVersion = THIMBLE_VERSION;

}  // namespace thimble
