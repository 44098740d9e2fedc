> FUNCTION FLUSH
OK
> FUNCTION DUMP
"\n\x00]\x9b\\@\x0f\x7f\xa2\xda"
> FUNCTION LOAD "#!lua name=one\nredis.register_function('f',function() return 1 end)"
"one"
> FUNCTION DUMP
"\xf5@C#!lua name=one\nredis.register_function('f',function() return 1 end)\n\x00\xc7\x8a\xd5\xa6Y\t=u"
> FUNCTION FLUSH
OK
> FUNCTION RESTORE "\xf5\xc3@E@M\x1f#!lua"
(error) ERR DUMP payload version or checksum are wrong
> FUNCTION RESTORE "\n\x00]\x9b\\@\x0f\x7f\xa2\xda"
OK
> FUNCTION RESTORE "\n\x00]\x9b\\@\x0f\x7f\xa2\xdb"
(error) ERR DUMP payload version or checksum are wrong
> FUNCTION RESTORE x
(error) ERR DUMP payload version or checksum are wrong
> FUNCTION RESTORE x OTHER
(error) ERR Wrong restore policy given, value should be either FLUSH, APPEND or REPLACE.
> FUNCTION RESTORE x FLUSH y
(error) ERR unknown subcommand or wrong number of arguments for 'RESTORE'. Try FUNCTION HELP.
> FUNCTION RESTORE
(error) ERR wrong number of arguments for 'function|restore' command
> FUNCTION DUMP x
(error) ERR wrong number of arguments for 'function|dump' command
