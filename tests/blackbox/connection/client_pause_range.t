# needs valkey 8.1
# raw
# Nobody could end a pause that never ends; in Redis 7.0 it is none.
> CLIENT PAUSE 9223372036854775807\r\n
-ERR timeout is out of range
> CLIENT PAUSE 9223372036854775807 WRITE\r\n
-ERR timeout is out of range
