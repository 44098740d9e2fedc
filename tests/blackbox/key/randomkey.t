> RANDOMKEY
(nil)
> SET only v
OK
> RANDOMKEY
"only"
> SET other v
OK
> RANDOMKEY
~ "(only|other)"
> RANDOMKEY x
(error) ERR wrong number of arguments for 'randomkey' command
> SET gone v PX 1
OK
> DEL only other
(integer) 2
# sleep 0.05
> RANDOMKEY
(nil)
