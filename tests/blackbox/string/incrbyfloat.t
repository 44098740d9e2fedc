> INCRBYFLOAT n 10.5
"10.5"
> INCRBYFLOAT n 0.1
"10.6"
> INCRBYFLOAT n -10.6
"0"
> SET e 5.0e3
OK
> INCRBYFLOAT e 2.0e2
"5200"
> INCRBYFLOAT tiny 1e-17
"0.00000000000000001"
> INCRBYFLOAT lost 1e-18
"0"
> INCRBYFLOAT hex 0x10
"16"
> INCRBYFLOAT minus -0
"0"
> SET i 9223372036854775807
OK
> INCRBYFLOAT i 1
"9223372036854775808"
> OBJECT ENCODING n
"embstr"
> SET t 1 EX 100
OK
> INCRBYFLOAT t 1
"2"
> TTL t
~ \(integer\) (99|100)
> INCRBYFLOAT n abc
(error) ERR value is not a valid float
> INCRBYFLOAT n ""
(error) ERR value is not a valid float
> INCRBYFLOAT n " 1"
(error) ERR value is not a valid float
> INCRBYFLOAT n nan
(error) ERR value is not a valid float
> INCRBYFLOAT n inf
(error) ERR increment would produce NaN or Infinity
> INCRBYFLOAT n -inf
(error) ERR increment would produce NaN or Infinity
> INCRBYFLOAT n 1e4933
(error) ERR value is not a valid float
> MSET text abc infinite inf spaced " 1" empty ""
OK
> INCRBYFLOAT text 1
(error) ERR value is not a valid float
> INCRBYFLOAT infinite 1
(error) ERR increment would produce NaN or Infinity
> INCRBYFLOAT spaced 1
(error) ERR value is not a valid float
> INCRBYFLOAT empty 1
(error) ERR value is not a valid float
> SADD s x
(integer) 1
> INCRBYFLOAT s 1
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> INCRBYFLOAT n
(error) ERR wrong number of arguments for 'incrbyfloat' command
> INCRBYFLOAT n 1 2
(error) ERR wrong number of arguments for 'incrbyfloat' command
