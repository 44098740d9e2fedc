# needs 7.4
# HPEXPIREAT gives fields a deadline, at a millisecond since 1970, and answers for each of them.
> HSET h a 1 b 2 c 3
(integer) 3
> HPEXPIREAT h 4102444800123 FIELDS 2 a absent
1) (integer) 1
2) (integer) -2
> HPEXPIRETIME h FIELDS 3 a b c
1) (integer) 4102444800123
2) (integer) -1
3) (integer) -1

> OBJECT ENCODING h
"listpackex"
> HPEXPIREAT missing 4102444800123 FIELDS 2 a b
1) (integer) -2
2) (integer) -2
> hpexpireat h 4102444800123 fields 1 a
1) (integer) 1

# A field without a deadline is as one that never comes.
> HPEXPIREAT h 4102444900456 NX FIELDS 2 a b
1) (integer) 0
2) (integer) 1
> HPEXPIREAT h 4102444900456 XX FIELDS 2 a c
1) (integer) 1
2) (integer) 0
> HPEXPIREAT h 4102444800123 GT FIELDS 2 a c
1) (integer) 0
2) (integer) 0
> HPEXPIREAT h 4102445000000 gt FIELDS 1 b
1) (integer) 1
> HPEXPIREAT h 4102444800123 LT FIELDS 2 a c
1) (integer) 1
2) (integer) 1
> HPEXPIREAT h 4102444900456 lt FIELDS 1 a
1) (integer) 0
> HPEXPIREAT h 4102444900456 GT FIELDS 2 a absent
1) (integer) 1
2) (integer) -2

# Of a field that is named twice the second time counts as well.
> HSET twice a 1 b 2
(integer) 2
> HPEXPIREAT twice 4102444800123 NX FIELDS 2 a a
1) (integer) 1
2) (integer) 0
> HPEXPIREAT twice 0 FIELDS 2 a a
1) (integer) 2
2) (integer) -2
> HGETALL twice
1) "b"
2) "2"
3>
1# "b" => "2"

# What is past already deletes, and the hash with its last field.
> HPEXPIREAT twice 0 GT FIELDS 1 b
1) (integer) 0
> HPEXPIREAT twice 0 NX FIELDS 1 b
1) (integer) 2
> EXISTS twice
(integer) 0

# A new value takes the deadline away; more of the old one does not.
> HSET h a 5 b x c 1
(integer) 0
> HPTTL h FIELDS 3 a b c
1) (integer) -1
2) (integer) -1
3) (integer) -1
> HPEXPIREAT h 4102444800123 FIELDS 2 a c
1) (integer) 1
2) (integer) 1
> HINCRBY h a 1
(integer) 6
> HINCRBYFLOAT h c 0.5
"1.5"
> HPEXPIRETIME h FIELDS 2 a c
1) (integer) 4102444800123
2) (integer) 4102444800123


# A table does the same.
> HSET table f {{v*100}} g 1
(integer) 2
> OBJECT ENCODING table
"hashtable"
> HPEXPIREAT table 4102444800123 FIELDS 2 f absent
1) (integer) 1
2) (integer) -2
> HPEXPIREAT table 4102444800123 GT FIELDS 1 g
1) (integer) 0
> HPEXPIRETIME table FIELDS 1 f
1) (integer) 4102444800123

> OBJECT ENCODING table
"hashtable"
> HPEXPIREAT table 0 FIELDS 2 f g
1) (integer) 2
2) (integer) 2
> EXISTS table
(integer) 0

> HPEXPIREAT h -1 FIELDS 1 a
(error) ERR invalid expire time, must be >= 0
> HPEXPIREAT h abc FIELDS 1 a
(error) ERR value is not an integer or out of range
> HPEXPIREAT h 1.5 FIELDS 1 a
(error) ERR value is not an integer or out of range
> HPEXPIREAT h 9223372036854775808 FIELDS 1 a
(error) ERR value is not an integer or out of range
> HPEXPIREAT h 9223372036854775807 FIELDS 1 a
(error) ERR invalid expire time in 'hpexpireat' command
> HPEXPIREAT h 70368744177664 FIELDS 1 a
(error) ERR invalid expire time in 'hpexpireat' command
> HPEXPIREAT h 70368744177663 FIELDS 1 b
1) (integer) 1
> HPEXPIREAT h 1 FIELDS 1 b
1) (integer) 2
> HPEXPIREAT h 4102444800123 FIELDS 0 a
(error) ERR Parameter `numFields` should be greater than 0
> HPEXPIREAT h 4102444800123 FIELDS -1 a
(error) ERR Parameter `numFields` should be greater than 0
> HPEXPIREAT h 4102444800123 FIELDS abc a
(error) ERR Parameter `numFields` should be greater than 0
> HPEXPIREAT h 4102444800123 FIELDS 2 a
(error) ERR The `numfields` parameter must match the number of arguments
> HPEXPIREAT h 4102444800123 FIELDS 1 a b
(error) ERR The `numfields` parameter must match the number of arguments
> HPEXPIREAT h 4102444800123 FIELDS 1 a FIELDS 1 b
(error) ERR The `numfields` parameter must match the number of arguments
> HPEXPIREAT h 4102444800123 NX FIELDS 1
(error) ERR The `numfields` parameter must match the number of arguments
> HPEXPIREAT h 4102444800123 FIELD 1 a
(error) ERR Mandatory argument FIELDS is missing or not at the right position
> HPEXPIREAT h 4102444800123 NX XX FIELDS 1 a
(error) ERR Mandatory argument FIELDS is missing or not at the right position
> HPEXPIREAT h 4102444800123 NX NX FIELDS 1 a
(error) ERR Mandatory argument FIELDS is missing or not at the right position
> HPEXPIREAT h 4102444800123 NY FIELDS 1 a
(error) ERR Mandatory argument FIELDS is missing or not at the right position
> HPEXPIREAT missing 4102444800123 FIELDS 0 a
(error) ERR Parameter `numFields` should be greater than 0
> HPEXPIREAT missing abc FIELDS 1 a
(error) ERR value is not an integer or out of range
> HPEXPIREAT h 4102444800123 FIELDS 1
(error) ERR wrong number of arguments for 'hpexpireat' command
> HPEXPIREAT h 4102444800123 NX FIELDS
(error) ERR wrong number of arguments for 'hpexpireat' command
> HPEXPIREAT h
(error) ERR wrong number of arguments for 'hpexpireat' command
> HPEXPIRETIME h FIELDS 2 a c
1) (integer) 4102444800123
2) (integer) 4102444800123

> SET string v
OK
> HPEXPIREAT string 4102444800123 FIELDS 1 f
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> HPEXPIREAT string abc FIELDS 0 f
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SADD set x
(integer) 1
> HPEXPIREAT set 4102444800123 FIELDS 1 x
(error) WRONGTYPE Operation against a key holding the wrong kind of value
