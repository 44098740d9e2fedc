> SET k v
OK
> SAVE
OK
> save
OK
> LASTSAVE
~ \(integer\) \d{10}
> lastsave
~ \(integer\) \d{10}
> SAVE now
(error) ERR wrong number of arguments for 'save' command
> LASTSAVE now
(error) ERR wrong number of arguments for 'lastsave' command
