> SCRIPT LOAD "return {KEYS[1],ARGV[1]}"
"bfbf458525d6a0b19200bfd6db3af481156b367b"
> EVALSHA bfbf458525d6a0b19200bfd6db3af481156b367b 1 k a
1) "k"
2) "a"
> SCRIPT LOAD "return 1"
"e0e1f9fabfc9d4800c877a703b823ac0578ff8db"
> EVALSHA e0e1f9fabfc9d4800c877a703b823ac0578ff8db 0
(integer) 1
> EVALSHA E0E1F9FABFC9D4800C877A703B823AC0578FF8DB 0
(integer) 1
> EVALSHA 0000000000000000000000000000000000000000 0
(error) NOSCRIPT No matching script. Please use EVAL.
> EVALSHA short 0
(error) NOSCRIPT No matching script. Please use EVAL.
> EVALSHA short x
(error) NOSCRIPT No matching script. Please use EVAL.
> EVALSHA e0e1f9fabfc9d4800c877a703b823ac0578ff8db x
(error) ERR value is not an integer or out of range
> EVALSHA 0000000000000000000000000000000000000000 x
(error) ERR value is not an integer or out of range
> EVALSHA e0e1f9fabfc9d4800c877a703b823ac0578ff8db -1
(error) ERR Number of keys can't be negative
> EVALSHA e0e1f9fabfc9d4800c877a703b823ac0578ff8db 1
(error) ERR Number of keys can't be greater than number of args
> EVALSHA e0e1f9fabfc9d4800c877a703b823ac0578ff8db
(error) ERR wrong number of arguments for 'evalsha' command
