# raw
# Each of these is answered, then the connection is closed.
> *1\r\n+PING\r\n
-ERR Protocol error: expected '$', got '+'
(closed)
b> *1\r\nPING\r\n
-ERR Protocol error: expected '$', got 'P'
(closed)
c> *1\r\n$-1\r\n
-ERR Protocol error: invalid bulk length
(closed)
d> *1\r\n$-5\r\n
-ERR Protocol error: invalid bulk length
(closed)
e> *1\r\n$abc\r\n
-ERR Protocol error: invalid bulk length
(closed)
f> *1\r\n$\r\n
-ERR Protocol error: invalid bulk length
(closed)
g> *1\r\n$536870913\r\n
-ERR Protocol error: invalid bulk length
(closed)
h> *2147483648\r\n
-ERR Protocol error: invalid multibulk length
(closed)
i> *abc\r\n
-ERR Protocol error: invalid multibulk length
(closed)
j> *1\r\n$ 4\r\nPING\r\n
-ERR Protocol error: invalid bulk length
(closed)
k> *9223372036854775808\r\n
-ERR Protocol error: invalid multibulk length
(closed)
l> PING\r\n*1\r\n:4\r\nPING\r\n
+PONG
-ERR Protocol error: expected '$', got ':'
(closed)
m> *2\r\n$4\r\nECHO\r\n*1\r\n
-ERR Protocol error: expected '$', got '*'
(closed)

# Counts that ask for nothing are passed over.
n> *0\r\nPING\r\n
+PONG
n> *-1\r\nPING\r\n
+PONG
n> *-10\r\nPING\r\n
+PONG

# What follows the bytes of a bulk is taken for its line end unseen.
n> *1\r\n$4\r\nPINGxx*1\r\n$4\r\nPING\r\n
+PONG
+PONG
