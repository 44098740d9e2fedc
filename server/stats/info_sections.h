#pragma once

#include <string>

#include "server/command/services.h"
#include "server/stats/info.h"

namespace thimble {

// Registers every section of INFO, in the order tools know, and draws the ids they show. `services`
// must outlive the registry.
void AddInfoSections(InfoRegistry& info, Services& services);

// Those about what the server has counted: Stats, Commandstats, Errorstats, Latencystats, Keyspace.
void AddStatsSection(InfoRegistry& info, Services& services);
void AddCommandSections(InfoRegistry& info, Services& services);
void AddKeyspaceSection(InfoRegistry& info, Services& services);

// 40 random hexadecimal digits: ids of runs and of replication histories.
std::string RandomId();

}  // namespace thimble
