# needs thimble
# Scripts for Valkey call the library "server".
> EVAL "return server.call('ECHO', ARGV[1])" 0 x
"x"
> EVAL "return {server.sha1hex(''), server == redis}" 0
1) "da39a3ee5e6b4b0d3255bfef95601890afd80709"
2) (integer) 1
> FUNCTION LOAD "#!lua name=l\nserver.register_function('f', function(keys, args) return server.call('ECHO', args[1]) end)"
"l"
> FCALL f 0 y
"y"
> EVAL "server = nil" 0
~ \(error\) ERR .*
