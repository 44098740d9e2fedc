# Numbers ascending, the default.
> SADD s 10 9 -2 3.5
(integer) 4
> SORT s
1) "-2"
2) "3.5"
3) "9"
4) "10"
> SORT s ASC
1) "-2"
2) "3.5"
3) "9"
4) "10"
> SORT s DESC
1) "10"
2) "9"
3) "3.5"
4) "-2"
> SORT s ALPHA
1) "-2"
2) "10"
3) "3.5"
4) "9"
> SORT s ALPHA DESC
1) "9"
2) "3.5"
3) "10"
4) "-2"
> SORT missing
(empty array)
> SADD words pear apple fig
(integer) 3
> SORT words
(error) ERR One or more scores can't be converted into double
> SORT words ALPHA
1) "apple"
2) "fig"
3) "pear"
> sort words alpha desc
1) "pear"
2) "fig"
3) "apple"

# LIMIT takes an offset and a count; a negative count is no limit.
> SORT s LIMIT 0 2
1) "-2"
2) "3.5"
> SORT s LIMIT 1 2
1) "3.5"
2) "9"
> SORT s LIMIT 2 -1
1) "9"
2) "10"
> SORT s LIMIT 10 2
(empty array)
> SORT s LIMIT -1 2
1) "-2"
2) "3.5"
> SORT s LIMIT 0 0
(empty array)
> SORT s LIMIT 0
(error) ERR syntax error
> SORT s LIMIT a 1
(error) ERR value is not an integer or out of range

# BY takes a pattern of string keys or of hash fields.
> SADD ids 1 2 3
(integer) 3
> MSET weight_1 30 weight_2 10 weight_3 20
OK
> SORT ids BY weight_*
1) "2"
2) "3"
3) "1"
> SORT ids BY weight_* DESC
1) "1"
2) "3"
3) "2"
> HSET user_1 age 5 name carl
(integer) 2
> HSET user_2 age 7 name anna
(integer) 2
> HSET user_3 age 6 name bert
(integer) 2
> SORT ids BY user_*->age
1) "1"
2) "3"
3) "2"
> SORT ids BY user_*->name ALPHA
1) "2"
2) "3"
3) "1"
> SORT ids BY absent_*
1) "1"
2) "2"
3) "3"
> SORT ids BY user_*->absent
1) "1"
2) "2"
3) "3"
# unordered
> SORT ids BY nosort
1) "1"
2) "2"
3) "3"

# GET fetches from other keys, # stands for the member itself.
> SORT ids GET user_*->name
1) "carl"
2) "anna"
3) "bert"
> SORT ids GET # GET user_*->name GET weight_*
1) "1"
2) "carl"
3) "30"
4) "2"
5) "anna"
6) "10"
7) "3"
8) "bert"
9) "20"
> SORT ids BY weight_* GET user_*->name DESC LIMIT 0 2
1) "carl"
2) "bert"
> SORT ids GET absent_*
1) (nil)
2) (nil)
3) (nil)
> SORT ids GET user_*->absent
1) (nil)
2) (nil)
3) (nil)
> SORT ids GET user_*
1) (nil)
2) (nil)
3) (nil)
> SORT ids GET constant
1) (nil)
2) (nil)
3) (nil)

# Weights must be numbers unless ALPHA is given.
> SET weight_2 heavy
OK
> SORT ids BY weight_*
(error) ERR One or more scores can't be converted into double
> SORT ids BY weight_* ALPHA
1) "3"
2) "1"
3) "2"

> SORT
(error) ERR wrong number of arguments for 'sort' command
> SORT s BY
(error) ERR syntax error
> SORT s GET
(error) ERR syntax error
> SORT s STORE
(error) ERR syntax error
> SORT s unknown
(error) ERR syntax error
> SORT s ASC x
(error) ERR syntax error
> SET string v
OK
> SORT string
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> HSET hash f v
(integer) 1
> SORT hash
(error) WRONGTYPE Operation against a key holding the wrong kind of value
> SORT hash BY nosort
(error) WRONGTYPE Operation against a key holding the wrong kind of value
# One BY without '*' is enough, whatever other there is.
> DEL few
(integer) 0
> SADD few 3 1 2
(integer) 3
> MSET w_1 3 w_2 2 w_3 1
OK
> SORT few BY nosort BY w_*
1) "1"
2) "2"
3) "3"
> SORT few BY w_* BY nosort
1) "1"
2) "2"
3) "3"
> SORT few BY w_*
1) "3"
2) "2"
3) "1"
