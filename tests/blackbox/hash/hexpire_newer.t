# needs thimble
# In newer versions of Redis than 8.0 a condition may also stand behind the fields.
> HSET h a 1 NX 2
(integer) 2
> HEXPIRE h 1000 FIELDS 1 a XX
1) (integer) 0
> HPEXPIRE h 1000000 FIELDS 1 a nx
1) (integer) 1
> HEXPIREAT h 4102444800 FIELDS 2 a absent GT
1) (integer) 1
2) (integer) -2
> HPEXPIREAT h 4102444800001 FIELDS 1 a LT
1) (integer) 0
> HEXPIRETIME h FIELDS 1 a
1) (integer) 4102444800
# What is counted is a field.
> HEXPIRE h 1000 FIELDS 2 a NX
1) (integer) 1
2) (integer) 1
> HEXPIRE h 1000 NX FIELDS 1 a NX
(error) ERR The `numfields` parameter must match the number of arguments
> HEXPIRE h 1000 FIELDS 1 a NX XX
(error) ERR The `numfields` parameter must match the number of arguments
> HEXPIRE h 1000 FIELDS 1 a NY
(error) ERR The `numfields` parameter must match the number of arguments
