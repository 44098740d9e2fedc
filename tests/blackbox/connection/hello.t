# raw
# HELLO without a version tells about the server and changes nothing.
> HELLO\r\n
*14
$6
server
$5
redis
$7
version
~ \$\d+
~ \d+\.\d+\.\d+
$5
proto
:2
$2
id
~ :\d+
$4
mode
$10
standalone
$4
role
$6
master
$7
modules
*0
> HELLO 3\r\n
%7
$6
server
$5
redis
$7
version
~ \$\d+
~ \d+\.\d+\.\d+
$5
proto
:3
$2
id
~ :\d+
$4
mode
$10
standalone
$4
role
$6
master
$7
modules
*0
> GET missing\r\n
_
> HELLO 2\r\n
*14
...
> GET missing\r\n
$-1

# A user without a password takes any; the name is set.
> HELLO 3 AUTH default anything SETNAME me\r\n
%7
...
> CLIENT GETNAME\r\n
$2
me
> hello 2 setname other\r\n
*14
...
> CLIENT GETNAME\r\n
$5
other

# Every error leaves the protocol as it was.
> HELLO 4\r\n
-NOPROTO unsupported protocol version
> HELLO 1\r\n
-NOPROTO unsupported protocol version
> HELLO -3\r\n
-NOPROTO unsupported protocol version
> HELLO x\r\n
-ERR Protocol version is not an integer or out of range
> HELLO 3 AUTH default\r\n
-ERR Syntax error in HELLO option 'AUTH'
> HELLO 3 AUTH nobody x\r\n
-WRONGPASS invalid username-password pair or user is disabled.
> HELLO 3 SETNAME\r\n
-ERR Syntax error in HELLO option 'SETNAME'
> HELLO 3 SETNAME "a b"\r\n
-ERR Client names cannot contain spaces, newlines or special characters.
> HELLO 3 unknown\r\n
-ERR Syntax error in HELLO option 'unknown'
> HELLO 3 AUTH\r\n
-ERR Syntax error in HELLO option 'AUTH'
> GET missing\r\n
$-1
