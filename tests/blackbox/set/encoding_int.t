# Up to 512 integers stay an integer set, one more makes a table.
> SADD s {{# *512}}
(integer) 512
> OBJECT ENCODING s
"intset"
> SADD s 512
(integer) 0
> OBJECT ENCODING s
"intset"
> SADD s 513
(integer) 1
> OBJECT ENCODING s
"hashtable"
> SCARD s
(integer) 513
> SISMEMBER s 1
(integer) 1
> SISMEMBER s 513
(integer) 1

# It stays a table when it shrinks.
> SREM s {{# *512}}
(integer) 512
> OBJECT ENCODING s
"hashtable"
> SMEMBERS s
1) "513"
3>
1~ "513"

# Text that is no canonical integer is no integer.
> SADD many {{# *200}}
(integer) 200
> OBJECT ENCODING many
"intset"
> SADD many x
(integer) 1
> OBJECT ENCODING many
"hashtable"
> SADD wide 9223372036854775807 -9223372036854775808
(integer) 2
> OBJECT ENCODING wide
"intset"

# config set-max-intset-entries 3
> SADD few 1 2 3
(integer) 3
> OBJECT ENCODING few
"intset"
> SADD few 4 5
(integer) 2
> SCARD few
(integer) 5
