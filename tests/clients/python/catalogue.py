"""Product catalogues and stock: numbers in hashes, as documents 001 and 003 keep them."""

import redis
from _redis_py import connect, main
from support.cases import case, equal, raises


def create_laptop(r):
    r.hset("product:SKU001", mapping={"name": "Laptop", "price": 999.99, "stock": 50,
                                      "category": "Electronics"})


@case
def a_product_keeps_its_numbers_as_written(environment):
    r = connect(environment)
    create_laptop(r)
    product = r.hgetall("product:SKU001")
    equal(product, {"name": "Laptop", "price": "999.99", "stock": "50", "category": "Electronics"})
    equal((float(product["price"]), int(product["stock"])), (999.99, 50))


@case
def stock_goes_down_and_up(environment):
    r = connect(environment)
    create_laptop(r)
    equal(r.hincrby("product:SKU001", "stock", -5), 45)
    equal(r.hincrby("product:SKU001", "stock", 10), 55)
    equal(r.hget("product:SKU001", "stock"), "55")


@case
def prices_move_by_floats(environment):
    r = connect(environment)
    r.hset("product:1", "price", 19.99)
    equal(r.hincrbyfloat("product:1", "price", 0.5), 20.49)
    equal(r.hget("product:1", "price"), "20.49")
    r.hset("product:2", "price", "1999.99")
    equal(r.hincrbyfloat("product:2", "price", -99.99), 1900.0)
    equal(r.hget("product:2", "price"), "1900")
    equal(r.execute_command("HINCRBYFLOAT", "product:3", "p", "5.0e3"), 5000.0)
    r.hset("product:4", "p", "0.1")
    r.hincrbyfloat("product:4", "p", 0.2)
    equal(r.hget("product:4", "p"), "0.3")


@case
def purchase_refuses_what_is_not_in_stock(environment):
    r = connect(environment)
    create_laptop(r)

    def purchase(quantity):
        if int(r.hget("product:SKU001", "stock")) < quantity:
            raise ValueError("Insufficient stock")
        return r.hincrby("product:SKU001", "stock", -quantity)

    equal(purchase(20), 30)
    raises(ValueError, "Insufficient", purchase, 31)
    equal(purchase(30), 0)


@case
def counters_refuse_words_and_overflow(environment):
    r = connect(environment)
    r.hset("h", mapping={"word": "abc", "max": 9223372036854775807, "float": "1.5", "pad": " 1"})
    raises(redis.ResponseError, "hash value is not an integer", r.hincrby, "h", "word")
    raises(redis.ResponseError, "hash value is not an integer", r.hincrby, "h", "float")
    raises(redis.ResponseError, "hash value is not an integer", r.hincrby, "h", "pad")
    raises(redis.ResponseError, "increment or decrement would overflow", r.hincrby, "h", "max")
    raises(redis.ResponseError, "value is not an integer or out of range", r.hincrby, "h", "n", "x")
    raises(redis.ResponseError, "value is not an integer or out of range", r.hincrby, "h", "n", 1.5)
    raises(redis.ResponseError, "hash value is not a float", r.hincrbyfloat, "h", "word", 1)
    raises(redis.ResponseError, "value is not a valid float", r.hincrbyfloat, "h", "n", "x")
    raises(redis.ResponseError, "value is NaN or Infinity", r.hincrbyfloat, "h", "n", "inf")
    equal(r.hexists("h", "n"), False)
    equal(r.hget("h", "max"), "9223372036854775807")


@case
def counters_reach_both_ends_of_int64(environment):
    r = connect(environment)
    equal(r.hincrby("h", "low", -9223372036854775808), -9223372036854775808)
    equal(r.hincrby("h", "high", 9223372036854775807), 9223372036854775807)
    raises(redis.ResponseError, "overflow", r.hincrby, "h", "low", -1)


@case
def a_catalogue_of_ten_thousand_products(environment):
    r = connect(environment)
    with r.pipeline(transaction=False) as pipe:
        for i in range(10000):
            pipe.hset("catalogue", f"SKU{i:05}", f"product {i}")
        equal(sum(pipe.execute()), 10000)
    equal(r.hlen("catalogue"), 10000)
    equal(r.hget("catalogue", "SKU09999"), "product 9999")
    everything = r.hgetall("catalogue")
    equal((len(everything), everything["SKU00042"]), (10000, "product 42"))
    equal(r.hdel("catalogue", *[f"SKU{i:05}" for i in range(5000)]), 5000)
    equal(len(r.hkeys("catalogue")), 5000)
    equal(r.object("encoding", "catalogue"), "hashtable")


@case
def sets_index_products_by_category(environment):
    r = connect(environment)
    for sku, category, price in (("A", "tools", 10), ("B", "tools", 30), ("C", "toys", 20)):
        r.hset(f"product:{sku}", mapping={"price": price, "name": f"name {sku}"})
        r.sadd(f"category:{category}", sku)
    equal(r.smembers("category:tools"), {"A", "B"})
    equal(r.sort("category:tools", by="product:*->price", desc=True,
                 get=["#", "product:*->name"]), ["B", "name B", "A", "name A"])
    equal(r.sunion("category:tools", "category:toys"), {"A", "B", "C"})


main()
