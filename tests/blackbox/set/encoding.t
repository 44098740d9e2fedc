# needs 7.2
# Up to 128 members a set of strings is compact, one more makes a table of it.
> SADD s {{m# *128}}
(integer) 128
> OBJECT ENCODING s
"listpack"
> SADD s m129
(integer) 1
> OBJECT ENCODING s
"hashtable"
> SCARD s
(integer) 129
> SISMEMBER s m1
(integer) 1

# It stays a table when it shrinks.
> SREM s {{m# *128}}
(integer) 128
> OBJECT ENCODING s
"hashtable"

# Members of up to 64 bytes are compact.
> SADD short {{m*64}}
(integer) 1
> OBJECT ENCODING short
"listpack"
> SADD short {{m*65}}
(integer) 1
> OBJECT ENCODING short
"hashtable"
> SISMEMBER short {{m*64}}
(integer) 1

# A few integers and a string are compact, many are not.
> SADD few {{# *100}}
(integer) 100
> OBJECT ENCODING few
"intset"
> SADD few x
(integer) 1
> OBJECT ENCODING few
"listpack"
> SADD many {{# *200}}
(integer) 200
> SADD many x
(integer) 1
> OBJECT ENCODING many
"hashtable"
> SADD mixed 1 2 x
(integer) 3
> OBJECT ENCODING mixed
"listpack"
> SADD zeros 01
(integer) 1
> OBJECT ENCODING zeros
"listpack"
> SADD tall 1 {{m*65}}
(integer) 2
> OBJECT ENCODING tall
"hashtable"

# Results of set algebra too.
> SADD a x y 1
(integer) 3
> SADD b x 1 2
(integer) 3
> SINTERSTORE inter a b
(integer) 2
> OBJECT ENCODING inter
"listpack"
> SUNIONSTORE union a b
(integer) 4
> OBJECT ENCODING union
"listpack"
> SDIFFSTORE diff b a
(integer) 1
> OBJECT ENCODING diff
"intset"
> SUNIONSTORE big s {{x*1}} many
(integer) 202
> OBJECT ENCODING big
"hashtable"

# config set-max-intset-entries 3
> SADD threes 1 2 3
(integer) 3
> OBJECT ENCODING threes
"intset"
> SADD threes 4
(integer) 1
> OBJECT ENCODING threes
"hashtable"
# config set-max-listpack-entries 2
> SADD pair a b
(integer) 2
> OBJECT ENCODING pair
"listpack"
> SADD pair c
(integer) 1
> OBJECT ENCODING pair
"hashtable"
# config set-max-listpack-value 3
> SADD tiny abc
(integer) 1
> OBJECT ENCODING tiny
"listpack"
> SADD tiny abcd
(integer) 1
> OBJECT ENCODING tiny
"hashtable"
