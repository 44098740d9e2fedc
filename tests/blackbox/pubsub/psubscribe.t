# raw
> PSUBSCRIBE\r\n
-ERR wrong number of arguments for 'psubscribe' command
> PSUBSCRIBE n*\r\n
*3
$10
psubscribe
$2
n*
:1
> PSUBSCRIBE n*\r\n
*3
$10
psubscribe
$2
n*
:1
> SUBSCRIBE news\r\n
*3
$9
subscribe
$4
news
:2
b> PUBLISH news 1\r\nPUBLISH nothing 2\r\nPUBLISH other 3\r\n
:2
:1
:0
>
*3
$7
message
$4
news
$1
1
*4
$8
pmessage
$2
n*
$4
news
$1
1
*4
$8
pmessage
$2
n*
$7
nothing
$1
2
> PUNSUBSCRIBE n* x*\r\n
*3
$12
punsubscribe
$2
n*
:1
*3
$12
punsubscribe
$2
x*
:1
b> PUBLISH news 4\r\nPUBSUB NUMPAT\r\n
:1
:0
>
*3
$7
message
$4
news
$1
4
> PING\r\n
*2
$4
pong
$0
(empty)
