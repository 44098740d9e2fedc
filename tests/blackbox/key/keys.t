> MSET one 1 two 2 three 3 four 4 "[x]" 5 "" 6
OK
# unordered
> KEYS *
1) ""
2) "[x]"
3) "four"
4) "one"
5) "three"
6) "two"
# unordered
> KEYS t*
1) "three"
2) "two"
# unordered
> KEYS *o*
1) "four"
2) "one"
3) "two"
> KEYS ?ne
1) "one"
> KEYS [o]ne
1) "one"
> KEYS [^o]ne
(empty array)
> KEYS [a-p]ne
1) "one"
> KEYS t[^w]*
1) "three"
> KEYS \[x\]
1) "[x]"
> KEYS "\\[x\\]"
1) "[x]"
> KEYS one
1) "one"
> KEYS absent*
(empty array)
> KEYS ""
1) ""
> KEYS
(error) ERR wrong number of arguments for 'keys' command
> KEYS a b
(error) ERR wrong number of arguments for 'keys' command
> SELECT 1
OK
> KEYS *
(empty array)
# Bytes above 127 come before all others in a range.
> FLUSHALL
OK
> MSET b 1 * 2 z 3
OK
# unordered
> KEYS "[b-\xff]"
1) "*"
2) "b"
> KEYS "[\x80-\xff]"
(empty array)
