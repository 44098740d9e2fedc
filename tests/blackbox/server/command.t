> COMMAND COUNT
~ \(integer\) [1-9]\d\d+
> COMMAND COUNT x
(error) ERR wrong number of arguments for 'command|count' command
> COMMAND INFO nosuch
1) (nil)
> COMMAND INFO nosuch another
1) (nil)
2) (nil)
> COMMAND LIST FILTERBY PATTERN hgetal?
1) "hgetall"
> COMMAND LIST FILTERBY PATTERN nosuch*
(empty array)
> COMMAND LIST FILTERBY MODULE nosuch
(empty array)
# unordered
> COMMAND LIST FILTERBY PATTERN hs[ct]*
1) "hscan"
2) "hstrlen"
> COMMAND LIST FILTERBY ACLCAT nosuch
(empty array)
> COMMAND LIST FILTERBY nosuch x
(error) ERR syntax error
> COMMAND LIST FILTERBY
(error) ERR syntax error
> COMMAND LIST x
(error) ERR syntax error
> COMMAND GETKEYS GET k
1) "k"
> COMMAND GETKEYS MSET a 1 b 2
1) "a"
2) "b"
> COMMAND GETKEYS SINTERCARD 2 a b LIMIT 1
1) "a"
2) "b"
> COMMAND GETKEYS SINTERSTORE dst a b
1) "dst"
2) "a"
3) "b"
> COMMAND GETKEYS SORT s BY w_* GET x_*
1) "s"
> COMMAND GETKEYS SMOVE a b m
1) "a"
2) "b"
> COMMAND GETKEYS OBJECT ENCODING k
1) "k"
> COMMAND GETKEYS PING x
(error) ERR The command has no key arguments
> COMMAND GETKEYS HSET k
(error) ERR Invalid number of arguments specified for command
> COMMAND GETKEYS HSET k f
(error) ERR Invalid number of arguments specified for command
> COMMAND GETKEYS NOSUCH k
(error) ERR Invalid command specified
> COMMAND GETKEYS SINTERCARD 5 a
(error) ERR Invalid arguments specified for command
> COMMAND GETKEYS
(error) ERR wrong number of arguments for 'command|getkeys' command
> COMMAND GETKEYSANDFLAGS GET k
1) 1) "k"
   2) 1) RO
      2) access
3>
1) 1) "k"
   2) 1~ RO
      2~ access
> COMMAND GETKEYSANDFLAGS HSET k f v
1) 1) "k"
   2) 1) RW
      2) update
3>
1) 1) "k"
   2) 1~ RW
      2~ update
> COMMAND GETKEYSANDFLAGS PING x
(error) ERR The command has no key arguments
> COMMAND GETKEYSANDFLAGS SMOVE a b m
1) 1) "a"
   2) 1) RW
      2) access
      3) delete
2) 1) "b"
   2) 1) RW
      2) insert
3>
1) 1) "a"
   2) 1~ RW
      2~ access
      3~ delete
2) 1) "b"
   2) 1~ RW
      2~ insert
> COMMAND GETKEYSANDFLAGS
(error) ERR wrong number of arguments for 'command|getkeysandflags' command
> COMMAND DOCS nosuch
(empty array)
3>
(empty hash)
> COMMAND HELP
~ \s*1\) COMMAND <subcommand> .*
...
> COMMAND HELP x
(error) ERR wrong number of arguments for 'command|help' command
# An option of SORT names a key; scripts may name none.
> COMMAND GETKEYS sort a store b STORE d
1) "a"
2) "d"
> COMMAND GETKEYS eval x 3 a b
(empty array)
> COMMAND GETKEYSANDFLAGS set a b
1) 1) "a"
   2) 1) OW
      2) update
3>
1) 1) "a"
   2) 1~ OW
      2~ update
> COMMAND INFO nosuch
1) (nil)
