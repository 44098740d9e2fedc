# needs thimble
# DEBUG OBJECT works by default: guides tell users to run it.
> SET k v
OK
> DEBUG OBJECT k
~ Value at:0x[0-9a-f]+ refcount:\d+ encoding:embstr serializedlength:\d+ lru:\d+ lru_seconds_idle:\d+
> HSET h f v
(integer) 1
> DEBUG OBJECT h
~ Value at:0x[0-9a-f]+ refcount:\d+ encoding:listpack serializedlength:\d+ lru:\d+ lru_seconds_idle:\d+
> DEBUG OBJECT missing
(error) ERR no such key
