"""Runs the Node.js programs of documents 001 and 003 with ioredis 5 and 6.

Document 001's program runs whole, and once more with its classes in the hands of a program of
ours, which goes around the script in its middle. Document 003's pieces are functions that share
one connection: they run as one module, with calls of ours behind them.
"""

import os
import subprocess
import tempfile

import redis
from support import cases

import extract
import namespace

HERE = os.path.dirname(os.path.abspath(__file__))
NODE_MODULES = os.path.join(os.path.dirname(HERE), "node_modules")
TIMEOUT_S = 15

# Loaded before the program: what it reports with console.error ends it, for its own handlers
# leave the connection open and Node waiting.
GUARD = """
const report = console.error;
console.error = (...words) => { report(...words); process.exit(3); };
"""

CLASSES_CHECK = """
(async () => {
  const assert = require('node:assert/strict');
  const user = new UserProfile(1);
  await user.create('Alice', 'alice@example.com', 30, { city: 'NYC' });
  await user.update({ city: 'LA' });
  assert.equal(await user.incrementField('login_count'), 1);
  const { name, city, age } = await user.get();
  assert.deepEqual([name, city, age], ['Alice', 'LA', '30']);
  assert.deepEqual(await user.getFields('email', 'no'), { email: 'alice@example.com', no: null });
  assert.equal(await user.deleteField('age', 'no'), 1);
  assert.equal(await user.exists(), true);
  await user.delete();
  assert.equal(await user.get(), null);
  await ProductCatalog.createProduct('SKU001', 'Laptop', 999.99, 50, 'Electronics');
  assert.equal((await ProductCatalog.getProduct('SKU001')).price, '999.99');
  assert.equal(await ProductCatalog.updateStock('SKU001', -5), 45);
  await ProductCatalog.updatePrice('SKU001', 899);
  assert.equal(await ProductCatalog.getStock('SKU001'), 45);
  const session = new SessionStore(3600);
  await session.createSession('abc', 1, { ip: '127.0.0.1' });
  await session.setData('abc', 'items', '5');
  await session.updateActivity('abc');
  assert.equal(await session.getData('abc', 'items'), '5');
  assert.equal(await redis.ttl('session:abc') > 3590, true);
  await session.destroySession('abc');
  assert.deepEqual(await session.getSession('abc'), {});
  const cart = new ShoppingCart(1);
  await cart.addItem('SKU001', 2);
  await cart.addItem('SKU002');
  await cart.updateQuantity('SKU001', 7);
  await cart.updateQuantity('SKU002', 0);
  await cart.setExpiration(100);
  assert.deepEqual(await cart.getItems(), [{ productId: 'SKU001', quantity: 7 }]);
  assert.equal(await cart.getItemCount(), 1);
  await cart.clear();
  redis.disconnect();
})().catch((error) => { console.error(error); });
"""

FUNCTIONS_CHECK = """
import assert from 'node:assert/strict';
assert.equal(profile.username, 'alice');
assert.equal((await getUserProfile(1)).bio, 'Updated bio');
assert.equal(await getUserEmail(1), 'alice@example.com');
assert.equal(await getUserProfile(99), null);
await createProduct(1001, { name: 'MacBook', price: 1999.99, stock: 5, category: 'electronics',
                            sku: 'MB', description: '', rating: 4.8 });
assert.deepEqual(await purchaseProduct(1001, 2), { success: true, remainingStock: 3 });
await assert.rejects(purchaseProduct(1001, 4), /Insufficient stock/);
assert.deepEqual(await applyDiscount(1001, 99.99), { newPrice: 1900 });
const { price, stock, rating } = await getProduct(1001);
assert.deepEqual([price, stock, rating], [1900, 3, 4.8]);
const request = { ip: '::1', headers: { 'user-agent': 'Chrome' } };
const id = await createSession('user:1', 'alice', request);
assert.equal((await validateSession(id)).user_agent, 'Chrome');
await destroySession(id);
assert.equal(await validateSession(id), null);
await addToCart(1, 101, 2);
await addToCart(1, 202);
await updateCartItem(1, 101, 5);
await updateCartItem(1, 202, 0);
assert.deepEqual(await getCart(1), [{ productId: '101', quantity: 5 }]);
await removeFromCart(1, 101);
await clearCart(1);
await redis.quit();
"""


def run_node(source, name, package):
    """Runs a source text as a file of a folder where `ioredis` is the package."""
    redis.Redis().flushall()
    with tempfile.TemporaryDirectory() as folder:
        modules = os.path.join(folder, "node_modules")
        os.mkdir(modules)
        os.symlink(os.path.join(NODE_MODULES, package), os.path.join(modules, "ioredis"))
        for file, text in ((name, source), ("guard.cjs", GUARD)):
            with open(os.path.join(folder, file), "w", encoding="utf-8") as out:
                out.write(text)
        command = [os.environ["NODE"], "--require", os.path.join(folder, "guard.cjs"),
                   os.path.join(folder, name)]
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT_S,
                              check=False)
    if done.returncode != 0 or done.stderr:
        raise AssertionError(f"exit code {done.returncode}: {done.stderr[:600]}")
    return done.stdout


def whole_program(source, package):
    output = run_node(source, "program.js", package)
    for line in ("alice@example.com", "Stock: 50", "Stock reserved successfully", "New stock: 45",
                 "Item count: 2"):
        if line not in output.splitlines():
            raise AssertionError(f"{line!r} is not in {output!r:.500}")


def body(folder):
    (program,) = extract.fenced(extract.read(folder, "001"), "javascript")
    classes, _, _ = program.text.partition("async function main()")
    pieces = extract.titled(extract.read(folder, "003"), "Node.js (ioredis):")
    functions = "".join(piece.text for piece in pieces)
    good = True
    for package in ("ioredis5", "ioredis6"):
        good &= cases.run_one(f"001 whole program, {package}", whole_program, program.text, package)
        good &= cases.run_one(f"001 classes, {package}", run_node, classes + CLASSES_CHECK,
                              "classes.js", package)
        good &= cases.run_one(f"003 {len(pieces)} pieces, {package}", run_node,
                              functions + FUNCTIONS_CHECK, "functions.mjs", package)
    return good


namespace.main(body)
