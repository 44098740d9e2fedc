> CONFIG REWRITE
(error) ERR The server is running without a config file
> CONFIG REWRITE x
(error) ERR wrong number of arguments for 'config|rewrite' command
