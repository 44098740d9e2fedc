# needs 8.0
> HSET h f1 v1 f2 v2
(integer) 2
# unordered
> HSCAN h 0 NOVALUES
1) "0"
2) 1) "f1"
   2) "f2"
> HSCAN h 0 MATCH f1 COUNT 10 NOVALUES
1) "0"
2) 1) "f1"
> HSCAN h 0 NOVALUES MATCH f2
1) "0"
2) 1) "f2"
> HSCAN missing 0 NOVALUES
1) "0"
2) (empty array)
> HSCAN h 0 NOVALUES NOVALUES MATCH f1
1) "0"
2) 1) "f1"
> HSET large {{f# v *600}}
(integer) 600
> HSCAN large 0 COUNT 100000 MATCH f600 NOVALUES
1) "0"
2) 1) "f600"

# A cursor may begin with a space.
# unordered
> HSCAN h " 0"
1) "0"
2) 1) "f1"
   2) "v1"
   3) "f2"
   4) "v2"

# Refused since 8.0, read as something by older servers.
> HSCAN h -1
(error) ERR invalid cursor
> HSCAN h ""
(error) ERR invalid cursor
> HSCAN missing -1
(error) ERR invalid cursor
