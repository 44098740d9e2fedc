> REPLCONF
OK
> REPLCONF capa
(error) ERR syntax error
> REPLCONF other 1
(error) ERR Unrecognized REPLCONF option: other
> REPLCONF capa eof capa psync2
OK
> REPLCONF rdb-only x
(error) ERR value is not an integer or out of range
> REPLCONF rdb-only 1
OK
> REPLCONF rdb-filter-only keys
(error) ERR Unsupported rdb-filter-only option: keys
> REPLCONF rdb-filter-only functions
OK
> REPLCONF listening-port 7777 ip-address 127.0.0.1
OK
