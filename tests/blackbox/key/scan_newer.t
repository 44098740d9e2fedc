# needs 8.0
> SET k v
OK
> SCAN 0 NOVALUES
(error) ERR NOVALUES option can only be used in HSCAN
> SCAN -1
(error) ERR invalid cursor
> SCAN ""
(error) ERR invalid cursor
> SCAN " 0"
1) "0"
2) 1) "k"
