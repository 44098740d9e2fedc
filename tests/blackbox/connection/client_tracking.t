# raw
> CLIENT TRACKING\r\n
-ERR wrong number of arguments for 'client|tracking' command
> CLIENT TRACKING x\r\n
-ERR syntax error
> CLIENT TRACKING ON NOSUCH\r\n
-ERR syntax error
> CLIENT TRACKING ON REDIRECT\r\n
-ERR syntax error
> CLIENT TRACKING ON REDIRECT 99999\r\n
-ERR The client ID you want redirect to does not exist
> CLIENT TRACKING ON REDIRECT foo\r\n
-ERR value is not an integer or out of range
> CLIENT TRACKING ON PREFIX foo\r\n
-ERR PREFIX option requires BCAST mode to be enabled
> CLIENT TRACKING ON OPTIN OPTOUT\r\n
-ERR You can't specify both OPTIN mode and OPTOUT mode
> CLIENT TRACKING ON BCAST OPTIN\r\n
-ERR OPTIN and OPTOUT are not compatible with BCAST
> CLIENT TRACKING OFF\r\n
+OK
# A key that was read is reported once, when it changes.
> HELLO 3\r\n
...
> CLIENT TRACKING ON\r\n
+OK
> GET a\r\nHGET h f\r\nMGET b c\r\n
_
_
*2
_
_
b> SET a 1\r\nSET a 2\r\nHSET h f 1\r\nSADD other 1\r\nMSET b 1 c 1\r\n
+OK
+OK
:1
:1
+OK
>
>2
$10
invalidate
*1
$1
a
>2
$10
invalidate
*1
$1
h
>2
$10
invalidate
*1
$1
b
>2
$10
invalidate
*1
$1
c
> GET a\r\nSET a 3\r\nGET a\r\n
$1
2
+OK
>2
$10
invalidate
*1
$1
a
$1
3
> CLIENT TRACKING ON BCAST\r\n
-ERR You can't switch BCAST mode on/off before disabling tracking for this client, and then re-enabling it with a different mode.
> CLIENT TRACKING ON OPTIN\r\n
+OK
> CLIENT TRACKING ON OPTOUT\r\n
-ERR You can't switch OPTIN/OPTOUT mode before disabling tracking for this client, and then re-enabling it with a different mode.
b> FLUSHALL\r\n
+OK
>
>2
$10
invalidate
_
> CLIENT TRACKING OFF\r\n
+OK
> GET a\r\n
_
b> SET a 1\r\n
+OK
>
# Within a transaction the notices come after it.
> CLIENT TRACKING ON\r\n
+OK
> GET a\r\n
$1
1
> MULTI\r\nSET a 5\r\nPING\r\nEXEC\r\n
+OK
+QUEUED
+QUEUED
*2
+OK
+PONG
>2
$10
invalidate
*1
$1
a
