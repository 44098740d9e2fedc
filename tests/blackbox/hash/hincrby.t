# HINCRBY makes what is missing, starting at zero.
> HINCRBY h n 5
(integer) 5
> HINCRBY h n -8
(integer) -3
> HGET h n
"-3"
> HSET h zero 0
(integer) 1
> HINCRBY h zero 0
(integer) 0

# Both ends of the range.
> HSET h max 9223372036854775806
(integer) 1
> HINCRBY h max 1
(integer) 9223372036854775807
> HINCRBY h max 1
(error) ERR increment or decrement would overflow
> HSET h min -9223372036854775807
(integer) 1
> HINCRBY h min -1
(integer) -9223372036854775808
> HINCRBY h min -1
(error) ERR increment or decrement would overflow
> HGET h min
"-9223372036854775808"

# An increment must be a strict 64-bit integer.
> HINCRBY h n 9223372036854775808
(error) ERR value is not an integer or out of range
> HINCRBY h n " 1"
(error) ERR value is not an integer or out of range
> HINCRBY h n "1 "
(error) ERR value is not an integer or out of range
> HINCRBY h n 01
(error) ERR value is not an integer or out of range
> HINCRBY h n +5
(error) ERR value is not an integer or out of range
> HINCRBY h n ""
(error) ERR value is not an integer or out of range
> HINCRBY h n 1.5
(error) ERR value is not an integer or out of range
> HINCRBY h n -0
(error) ERR value is not an integer or out of range
> HINCRBY h n abc
(error) ERR value is not an integer or out of range

# So must the value stored.
> HSET h text abc spaced " 1" float 1.5 empty "" zeros 007
(integer) 5
> HINCRBY h text 1
(error) ERR hash value is not an integer
> HINCRBY h spaced 1
(error) ERR hash value is not an integer
> HINCRBY h float 1
(error) ERR hash value is not an integer
> HINCRBY h empty 1
(error) ERR hash value is not an integer
> HINCRBY h zeros 1
(error) ERR hash value is not an integer

# A bad increment of a missing key makes no key.
> HINCRBY missing n abc
(error) ERR value is not an integer or out of range
> EXISTS missing
(integer) 0

> HINCRBY h n
(error) ERR wrong number of arguments for 'hincrby' command
> HINCRBY h n 1 2
(error) ERR wrong number of arguments for 'hincrby' command
> SADD set x
(integer) 1
> HINCRBY set n 1
(error) WRONGTYPE Operation against a key holding the wrong kind of value
