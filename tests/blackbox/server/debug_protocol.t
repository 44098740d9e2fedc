# raw
# server --enable-debug-command yes
# Every kind of reply, over both protocols.
> DEBUG PROTOCOL STRING\r\n
$11
Hello World
> DEBUG PROTOCOL INTEGER\r\n
:12345
> DEBUG PROTOCOL DOUBLE\r\n
$5
3.141
> DEBUG PROTOCOL NULL\r\n
$-1
> DEBUG PROTOCOL ARRAY\r\n
*3
:0
:1
:2
> DEBUG PROTOCOL SET\r\n
*3
:0
:1
:2
> DEBUG PROTOCOL MAP\r\n
*6
:0
:0
:1
:1
:2
:0
> DEBUG PROTOCOL BIGNUM\r\n
$37
1234567999999999999999999999999999999
> DEBUG PROTOCOL TRUE\r\n
:1
> DEBUG PROTOCOL FALSE\r\n
:0
> DEBUG PROTOCOL VERBATIM\r\n
$25
This is a verbatim\nstring
> DEBUG PROTOCOL ATTRIB\r\n
$39
Some real reply following the attribute
> DEBUG PROTOCOL PUSH\r\n
-ERR RESP2 is not supported by this command
> DEBUG PROTOCOL nosuch\r\n
-ERR Wrong protocol type name. Please use one of the following: string|integer|double|bignum|null|array|set|map|attrib|push|verbatim|true|false
> HELLO 3\r\n
%7
...
> debug protocol string\r\n
$11
Hello World
> debug protocol integer\r\n
:12345
> debug protocol double\r\n
,3.141
> debug protocol null\r\n
_
> debug protocol array\r\n
*3
:0
:1
:2
> debug protocol set\r\n
~3
:0
:1
:2
> debug protocol map\r\n
%3
:0
~ #f
:1
~ #t
:2
~ #f
> debug protocol bignum\r\n
(1234567999999999999999999999999999999
> debug protocol true\r\n
~ #t
> debug protocol false\r\n
~ #f
> debug protocol verbatim\r\n
=29
txt:This is a verbatim\nstring
> debug protocol attrib\r\n
|1
$14
key-popularity
*2
$7
key:123
:90
$39
Some real reply following the attribute
> debug protocol push\r\n
>2
$16
server-cpu-usage
:42
$40
Some real reply following the push reply
