> PING
PONG
> ping
PONG
> PING "hello world"
"hello world"
> PING ""
""
> PING a b
(error) ERR wrong number of arguments for 'ping' command
