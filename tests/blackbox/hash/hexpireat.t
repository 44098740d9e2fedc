# needs 7.4
# HEXPIREAT gives fields a deadline, at a second since 1970, and answers for each of them.
> HSET h a 1 b 2 c 3
(integer) 3
> HEXPIREAT h 4102444800 FIELDS 2 a absent
1) (integer) 1
2) (integer) -2
> HPEXPIRETIME h FIELDS 3 a b c
1) (integer) 4102444800000
2) (integer) -1
3) (integer) -1

> OBJECT ENCODING h
"listpackex"
> HEXPIREAT missing 4102444800 FIELDS 2 a b
1) (integer) -2
2) (integer) -2
> hexpireat h 4102444800 fields 1 a
1) (integer) 1

# A field without a deadline is as one that never comes.
> HEXPIREAT h 4102444900 NX FIELDS 2 a b
1) (integer) 0
2) (integer) 1
> HEXPIREAT h 4102444900 XX FIELDS 2 a c
1) (integer) 1
2) (integer) 0
> HEXPIREAT h 4102444800 GT FIELDS 2 a c
1) (integer) 0
2) (integer) 0
> HEXPIREAT h 4102445000 gt FIELDS 1 b
1) (integer) 1
> HEXPIREAT h 4102444800 LT FIELDS 2 a c
1) (integer) 1
2) (integer) 1
> HEXPIREAT h 4102444900 lt FIELDS 1 a
1) (integer) 0
> HEXPIREAT h 4102444900 GT FIELDS 2 a absent
1) (integer) 1
2) (integer) -2

# Of a field that is named twice the second time counts as well.
> HSET twice a 1 b 2
(integer) 2
> HEXPIREAT twice 4102444800 NX FIELDS 2 a a
1) (integer) 1
2) (integer) 0
> HEXPIREAT twice 0 FIELDS 2 a a
1) (integer) 2
2) (integer) -2
> HGETALL twice
1) "b"
2) "2"
3>
1# "b" => "2"

# What is past already deletes, and the hash with its last field.
> HEXPIREAT twice 0 GT FIELDS 1 b
1) (integer) 0
> HEXPIREAT twice 0 NX FIELDS 1 b
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
> HEXPIREAT h 4102444800 FIELDS 2 a c
1) (integer) 1
2) (integer) 1
> HINCRBY h a 1
(integer) 6
> HINCRBYFLOAT h c 0.5
"1.5"
> HPEXPIRETIME h FIELDS 2 a c
1) (integer) 4102444800000
2) (integer) 4102444800000


# A table does the same.
> HSET table f {{v*100}} g 1
(integer) 2
> OBJECT ENCODING table
"hashtable"
> HEXPIREAT table 4102444800 FIELDS 2 f absent
1) (integer) 1
2) (integer) -2
> HEXPIREAT table 4102444800 GT FIELDS 1 g
1) (integer) 0
> HPEXPIRETIME table FIELDS 1 f
1) (integer) 4102444800000

> OBJECT ENCODING table
"hashtable"
> HEXPIREAT table 0 FIELDS 2 f g
1) (integer) 2
2) (integer) 2
> EXISTS table
(integer) 0

> HEXPIREAT h -1 FIELDS 1 a
(error) ERR invalid expire time, must be >= 0
> HEXPIREAT h abc FIELDS 1 a
(error) ERR value is not an integer or out of range
> HEXPIREAT h 1.5 FIELDS 1 a
(error) ERR value is not an integer or out of range
> HEXPIREAT h 9223372036854775808 FIELDS 1 a
(error) ERR value is not an integer or out of range
> HEXPIREAT h 9223372036854775807 FIELDS 1 a
(error) ERR invalid expire time in 'hexpireat' command
> HEXPIREAT h 70368744178 FIELDS 1 a
(error) ERR invalid expire time in 'hexpireat' command
> HEXPIREAT h 70368744177 FIELDS 1 b
1) (integer) 1
> HEXPIREAT h 1 FIELDS 1 b
1) (integer) 2
> HEXPIREAT h 4102444800 FIELDS 0 a
(error) ERR Parameter `numFields` should be greater than 0
> HEXPIREAT h 4102444800 FIELDS -1 a
(error) ERR Parameter `numFields` should be greater than 0
> HEXPIREAT h 4102444800 FIELDS abc a
(error) ERR Parameter `numFields` should be greater than 0
> HEXPIREAT h 4102444800 FIELDS 2 a
(error) ERR The `numfields` parameter must match the number of arguments
> HEXPIREAT h 4102444800 FIELDS 1 a b
(error) ERR The `numfields` parameter must match the number of arguments
> HEXPIREAT h 4102444800 FIELDS 1 a FIELDS 1 b
(error) ERR The `numfields` parameter must match the number of arguments
> HEXPIREAT h 4102444800 NX FIELDS 1
(error) ERR The `numfields` parameter must match the number of arguments
> HEXPIREAT h 4102444800 FIELD 1 a
(error) ERR Mandatory argument FIELDS is missing or not at the right position
> HEXPIREAT h 4102444800 NX XX FIELDS 1 a
(error) ERR Mandatory argument FIELDS is missing or not at the right position
> HEXPIREAT h 4102444800 NX NX FIELDS 1 a
(error) ERR Mandatory argument FIELDS is missing or not at the right position
> HEXPIREAT h 4102444800 NY FIELDS 1 a
(error) ERR Mandatory argument FIELDS is missing or not at the right position
> HEXPIREAT missing 4102444800 FIELDS 0 a
(error) ERR Parameter `numFields` should be greater than 0
> HEXPIREAT missing abc FIELDS 1 a
(error) ERR value is not an integer or out of range
> HEXPIREAT h 4102444800 FIELDS 1
(error) ERR wrong number of arguments for 'hexpireat' command
> HEXPIREAT h 4102444800 NX FIELDS
(error) ERR wrong number of arguments for 'hexpireat' command
> HEXPIREAT h
(error) ERR wrong number of arguments for 'hexpireat' command
> HPEXPIRETIME h FIELDS 2 a c
1) (integer) 4102444800000
2) (integer) 4102444800000

> SET string v
OK
> HEXPIREAT string 4102444800 FIELDS 1 f
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> HEXPIREAT string abc FIELDS 0 f
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SADD set x
(integer) 1
> HEXPIREAT set 4102444800 FIELDS 1 x
(error) WRONGTYPE Operation against a key holding the wrong kind of value
