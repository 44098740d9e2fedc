# raw
# Lines end within 64 KB.
> {{x*70000}}
-ERR Protocol error: too big inline request
(closed)
b> *{{1*70000}}
-ERR Protocol error: too big mbulk count string
(closed)
c> *1\r\n${{1*70000}}
-ERR Protocol error: too big bulk count string
(closed)
d> {{x*65000}}\r\n
~ -ERR unknown command 'x+', with args beginning with: 

# A count of 2^31 - 1 is only a promise.
e> *2147483647\r\n$4\r\nPING\r\n

# config proto-max-bulk-len 1mb
f> *2\r\n$4\r\nECHO\r\n$1048577\r\n
-ERR Protocol error: invalid bulk length
(closed)
g> *2\r\n$6\r\nSTRLEN\r\n$1048576\r\n{{x*1048576}}\r\n
:0
