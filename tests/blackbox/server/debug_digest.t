# server --enable-debug-command yes
# Equal data have equal digests, in whatever order they were written.
> DEBUG DIGEST
0000000000000000000000000000000000000000
> SET k v
OK
> HSET h f v g w
(integer) 2
> SADD s a b 1
(integer) 3
> DEBUG DIGEST
~ (?P<first>[0-9a-f]{40})
> DEBUG DIGEST-VALUE k h s missing
~ 1\) [0-9a-f]{40}
~ 2\) [0-9a-f]{40}
~ 3\) [0-9a-f]{40}
4) 0000000000000000000000000000000000000000
> FLUSHALL
OK
> SADD s 1 b a
(integer) 3
> HSET h g w f v
(integer) 2
> SET k v
OK
> DEBUG DIGEST
{{first}}
> DEL k
(integer) 1
> DEBUG DIGEST
~ (?!{{first}})[0-9a-f]{40}
