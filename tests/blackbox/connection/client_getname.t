> CLIENT GETNAME
(nil)
> CLIENT SETNAME me
OK
> CLIENT GETNAME
"me"
b> CLIENT GETNAME
(nil)
> CLIENT GETNAME x
(error) ERR wrong number of arguments for 'client|getname' command
