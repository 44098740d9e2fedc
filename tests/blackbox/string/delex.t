# needs 8.4
# DELEX deletes, on a condition if one is given.
> SET k v
OK
> DELEX k
(integer) 1
> DELEX k
(integer) 0
> SET k v
OK
> DELEX k IFEQ other
(integer) 0
> DELEX k IFEQ v
(integer) 1
> EXISTS k
(integer) 0
> SET k v
OK
> DELEX k IFNE v
(integer) 0
> DELEX k IFNE other
(integer) 1
> SET k "Hello world"
OK
> DELEX k IFDEQ b6acb9d84a38ff75
(integer) 0
> DELEX k IFDNE b6acb9d84a38ff74
(integer) 0
> DELEX k IFDEQ b6acb9d84a38ff74
(integer) 1
> DELEX missing IFEQ v
(integer) 0
> DELEX missing IFNE v
(integer) 0

# Without a condition any type will do, as for DEL.
> SADD s x
(integer) 1
> DELEX s
(integer) 1
> DELEX
(error) ERR wrong number of arguments for 'delex' command
