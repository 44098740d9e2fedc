> CLIENT SETNAME me
OK
> CLIENT GETNAME
"me"
> CLIENT SETNAME other
OK
> CLIENT GETNAME
"other"
> CLIENT SETNAME "a b"
(error) ERR Client names cannot contain spaces, newlines or special characters.
> CLIENT SETNAME "a\nb"
(error) ERR Client names cannot contain spaces, newlines or special characters.
> CLIENT GETNAME
"other"
> CLIENT SETNAME ""
OK
> CLIENT GETNAME
(nil)
> CLIENT SETNAME
(error) ERR wrong number of arguments for 'client|setname' command
> CLIENT SETNAME a b
(error) ERR wrong number of arguments for 'client|setname' command
