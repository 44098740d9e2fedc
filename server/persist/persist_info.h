#pragma once

#include "server/command/services.h"

namespace thimble {

class InfoRegistry;

// The section Persistence of INFO.
void AddPersistenceSection(InfoRegistry& info, Services& services);

}  // namespace thimble
