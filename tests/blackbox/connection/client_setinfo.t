# needs 7.2
> CLIENT SETINFO LIB-NAME my-lib
OK
> CLIENT SETINFO lib-ver 1.2.3
OK
> CLIENT SETINFO LIB-NAME "a b"
(error) ERR LIB-NAME cannot contain spaces, newlines or special characters.
> CLIENT SETINFO LIB-VER "1\n2"
(error) ERR LIB-VER cannot contain spaces, newlines or special characters.
> CLIENT SETINFO LIB-NAME ""
OK
> CLIENT SETINFO unknown x
(error) ERR Unrecognized option 'unknown'
> CLIENT SETINFO LIB-NAME
(error) ERR wrong number of arguments for 'client|setinfo' command
> CLIENT SETINFO
(error) ERR wrong number of arguments for 'client|setinfo' command
