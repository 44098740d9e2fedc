# raw
# needs 8.0
# server --requirepass secret
# HELLO before the login tells how to combine both.
> HELLO 3\r\n
-NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO <proto> AUTH <user> <pass> option can be used to authenticate the client and select the RESP protocol version at the same time
