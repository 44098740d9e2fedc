"""A small stand-in for the library of the same name that documents 000 and 002 import.

It has what their programs call and no more, over python3-redis, and sends what the library sends:
PING and INFO when it first connects, then HSET, HGET, HDEL, HEXISTS, HGETALL, HKEYS, HLEN, DEL,
SADD, SREM, SISMEMBER, SMEMBERS and SCARD. Values, and the fields of a HashMap, travel as JSON, so
that they come back with the type they went in with.
"""

import json

import redis


class BaseModel:
    """Enough of pydantic's class for a model with plain fields: keywords in, equality, JSON."""

    models = {}

    def __init_subclass__(cls):
        BaseModel.models[cls.__name__] = cls

    def __init__(self, **fields):
        wanted = set(type(self).__annotations__)
        if wanted != set(fields):
            raise TypeError(f"{type(self).__name__} wants {sorted(wanted)}")
        self.__dict__.update(fields)

    def __eq__(self, other):
        return type(self) is type(other) and self.__dict__ == other.__dict__

    def __hash__(self):
        return hash(tuple(sorted(self.__dict__.items())))


def to_json(value):
    """Text that from_json turns into an equal value. Models are objects with a "model" member."""
    def model(unknown):
        if isinstance(unknown, BaseModel):
            return {"model": type(unknown).__name__, "fields": unknown.__dict__}
        raise TypeError(f"{unknown!r} cannot be stored")

    return json.dumps(value, default=model, sort_keys=True)


def from_json(text):
    def model(found):
        if set(found) == {"model", "fields"}:
            return BaseModel.models[found["model"]](**found["fields"])
        return found

    return json.loads(text, object_hook=model)


class Structure:
    """What both structures share: a connection that was tried out."""

    def __init__(self, host="localhost", port=6379, db=0, username=None, password=None):
        self.client = redis.Redis(host=host, port=port, db=db, username=username,
                                  password=password, decode_responses=True)
        if not self.client.ping() or "redis_version" not in self.client.info():
            raise ConnectionError("the server is not well")

    def __class_getitem__(cls, _types):
        return cls


class HashMap(Structure):
    """A dictionary in a hash (document 000)."""

    def __init__(self, key, **connection):
        super().__init__(**connection)
        self.key = key

    def set(self, field, value):
        self.client.hset(self.key, to_json(field), to_json(value))
        return True

    def get(self, field):
        text = self.client.hget(self.key, to_json(field))
        return None if text is None else from_json(text)

    def delete(self, field):
        return self.client.hdel(self.key, to_json(field)) == 1

    def exists(self, field):
        return bool(self.client.hexists(self.key, to_json(field)))

    def get_all(self):
        return {from_json(f): from_json(v) for f, v in self.client.hgetall(self.key).items()}

    def get_fields(self):
        return [from_json(field) for field in self.client.hkeys(self.key)]

    def keys(self):
        return self.get_fields()

    def values(self):
        return list(self.get_all().values())

    def items(self):
        return list(self.get_all().items())

    def size(self):
        return self.client.hlen(self.key)

    def clear(self):
        return self.client.delete(self.key) == 1

    __setitem__ = set
    __contains__ = exists

    def __getitem__(self, field):
        if field not in self:
            raise KeyError(field)
        return self.get(field)


class Set(Structure):
    """Sets under any number of keys (document 002)."""

    def add(self, key, item):
        return self.client.sadd(key, to_json(item)) == 1

    def remove(self, key, item):
        return self.client.srem(key, to_json(item)) == 1

    def contains(self, key, item):
        return bool(self.client.sismember(key, to_json(item)))

    def members(self, key):
        """A set; a list if the items cannot be in one."""
        items = [from_json(text) for text in self.client.smembers(key)]
        try:
            return set(items)
        except TypeError:
            return items

    def size(self, key):
        return self.client.scard(key)

    def clear(self, key):
        return self.client.delete(key) == 1
