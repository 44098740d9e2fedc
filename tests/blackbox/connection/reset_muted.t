# raw
# What CLIENT REPLY SKIP has silenced stays so for RESET itself; OFF ends with it.
> CLIENT REPLY SKIP\r\nRESET\r\nPING\r\n
+PONG
> CLIENT REPLY OFF\r\nRESET\r\nPING\r\n
+RESET
+PONG
