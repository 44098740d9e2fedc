# needs thimble
# raw
# The name and version of the product stand beside the version it is compatible with.
> INFO server\r\n
~ \$\d+
~ # Server
redis_version:7.2.4
...
server_name:thimble
~ thimble_version:\d+\.\d+\.\d+.*
...
