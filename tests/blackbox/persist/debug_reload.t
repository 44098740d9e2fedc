# server --enable-debug-command yes
> SET s v
OK
> HSET h f v g 1
(integer) 2
> SADD m a b
(integer) 2
> SADD i 1 2
(integer) 2
> PEXPIREAT s 4102444800000
(integer) 1
> DEBUG DIGEST
~ (?P<digest>[0-9a-f]{40})
> DEBUG RELOAD
OK
> DEBUG DIGEST
{{digest}}
> PEXPIRETIME s
(integer) 4102444800000
> OBJECT ENCODING h
"listpack"
> OBJECT ENCODING i
"intset"
> SET later v
OK
> DEBUG RELOAD NOSAVE
OK
> EXISTS later
(integer) 0
> SET later v
OK
> DEBUG RELOAD NOSAVE NOFLUSH MERGE
OK
> EXISTS later
(integer) 1
> debug reload nosave
OK
> EXISTS later
(integer) 0
> DEBUG RELOAD WHAT
(error) ERR DEBUG RELOAD only supports the MERGE, NOFLUSH and NOSAVE options.
> DEBUG SET-SKIP-CHECKSUM-VALIDATION 1
OK
> RESTORE x 0 "\x00\x05hello\n\x00cr\xdfve4 \x0b"
OK
> DEBUG SET-SKIP-CHECKSUM-VALIDATION 0
OK
> RESTORE y 0 "\x00\x05hello\n\x00cr\xdfve4 \x0b"
(error) ERR DUMP payload version or checksum are wrong
