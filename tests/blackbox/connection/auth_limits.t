# raw
# server --requirepass secret
# A stranger may send ten arguments of 16 KB each.
> *10\r\n$4\r\nPING\r\n{{$1\r\nx\r\n*9}}
-NOAUTH Authentication required.
b> *11\r\n
-ERR Protocol error: unauthenticated multibulk length
(closed)
c> *2\r\n$4\r\nPING\r\n$16385\r\n
-ERR Protocol error: unauthenticated bulk length
(closed)
d> *2\r\n$4\r\nECHO\r\n$16384\r\n{{x*16384}}\r\n
-NOAUTH Authentication required.

# Once logged in, whatever comes in the same packet may be larger.
e> AUTH secret\r\n*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$20000\r\n{{x*20000}}\r\nSTRLEN k\r\n
+OK
+OK
:20000
f> *2\r\n$4\r\nAUTH\r\n$6\r\nsecret\r\n*11\r\n$3\r\nDEL\r\n{{$1\r\nk\r\n*10}}
+OK
:1

# After a refused one they may not.
g> AUTH wrong\r\n*11\r\n$3\r\nDEL\r\n{{$1\r\nk\r\n*10}}
-WRONGPASS invalid username-password pair or user is disabled.
-ERR Protocol error: unauthenticated multibulk length
(closed)

# RESET makes a stranger again.
h> AUTH secret\r\nRESET\r\n*11\r\n
+OK
+RESET
-ERR Protocol error: unauthenticated multibulk length
(closed)
