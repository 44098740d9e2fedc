# needs valkey 8.1
# server --commandlog-request-larger-than 60 --commandlog-reply-larger-than 40 --slowlog-log-slower-than -1
> SET k aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa
OK
> GET k
"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
> GET short
(nil)
3>
(nil)
> COMMANDLOG GET -1 large-request
~ 1\) 1\) \(integer\) \d+
~    2\) \(integer\) \d+
~    3\) \(integer\) 8\d
   4) 1) "SET"
      2) "k"
      3) "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
~    5\) "127.0.0.1:\d+"
   6) ""
> COMMANDLOG GET 1 LARGE-REPLY
...
> COMMANDLOG LEN large-request
(integer) 1
> COMMANDLOG LEN slow
(integer) 0
> COMMANDLOG RESET large-request
OK
> COMMANDLOG LEN large-request
(integer) 0
> COMMANDLOG
(error) ERR wrong number of arguments for 'commandlog' command
> COMMANDLOG GET 1
(error) ERR wrong number of arguments for 'commandlog|get' command
> COMMANDLOG GET x slow
(error) ERR count should be greater than or equal to -1
> COMMANDLOG GET -2 slow
(error) ERR count should be greater than or equal to -1
> COMMANDLOG GET 1 foo
(error) ERR type should be one of the following: slow, large-request, large-reply
> COMMANDLOG LEN foo
(error) ERR type should be one of the following: slow, large-request, large-reply
> COMMANDLOG RESET foo
(error) ERR type should be one of the following: slow, large-request, large-reply
> COMMANDLOG RESET
(error) ERR wrong number of arguments for 'commandlog|reset' command
> COMMANDLOG HELP
1) COMMANDLOG <subcommand> [<arg> [value] [opt] ...]. Subcommands are:
...
