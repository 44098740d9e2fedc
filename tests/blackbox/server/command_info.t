# The first six facts, that clients route by: name, arity, flags, first, last and step of the keys.
> COMMAND INFO get
~ 1\)  1\) "get"
    2) (integer) 2
~     3\) 1[)~] readonly
~        2[)~] fast
    4) (integer) 1
    5) (integer) 1
    6) (integer) 1
...
> COMMAND INFO hset
~ 1\)  1\) "hset"
    2) (integer) -4
~     3\) 1[)~] write
...
    4) (integer) 1
    5) (integer) 1
    6) (integer) 1
...
> COMMAND INFO MSET nosuch
~ 1\)  1\) "mset"
    2) (integer) -3
...
    4) (integer) 1
    5) (integer) -1
    6) (integer) 2
...
2) (nil)
> COMMAND INFO sintercard
~ 1\)  1\) "sintercard"
    2) (integer) -3
...
~        \d[)~] movablekeys
    4) (integer) 0
    5) (integer) 0
    6) (integer) 0
...
> COMMAND INFO ping
~ 1\)  1\) "ping"
    2) (integer) -1
...
    4) (integer) 0
    5) (integer) 0
    6) (integer) 0
...

# A subcommand answers under both names joined.
> COMMAND INFO config|get
~ 1\)  1\) "config\|get"
    2) (integer) -3
...
> COMMAND INFO config|nosuch
1) (nil)
> COMMAND GETKEYSANDFLAGS smismember k a
1) 1) "k"
   2) 1) RO
      2) access
3>
1) 1) "k"
   2) 1~ RO
      2~ access
> COMMAND INFO scan
1)  1) "scan"
    2) (integer) -2
    3) 1) readonly
    4) (integer) 0
    5) (integer) 0
    6) (integer) 0
    7) 1) @keyspace
       2) @read
       3) @slow
    8) 1) "nondeterministic_output"
       2) "request_policy:special"
    9) (empty array)
   10) (empty array)
3>
1)  1) "scan"
    2) (integer) -2
    3) 1~ readonly
    4) (integer) 0
    5) (integer) 0
    6) (integer) 0
    7) 1~ @keyspace
       2~ @read
       3~ @slow
    8) 1~ "nondeterministic_output"
       2~ "request_policy:special"
    9) (empty set)
   10) (empty set)
