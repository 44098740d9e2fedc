#include "storage/rdb/rdb_types.h"

namespace thimble {

const char* ForeignTypeName(RdbType type) {
  switch (type) {
    case RdbType::kList:
    case RdbType::kListZiplist:
    case RdbType::kListQuicklist:
    case RdbType::kListQuicklist2:
      return "list";
    case RdbType::kZset:
    case RdbType::kZsetBinary:
    case RdbType::kZsetZiplist:
    case RdbType::kZsetListpack:
      return "zset";
    case RdbType::kStream:
    case RdbType::kStream2:
    case RdbType::kStream3:
      return "stream";
    case RdbType::kModuleOld:
    case RdbType::kModule:
      return "module";
    default:
      return nullptr;
  }
}

bool IsOwnRdbType(RdbType type, bool valkey) {
  switch (type) {
    case RdbType::kString:
    case RdbType::kSet:
    case RdbType::kHash:
    case RdbType::kHashZipmap:
    case RdbType::kSetIntset:
    case RdbType::kHashZiplist:
    case RdbType::kHashListpack:
    case RdbType::kSetListpack:
    case RdbType::kHashExpiryEarly:
      return true;
    case RdbType::kHashListpackExpiryEarly:
    case RdbType::kHashExpiry:
    case RdbType::kHashListpackExpiry:
      return !valkey;
    default:
      return false;
  }
}

}  // namespace thimble
