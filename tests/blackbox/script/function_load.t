# What FUNCTION LOAD takes, and what it refuses.
> FUNCTION LOAD replace x
(error) ERR Missing library metadata
> FUNCTION LOAD replace "#!lua\nreturn 1"
(error) ERR Library name was not given
> FUNCTION LOAD replace "#!lua name=\nreturn 1"
(error) ERR Library names can only contain letters, numbers, or underscores(_) and must be at least one character long
> FUNCTION LOAD replace "#!lua name=a b\nreturn 1"
(error) ERR Invalid metadata value given: b
> FUNCTION LOAD replace "#!lua name=a-b\nreturn 1"
(error) ERR Library names can only contain letters, numbers, or underscores(_) and must be at least one character long
> FUNCTION LOAD replace "#!lua name=a foo=b\nreturn 1"
(error) ERR Invalid metadata value given: foo=b
> FUNCTION LOAD replace "#!lua name=a name=b\nreturn 1"
(error) ERR Invalid metadata value, name argument was given multiple times
> FUNCTION LOAD replace "#!py name=a\nreturn 1"
(error) ERR Engine 'py' not found
> FUNCTION LOAD replace "#!LUA name=a\nreturn 1"
(error) ERR No functions registered
> FUNCTION LOAD replace "#!lua name=a"
(error) ERR Invalid library metadata
> FUNCTION LOAD replace "#!lua name=a\nx x"
(error) ERR Error compiling function: user_function:2: '=' expected near 'x'
> FUNCTION LOAD replace "#!lua name=a\nreturn 1"
(error) ERR No functions registered
> FUNCTION LOAD replace "#!lua name=a\nredis.call(\"get\",\"x\")"
(error) ERR Error registering functions: ERR user_function:2: Script attempted to access nonexistent global variable 'call'
> FUNCTION LOAD replace "#!lua name=a\nreturn foo"
(error) ERR Error registering functions: ERR user_function:2: Script attempted to access nonexistent global variable 'foo'
> FUNCTION LOAD replace "#!lua name=a\nfoo=1"
(error) ERR Error registering functions: ERR user_function:2: Attempt to modify a readonly table
> FUNCTION LOAD replace "#!lua name=a\nerror(\"x\")"
(error) ERR Error registering functions: ERR user_function:2: Script attempted to access nonexistent global variable 'error'
> FUNCTION LOAD replace "#!lua name=a\nerror({})"
(error) ERR Error registering functions: ERR user_function:2: Script attempted to access nonexistent global variable 'error'
> FUNCTION LOAD replace "#!lua name=a\nredis.register_function()"
(error) ERR Error registering functions: ERR wrong number of arguments to redis.register_function
> FUNCTION LOAD replace "#!lua name=a\nredis.register_function(\"f\")"
(error) ERR Error registering functions: ERR calling redis.register_function with a single argument is only applicable to Lua table (representing named arguments).
> FUNCTION LOAD replace "#!lua name=a\nredis.register_function(1,2)"
(error) ERR Error registering functions: ERR second argument to redis.register_function must be a function
> FUNCTION LOAD replace "#!lua name=a\nredis.register_function(\"f\",2)"
(error) ERR Error registering functions: ERR second argument to redis.register_function must be a function
> FUNCTION LOAD replace "#!lua name=a\nredis.register_function(\"f-x\",function() end)"
(error) ERR Error registering functions: ERR Library names can only contain letters, numbers, or underscores(_) and must be at least one character long
> FUNCTION LOAD replace "#!lua name=a\nredis.register_function(\"\",function() end)"
(error) ERR Error registering functions: ERR Library names can only contain letters, numbers, or underscores(_) and must be at least one character long
> FUNCTION LOAD replace "#!lua name=a\nredis.register_function(\"f\",function() end) redis.register_function(\"f\",function() end)"
(error) ERR Error registering functions: ERR Function already exists in the library
> FUNCTION LOAD replace "#!lua name=a\nredis.register_function{}"
(error) ERR Error registering functions: ERR redis.register_function must get a function name argument
> FUNCTION LOAD replace "#!lua name=a\nredis.register_function{function_name=\"f\"}"
(error) ERR Error registering functions: ERR redis.register_function must get a callback argument
> FUNCTION LOAD replace "#!lua name=a\nredis.register_function{callback=function() end}"
(error) ERR Error registering functions: ERR redis.register_function must get a function name argument
> FUNCTION LOAD replace "#!lua name=a\nredis.register_function{function_name=1,callback=function() end}"
"a"
> FUNCTION LOAD replace "#!lua name=a\nredis.register_function{function_name=\"f\",callback=1}"
(error) ERR Error registering functions: ERR callback argument given to redis.register_function must be a function
> FUNCTION LOAD replace "#!lua name=a\nredis.register_function{function_name=\"f\",callback=function() end,foo=1}"
(error) ERR Error registering functions: ERR unknown argument given to redis.register_function
> FUNCTION LOAD replace "#!lua name=a\nredis.register_function{function_name=\"f\",callback=function() end,flags=1}"
(error) ERR Error registering functions: ERR flags argument to redis.register_function must be a table representing function flags
> FUNCTION LOAD replace "#!lua name=a\nredis.register_function{function_name=\"f\",callback=function() end,flags={1}}"
(error) ERR Error registering functions: ERR unknown flag given
> FUNCTION LOAD replace "#!lua name=a\nredis.register_function{function_name=\"f\",callback=function() end,flags={\"bogus\"}}"
(error) ERR Error registering functions: ERR unknown flag given
> FUNCTION LOAD replace "#!lua name=a\nredis.register_function{function_name=\"f\",callback=function() end,description=1}"
"a"
> FUNCTION LOAD replace "#!lua name=a\nredis.register_function{function_name=\"f\",callback=function() end,1}"
(error) ERR Error registering functions: ERR unknown argument given to redis.register_function
> FUNCTION LOAD replace replace
(error) ERR Missing library metadata
> FUNCTION LOAD replace foo
(error) ERR Missing library metadata
> FUNCTION LOAD replace replace
(error) ERR Missing library metadata
> FUNCTION LOAD
(error) ERR wrong number of arguments for 'function|load' command
> FUNCTION LOAD REPLACE
(error) ERR Missing library metadata
> FUNCTION FLUSH
OK
> FUNCTION LOAD "#!lua NAME=upper\nredis.register_function('upper_f', function() return 1 end)"
"upper"
> FUNCTION DELETE upper
OK
