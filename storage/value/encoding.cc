#include "storage/value/encoding.h"

#include "storage/common/check.h"

namespace thimble {

const char* TypeName(ObjectType type) {
  switch (type) {
    case ObjectType::kString:
      return "string";
    case ObjectType::kHash:
      return "hash";
    case ObjectType::kSet:
      return "set";
  }
  CheckFailed(__FILE__, __LINE__, "a known type");
}

const char* EncodingName(Encoding encoding) {
  switch (encoding) {
    case Encoding::kInt:
      return "int";
    case Encoding::kEmbstr:
      return "embstr";
    case Encoding::kRaw:
      return "raw";
    case Encoding::kListpack:
      return "listpack";
    case Encoding::kListpackEx:
      return "listpackex";
    case Encoding::kIntset:
      return "intset";
    case Encoding::kHashtable:
      return "hashtable";
  }
  CheckFailed(__FILE__, __LINE__, "a known encoding");
}

}  // namespace thimble
