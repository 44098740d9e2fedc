# Up to 512 fields a hash is compact, one more makes a table of it.
> HSET count {{f# v# *512}}
(integer) 512
> OBJECT ENCODING count
"listpack"
> HSET count f513 v
(integer) 1
> OBJECT ENCODING count
"hashtable"
> HLEN count
(integer) 513
> HGET count f1
"v1"
> HGET count f513
"v"

# It stays a table when it shrinks.
> HDEL count {{f# *512}}
(integer) 512
> HLEN count
(integer) 1
> OBJECT ENCODING count
"hashtable"

# Fields and values of up to 64 bytes are compact.
> HSET value f {{v*64}}
(integer) 1
> OBJECT ENCODING value
"listpack"
> HSET value f {{v*65}}
(integer) 0
> OBJECT ENCODING value
"hashtable"
> HSTRLEN value f
(integer) 65
> HSET field {{f*64}} v
(integer) 1
> OBJECT ENCODING field
"listpack"
> HSET field {{f*65}} v
(integer) 1
> OBJECT ENCODING field
"hashtable"
> HSET number f 1
(integer) 1
> HINCRBYFLOAT number f 1.7976931348623157e308
...
> OBJECT ENCODING number
"hashtable"

# Every other way to write a hash keeps to the same limits.
> HSETNX setnx f {{v*65}}
(integer) 1
> OBJECT ENCODING setnx
"hashtable"
> HMSET mset f {{v*65}}
OK
> OBJECT ENCODING mset
"hashtable"
> HINCRBY incr f 1
(integer) 1
> OBJECT ENCODING incr
"listpack"

# The limits are options, known by an older name too.
# config hash-max-listpack-entries 2
> HSET few a 1 b 2
(integer) 2
> OBJECT ENCODING few
"listpack"
> HSET few c 3
(integer) 1
> OBJECT ENCODING few
"hashtable"
# config hash-max-ziplist-value 3
> HSET short a 123
(integer) 1
> OBJECT ENCODING short
"listpack"
> HSET short a 1234
(integer) 0
> OBJECT ENCODING short
"hashtable"
> CONFIG GET hash-max-*-value
~ .*
~ .*"3"|.*
...

# One that has more than it may by now changes with the next field that is set.
# config hash-max-ziplist-value 64
> HSET many a 1 b 2
(integer) 2
> HSET adds a 1 b 2
(integer) 2
# config hash-max-listpack-entries 1
> OBJECT ENCODING many
"listpack"
> HSET many a 9
(integer) 0
> OBJECT ENCODING many
"hashtable"
> HINCRBY adds a 1
(integer) 2
> OBJECT ENCODING adds
"hashtable"
