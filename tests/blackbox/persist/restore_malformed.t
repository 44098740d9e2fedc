# server --sanitize-dump-payload yes
# No checksum.
> RESTORE e 0 "\x00\x05hello\n\x00\x00\x00\x00\x00\x00\x00\x00\x00"
(error) ERR DUMP payload version or checksum are wrong
# An empty hash.
> RESTORE e 0 "\x04\x00\x0a\x00\x931\x96\xc0'\x92\x95\xbf"
(error) ERR Bad data format
# A set with a member twice.
> RESTORE e 0 "\x02\x02\x01a\x01a\x0a\x00W\xbev/\xc2\xd6R:"
(error) ERR Bad data format
# A hash with a field twice.
> RESTORE e 0 "\x04\x02\x01f\x011\x01f\x012\x0a\x00\x8cfD\x167\xf2\xad]"
(error) ERR Bad data format
# A length beyond the end.
> RESTORE e 0 "\x000hello\x0a\x00[\xa6OC\x8f\xae]\xfd"
(error) ERR Bad data format
# A field without a value in a listpack.
> RESTORE e 0 "\x10\x0a\x0a\x00\x00\x00\x01\x00\x81f\x02\xff\x0a\x00KT\x9bA\x01*\xf63"
(error) ERR Bad data format
# A listpack that states one item more.
> RESTORE e 0 "\x10\x0d\x0d\x00\x00\x00\x03\x00\x81f\x02\x81v\x02\xff\x0a\x00F\xdc\xa6m\x82\x8ea\xbc"
(error) ERR Bad data format
# An intset out of order.
> RESTORE e 0 "\x0b\x0c\x02\x00\x00\x00\x02\x00\x00\x00\x02\x00\x01\x00\x0a\x00\x99i\x9f\x90\x0ag\xa4\x9f"
(error) ERR Bad data format
# Compression that promises a gigabyte.
> RESTORE e 0 "\x00\xc3\x05\x80@\x00\x00\x00\x01aa\xe0\xff\x0a\x00\xd7\xd8\x0a\xf42\xd4\x04t"
(error) ERR Bad data format
# An unknown type.
> RESTORE e 0 "\x1f\x01a\x0a\x00#\xf2\xeb\x8f~\xb6\xb8\x91"
(error) ERR Bad data format
# No value.
> RESTORE e 0 "\x00\x0a\x00]\x9b\x5c@\x0f\x7f\xa2\xda"
(error) ERR Bad data format
> EXISTS e
(integer) 0
