# What is refused, or changes nothing, has used its keys all the same.
> RESTORE k 0 "\x00\x05hello\n\x00cr\xdfve4 \n" REPLACE IDLETIME 1000
OK
> PERSIST k
(integer) 0
> OBJECT IDLETIME k
~ \(integer\) [0-9]
> RESTORE k 0 "\x00\x05hello\n\x00cr\xdfve4 \n" REPLACE IDLETIME 1000
OK
> EXPIRE k 10 XX
(integer) 0
> OBJECT IDLETIME k
~ \(integer\) [0-9]
> RESTORE k 0 "\x00\x05hello\n\x00cr\xdfve4 \n" REPLACE IDLETIME 1000
OK
> RESTORE other 0 "\x00\x05hello\n\x00cr\xdfve4 \n" REPLACE IDLETIME 1000
OK
> RENAMENX k other
(integer) 0
> OBJECT IDLETIME k
~ \(integer\) [0-9]
> OBJECT IDLETIME other
~ \(integer\) [0-9]
> RESTORE k 0 "\x00\x05hello\n\x00cr\xdfve4 \n" REPLACE IDLETIME 1000
OK
> RESTORE other 0 "\x00\x05hello\n\x00cr\xdfve4 \n" REPLACE IDLETIME 1000
OK
> COPY k other
(integer) 0
> OBJECT IDLETIME k
~ \(integer\) [0-9]
> OBJECT IDLETIME other
~ \(integer\) [0-9]
> RESTORE k 0 "\x00\x05hello\n\x00cr\xdfve4 \n" REPLACE IDLETIME 1000
OK
> RESTORE k 0 x
(error) BUSYKEY Target key name already exists.
> OBJECT IDLETIME k
~ \(integer\) [0-9]
> SELECT 2
OK
> RESTORE k 0 "\x00\x05hello\n\x00cr\xdfve4 \n" REPLACE IDLETIME 1000
OK
> SELECT 0
OK
> RESTORE k 0 "\x00\x05hello\n\x00cr\xdfve4 \n" REPLACE IDLETIME 1000
OK
> MOVE k 2
(integer) 0
> OBJECT IDLETIME k
~ \(integer\) [0-9]
> SELECT 2
OK
> OBJECT IDLETIME k
~ \(integer\) [0-9]
> SELECT 0
OK
> RESTORE k 0 "\x00\x05hello\n\x00cr\xdfve4 \n" REPLACE IDLETIME 1000
OK
> RESTORE other 0 "\x00\x05hello\n\x00cr\xdfve4 \n" REPLACE IDLETIME 1000
OK
> SMOVE k other a
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> OBJECT IDLETIME k
~ \(integer\) [0-9]
> OBJECT IDLETIME other
~ \(integer\) [0-9]
> RESTORE k 0 "\x00\x05hello\n\x00cr\xdfve4 \n" REPLACE IDLETIME 1000
OK
> SMOVE none k a
(integer) 0
> OBJECT IDLETIME k
~ \(integer\) [0-9]
