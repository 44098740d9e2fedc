# The math library as far as it is not the C library's.
> EVAL "return math.random(0)" 0
(error) ERR user_script:1: bad argument #1 to 'random' (interval is empty) script: 008bcb60f86ee36d26c67b641b46674578d9cba0, on @user_script:1.
> EVAL "return math.random(3,1)" 0
(error) ERR user_script:1: bad argument #2 to 'random' (interval is empty) script: 68acc572476cae3f902bc415099bdefb8ea66576, on @user_script:1.
> EVAL "return math.random(1,2,3)" 0
(error) ERR user_script:1: wrong number of arguments script: 5cd983b5db563301a1c7ab05351573640323e7a9, on @user_script:1.
> EVAL "math.randomseed(7) return {math.random(1e9),math.random(1e9),math.random(5,10)}" 0
1) (integer) 266444197
2) (integer) 682035231
3) (integer) 6
> EVAL "math.randomseed(-1) return {tostring(math.random()),math.random(1000)}" 0
1) "0.30002572727391"
2) (integer) 46
