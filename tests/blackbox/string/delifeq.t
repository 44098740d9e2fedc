# needs 8.4
# DELIFEQ is Valkey's name for DELEX with IFEQ.
> SET k v
OK
> DELIFEQ k other
(integer) 0
> DELIFEQ k v
(integer) 1
> EXISTS k
(integer) 0
> DELIFEQ k v
(integer) 0
> DELIFEQ k
(error) ERR wrong number of arguments for 'delifeq' command
> DELIFEQ k v w
(error) ERR wrong number of arguments for 'delifeq' command
> SADD s x
(integer) 1
> DELIFEQ s x
(error) WRONGTYPE Operation against a key holding the wrong kind of value
