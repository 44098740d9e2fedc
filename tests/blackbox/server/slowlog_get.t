# config slowlog-max-len 3
# config slowlog-log-slower-than 0
> SLOWLOG RESET
OK
> SET k v
OK
> SLOWLOG GET 1
~ 1\) 1\) \(integer\) \d+
~    2\) \(integer\) \d{10}
~    3\) \(integer\) \d+
   4) 1) "SET"
      2) "k"
      3) "v"
~    5\) "127\.0\.0\.1:\d+"
   6) ""

# Long arguments and long lists of them are cut.
> CLIENT SETNAME me
OK
> SADD {{x*200}} {{m# *40}}
(integer) 40
> SLOWLOG GET 1
~ 1\) 1\) \(integer\) \d+
...
~    4\)  1\) "SADD"
~        2\) "x{128}\.\.\. \(72 more bytes\)"
~        3\) "m1"
...
~       32\) "\.\.\. \(11 more arguments\)"
~    5\) "127\.0\.0\.1:\d+"
   6) "me"
> SLOWLOG LEN
(integer) 3
> SLOWLOG GET 0
(empty array)
> SLOWLOG GET -1
~ 1\) 1\) .*
...
~ 3\) 1\) .*
...
> SLOWLOG GET -2
(error) ERR count should be greater than or equal to -1
> SLOWLOG GET abc
(error) ERR count should be greater than or equal to -1
> SLOWLOG GET 1 2
(error) ERR unknown subcommand or wrong number of arguments for 'GET'. Try SLOWLOG HELP.
> SLOWLOG LEN x
(error) ERR wrong number of arguments for 'slowlog|len' command
> SLOWLOG RESET
OK
> SLOWLOG RESET x
(error) ERR wrong number of arguments for 'slowlog|reset' command
> SLOWLOG
(error) ERR wrong number of arguments for 'slowlog' command
> SLOWLOG HELP
~ \s*1\) SLOWLOG <subcommand> .*
...
> SLOWLOG HELP x
(error) ERR wrong number of arguments for 'slowlog|help' command

# Off.
> CONFIG SET slowlog-log-slower-than -1
OK
> SLOWLOG RESET
OK
> PING
PONG
> SLOWLOG LEN
(integer) 0

# A shorter log forgets at once.
> CONFIG SET slowlog-log-slower-than 0
OK
> PING
PONG
> PING
PONG
> PING
PONG
> CONFIG SET slowlog-log-slower-than 10000000
OK
> CONFIG SET slowlog-max-len 2
OK
> SLOWLOG LEN
(integer) 2
