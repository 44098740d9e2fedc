> FUNCTION LIST
(empty array)
> FUNCTION LOAD "#!lua name=one\nredis.register_function{function_name='f',callback=function() return 1 end,flags={'no-writes','allow-stale'},description='does f'}"
"one"
> FUNCTION LIST
1) 1) "library_name"
   2) "one"
   3) "engine"
   4) "LUA"
   5) "functions"
   6) 1) 1) "name"
         2) "f"
         3) "description"
         4) "does f"
         5) "flags"
         6) 1) no-writes
            2) allow-stale
3>
1) 1# "library_name" => "one"
   2# "engine" => "LUA"
   3# "functions" => 
      1) 1# "name" => "f"
         2# "description" => "does f"
         3# "flags" => 
            1~ no-writes
            2~ allow-stale
> FUNCTION LIST WITHCODE
1) 1) "library_name"
   2) "one"
   3) "engine"
   4) "LUA"
   5) "functions"
   6) 1) 1) "name"
         2) "f"
         3) "description"
         4) "does f"
         5) "flags"
         6) 1) no-writes
            2) allow-stale
   7) "library_code"
   8) "#!lua name=one\nredis.register_function{function_name='f',callback=function() return 1 end,flags={'no-writes','allow-stale'},description='does f'}"
3>
1) 1# "library_name" => "one"
   2# "engine" => "LUA"
   3# "functions" => 
      1) 1# "name" => "f"
         2# "description" => "does f"
         3# "flags" => 
            1~ no-writes
            2~ allow-stale
   4# "library_code" => "#!lua name=one\nredis.register_function{function_name='f',callback=function() return 1 end,flags={'no-writes','allow-stale'},description='does f'}"
> FUNCTION LIST LIBRARYNAME o*
1) 1) "library_name"
   2) "one"
   3) "engine"
   4) "LUA"
   5) "functions"
   6) 1) 1) "name"
         2) "f"
         3) "description"
         4) "does f"
         5) "flags"
         6) 1) no-writes
            2) allow-stale
3>
1) 1# "library_name" => "one"
   2# "engine" => "LUA"
   3# "functions" => 
      1) 1# "name" => "f"
         2# "description" => "does f"
         3# "flags" => 
            1~ no-writes
            2~ allow-stale
> FUNCTION LIST libraryname two withcode
(empty array)
> FUNCTION LIST LIBRARYNAME
(error) ERR library name argument was not given
> FUNCTION LIST other
(error) ERR Unknown argument other
> FUNCTION LIST WITHCODE WITHCODE
(error) ERR Unknown argument WITHCODE
> FUNCTION STATS
1) "running_script"
2) (nil)
3) "engines"
4) 1) "LUA"
   2) 1) "libraries_count"
      2) (integer) 1
      3) "functions_count"
      4) (integer) 1
3>
1# "running_script" => (nil)
2# "engines" => 
   1# "LUA" => 
      1# "libraries_count" => (integer) 1
      2# "functions_count" => (integer) 1
> FUNCTION STATS x
(error) ERR wrong number of arguments for 'function|stats' command
> FUNCTION DELETE one
OK
> FUNCTION DELETE one
(error) ERR Library not found
> FUNCTION DELETE
(error) ERR wrong number of arguments for 'function|delete' command
> FUNCTION other
(error) ERR unknown subcommand 'other'. Try FUNCTION HELP.
> FUNCTION
(error) ERR wrong number of arguments for 'function' command
> FUNCTION HELP x
(error) ERR wrong number of arguments for 'function|help' command
> FUNCTION HELP
~ \s*1\) FUNCTION <subcommand> .*
...
> FUNCTION LOAD "#!lua name=MixedCase\nredis.register_function('mixed', function() return 1 end)"
"MixedCase"
> FUNCTION LIST LIBRARYNAME mixedcase
1) 1) "library_name"
   2) "MixedCase"
   3) "engine"
   4) "LUA"
   5) "functions"
   6) 1) 1) "name"
         2) "mixed"
         3) "description"
         4) (nil)
         5) "flags"
         6) (empty array)
3>
1) 1# "library_name" => "MixedCase"
   2# "engine" => "LUA"
   3# "functions" => 
      1) 1# "name" => "mixed"
         2# "description" => (nil)
         3# "flags" => (empty set)
> FUNCTION DELETE MixedCase
OK
