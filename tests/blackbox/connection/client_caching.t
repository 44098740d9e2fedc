# raw
> CLIENT CACHING\r\n
-ERR wrong number of arguments for 'client|caching' command
> CLIENT CACHING YES\r\n
-ERR CLIENT CACHING can be called only when the client is in tracking mode with OPTIN or OPTOUT mode enabled
> HELLO 3\r\n
...
> CLIENT TRACKING ON OPTIN\r\n
+OK
> CLIENT CACHING NO\r\n
-ERR CLIENT CACHING NO is only valid when tracking is enabled in OPTOUT mode.
> CLIENT CACHING x\r\n
-ERR syntax error
> CLIENT CACHING YES\r\nCLIENT TRACKINGINFO\r\nGET q\r\nGET r\r\n
+OK
%3
$5
flags
~3
$2
on
$5
optin
$11
caching-yes
$8
redirect
:0
$8
prefixes
*0
_
_
b> MSET q 1 r 1\r\n
+OK
>
>2
$10
invalidate
*1
$1
q
> CLIENT CACHING YES\r\nMULTI\r\nGET q\r\nGET r\r\nEXEC\r\n
+OK
+OK
+QUEUED
+QUEUED
*2
$1
1
$1
1
b> MSET q 1 r 1\r\n
+OK
>
>2
$10
invalidate
*1
$1
q
>2
$10
invalidate
*1
$1
r
> CLIENT TRACKING OFF\r\nCLIENT TRACKING ON OPTOUT\r\n
+OK
+OK
> CLIENT CACHING YES\r\n
-ERR CLIENT CACHING YES is only valid when tracking is enabled in OPTIN mode.
> CLIENT CACHING NO\r\nCLIENT TRACKINGINFO\r\nGET q\r\nGET r\r\n
+OK
%3
$5
flags
~3
$2
on
$6
optout
$10
caching-no
$8
redirect
:0
$8
prefixes
*0
$1
1
$1
1
b> MSET q 1 r 1\r\n
+OK
>
>2
$10
invalidate
*1
$1
r
