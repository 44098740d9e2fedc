# needs 8.4
# IFEQ sets only over the value given, IFNE only over another one.
> SET k v1
OK
> SET k v2 IFEQ v1
OK
> SET k v3 IFEQ v1
(nil)
> GET k
"v2"
> SET k v3 IFNE v2
(nil)
> SET k v3 IFNE v1
OK
> GET k
"v3"

# A missing key has no value: IFEQ leaves it missing, IFNE makes it.
> SET missing v IFEQ v
(nil)
> EXISTS missing
(integer) 0
> SET made v IFNE v
OK
> GET made
"v"

# GET answers the old value, whether or not the new one was set.
> SET k v4 IFEQ v3 GET
"v3"
> SET k v5 IFEQ other GET
"v4"
> SET k v5 GET IFEQ v4 EX 100
"v4"
> TTL k
~ \(integer\) (99|100)

# IFDEQ and IFDNE compare the digest.
> SET k "Hello world"
OK
> SET k "Hello world" IFDEQ b6acb9d84a38ff74
OK
> SET k "Hello world" IFDEQ B6ACB9D84A38FF74
OK
> SET k x IFDEQ b6acb9d84a38ff75
(nil)
> SET k x IFDNE b6acb9d84a38ff74
(nil)
> SET k x IFDNE b6acb9d84a38ff75
OK
> GET k
"x"

> SET k v IFEQ
(error) ERR syntax error
> SET k v NX IFEQ x
(error) ERR syntax error
> SET k v IFEQ x XX
(error) ERR syntax error
> SET k v IFEQ x IFNE x
(error) ERR syntax error
> SADD s x
(integer) 1
> SET s v IFEQ x
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SET s v IFNE x
(error) WRONGTYPE Operation against a key holding the wrong kind of value
