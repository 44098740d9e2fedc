# needs 7.4
# HEXPIRE gives fields a deadline, so many seconds from now, and answers for each of them.
> HSET h a 1 b 2 c 3
(integer) 3
> HEXPIRE h 1000 FIELDS 2 a absent
1) (integer) 1
2) (integer) -2
> HPEXPIRETIME h FIELDS 3 a b c
~ 1\) \(integer\) \d{13}
2) (integer) -1
3) (integer) -1
> OBJECT ENCODING h
"listpackex"
> HEXPIRE missing 1000 FIELDS 2 a b
1) (integer) -2
2) (integer) -2
> hexpire h 1000 fields 1 a
1) (integer) 1

# A field without a deadline is as one that never comes.
> HEXPIRE h 2000 NX FIELDS 2 a b
1) (integer) 0
2) (integer) 1
> HEXPIRE h 2000 XX FIELDS 2 a c
1) (integer) 1
2) (integer) 0
> HEXPIRE h 1000 GT FIELDS 2 a c
1) (integer) 0
2) (integer) 0
> HEXPIRE h 3000 gt FIELDS 1 b
1) (integer) 1
> HEXPIRE h 1000 LT FIELDS 2 a c
1) (integer) 1
2) (integer) 1
> HEXPIRE h 2000 lt FIELDS 1 a
1) (integer) 0
> HEXPIRE h 2000 GT FIELDS 2 a absent
1) (integer) 1
2) (integer) -2

# Of a field that is named twice the second time counts as well.
> HSET twice a 1 b 2
(integer) 2
> HEXPIRE twice 1000 NX FIELDS 2 a a
1) (integer) 1
2) (integer) 0
> HEXPIRE twice 0 FIELDS 2 a a
1) (integer) 2
2) (integer) -2
> HGETALL twice
1) "b"
2) "2"
3>
1# "b" => "2"

# What is past already deletes, and the hash with its last field.
> HEXPIRE twice 0 GT FIELDS 1 b
1) (integer) 0
> HEXPIRE twice 0 NX FIELDS 1 b
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
> HEXPIRE h 1000 FIELDS 2 a c
1) (integer) 1
2) (integer) 1
> HINCRBY h a 1
(integer) 6
> HINCRBYFLOAT h c 0.5
"1.5"
> HPEXPIRETIME h FIELDS 2 a c
~ 1\) \(integer\) \d{13}
~ 2\) \(integer\) \d{13}

# A table does the same.
> HSET table f {{v*100}} g 1
(integer) 2
> OBJECT ENCODING table
"hashtable"
> HEXPIRE table 1000 FIELDS 2 f absent
1) (integer) 1
2) (integer) -2
> HEXPIRE table 1000 GT FIELDS 1 g
1) (integer) 0
> HPEXPIRETIME table FIELDS 1 f
~ 1\) \(integer\) \d{13}
> OBJECT ENCODING table
"hashtable"
> HEXPIRE table 0 FIELDS 2 f g
1) (integer) 2
2) (integer) 2
> EXISTS table
(integer) 0

> HEXPIRE h -1 FIELDS 1 a
(error) ERR invalid expire time, must be >= 0
> HEXPIRE h abc FIELDS 1 a
(error) ERR value is not an integer or out of range
> HEXPIRE h 1.5 FIELDS 1 a
(error) ERR value is not an integer or out of range
> HEXPIRE h 9223372036854775808 FIELDS 1 a
(error) ERR value is not an integer or out of range
> HEXPIRE h 9223372036854775807 FIELDS 1 a
(error) ERR invalid expire time in 'hexpire' command
> HEXPIRE h 70368744177 FIELDS 1 a
(error) ERR invalid expire time in 'hexpire' command
> HEXPIRE h 1000 FIELDS 0 a
(error) ERR Parameter `numFields` should be greater than 0
> HEXPIRE h 1000 FIELDS -1 a
(error) ERR Parameter `numFields` should be greater than 0
> HEXPIRE h 1000 FIELDS abc a
(error) ERR Parameter `numFields` should be greater than 0
> HEXPIRE h 1000 FIELDS 2 a
(error) ERR The `numfields` parameter must match the number of arguments
> HEXPIRE h 1000 FIELDS 1 a b
(error) ERR The `numfields` parameter must match the number of arguments
> HEXPIRE h 1000 FIELDS 1 a FIELDS 1 b
(error) ERR The `numfields` parameter must match the number of arguments
> HEXPIRE h 1000 NX FIELDS 1
(error) ERR The `numfields` parameter must match the number of arguments
> HEXPIRE h 1000 FIELD 1 a
(error) ERR Mandatory argument FIELDS is missing or not at the right position
> HEXPIRE h 1000 NX XX FIELDS 1 a
(error) ERR Mandatory argument FIELDS is missing or not at the right position
> HEXPIRE h 1000 NX NX FIELDS 1 a
(error) ERR Mandatory argument FIELDS is missing or not at the right position
> HEXPIRE h 1000 NY FIELDS 1 a
(error) ERR Mandatory argument FIELDS is missing or not at the right position
> HEXPIRE missing 1000 FIELDS 0 a
(error) ERR Parameter `numFields` should be greater than 0
> HEXPIRE missing abc FIELDS 1 a
(error) ERR value is not an integer or out of range
> HEXPIRE h 1000 FIELDS 1
(error) ERR wrong number of arguments for 'hexpire' command
> HEXPIRE h 1000 NX FIELDS
(error) ERR wrong number of arguments for 'hexpire' command
> HEXPIRE h
(error) ERR wrong number of arguments for 'hexpire' command
> HPEXPIRETIME h FIELDS 2 a c
~ 1\) \(integer\) \d{13}
~ 2\) \(integer\) \d{13}
> SET string v
OK
> HEXPIRE string 1000 FIELDS 1 f
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> HEXPIRE string abc FIELDS 0 f
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SADD set x
(integer) 1
> HEXPIRE set 1000 FIELDS 1 x
(error) WRONGTYPE Operation against a key holding the wrong kind of value
