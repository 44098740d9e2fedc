> SADD src a b c
(integer) 3
> SADD dst c
(integer) 1
> SMOVE src dst a
(integer) 1
> SISMEMBER dst a
(integer) 1
> SISMEMBER src a
(integer) 0

# A member that the destination has already leaves the source all the same.
> SMOVE src dst c
(integer) 1
# unordered
> SMEMBERS dst
1) "a"
2) "c"
3>
1~ "a"
2~ "c"
> SMEMBERS src
1) "b"
3>
1~ "b"

# The source goes with its last member, the destination is made.
> SMOVE src new b
(integer) 1
> EXISTS src
(integer) 0
> SMEMBERS new
1) "b"
3>
1~ "b"

# From a set to itself: 1 if the member is there, and nothing changes.
> SMOVE dst dst a
(integer) 1
> SMOVE dst dst absent
(integer) 0
> SCARD dst
(integer) 2

> SMOVE dst other absent
(integer) 0
> EXISTS other
(integer) 0
> SMOVE missing dst a
(integer) 0

# The source is looked up first, then both types are checked.
> SET string v
OK
> SMOVE missing string a
(integer) 0
> SMOVE dst string absent
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SMOVE dst string a
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SMOVE string dst a
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SMOVE string string a
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SMOVE dst
(error) ERR wrong number of arguments for 'smove' command
> SMOVE dst new
(error) ERR wrong number of arguments for 'smove' command
> SMOVE dst new a b
(error) ERR wrong number of arguments for 'smove' command

# A member that is no integer turns the destination into another encoding.
> SADD numbers 1 2
(integer) 2
> SMOVE dst numbers a
(integer) 1
# unordered
> SMEMBERS numbers
1) "1"
2) "2"
3) "a"
3>
1~ "1"
2~ "2"
3~ "a"
