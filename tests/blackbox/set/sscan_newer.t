# needs 8.0
> SADD s a b
(integer) 2
> SSCAN s 0 NOVALUES
(error) ERR NOVALUES option can only be used in HSCAN
> SSCAN missing 0 NOVALUES
1) "0"
2) (empty array)
> SSCAN s -1
(error) ERR invalid cursor
# unordered
> SSCAN s " 0"
1) "0"
2) 1) "a"
   2) "b"
