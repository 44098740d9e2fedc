"""Runs the Python programs of the use-case documents, statement by statement.

Every statement outside of a class or function is a check of its own, so that one which needs a
command that the server lacks does not hide those after it. Behind each program stand checks of
ours: what its variables and the server's data have to be by then.
"""

import ast
import datetime
import json
import logging
import os
import sys
import time
import typing
import uuid

import redis
from support import cases

import extract
import namespace

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "stand_in"))

import redis_data_structures  # noqa: E402  (needs the path above)

# What the documents' snippets use without importing it.
TAKEN_FOR_GRANTED = {
    "Any": typing.Any, "BaseModel": redis_data_structures.BaseModel, "MAX_SIZE": 1,
    "Set": redis_data_structures.Set, "datetime": datetime.datetime, "item": "item9",
    "json": json, "logger": logging.getLogger("documents"), "redis": redis, "time": time,
    "uuid": uuid,
}

# Statements that cannot work as printed, on any server: the error they have to raise, and what
# their author must have meant.
MISTAKES = {
    "session = SessionStore(ttl=3600)": (TypeError, "session = SessionStore(session_ttl=3600)"),
}

AFTER = {
    ("000", 0): ["theme == 'dark'", "exists is True", "all_settings == "
                 "{'theme': 'dark', 'language': 'en', 'notifications': True}",
                 "field_names == ['theme', 'language', 'notifications']", "hm.size() == 0"],
    ("000", 1): ["profile['name'] == 'John Doe'", "profile['preferences'] == {'theme': 'light'}",
                 "manager.create_profile('user123', {}) is False",
                 "list(manager.list_profiles()) == ['user123']",
                 "manager.delete_profile('user123')", "manager.get_profile('user123') is None"],
    ("000", 2): ["db_config['version'] == 2", "db_config['data']['max_connections'] == 200",
                 "len(history) == 2", "len(config_manager.list_components()) == 2"],
    ("000", 3): ["sorted(user_data) == ['created_at', 'expires_at']", "temp_data is None",
                 "cleared == 0", "cache.hash_map.size() == 1"],
    ("000", 4): ["session_data['username'] == 'john_doe'", "cleaned == 0",
                 "session_manager.get_session(session_id) is None"],
    ("001", 0): ["user.get()['city'] == 'LA'", "user.get_field('login_count') == '1'",
                 "user.get_fields('name', 'no') == {'name': 'Alice', 'no': None}",
                 "user.delete_field('age') == 1", "user.exists()", "user.delete() is None",
                 "not user.exists()", "ProductCatalog.get_product('SKU001')['price'] == '999.99'",
                 "ProductCatalog.update_stock('SKU001', -1) in (44, 49)",
                 "session.get_data('sess_abc123', 'cart_items') == '5'",
                 "session.destroy_session('sess_abc123') is None",
                 "session.get_session('sess_abc123') == {}",
                 "config.get_config('app') == {'debug': 'True', 'max_connections': 100, "
                 "'database': {'host': 'localhost', 'port': 5432}}",
                 "config.get_setting('app', 'database.port') == '5432'"],
    ("002", 0): ["exists is True", "members == {'item1', 'item2'}", "size == 2",
                 "set_ds.size('my_set') == 0"],
    ("002", 1): ["is_valid is False", "[s['user_id'] for s in session_mgr.get_active_sessions()] "
                 "== ['user123']", "session_mgr.cleanup_expired_sessions() is None"],
    ("002", 2): ["tags == {'python', 'redis', 'database'}", "has_python is True",
                 "tag_system.remove_tag('post123', 'Redis') is None",
                 "tag_system.get_item_tags('post123') == {'python', 'database'}",
                 "tag_system.clear_tags('post123') is None",
                 "tag_system.get_item_tags('post123') == set()"],
    ("002", 3): ["count == 1", "visitors == {'user123'}"],
    ("002", 4): ["set_ds.members('my_set') == {'item9'}"],
    ("002", 6): ["[set_ds.add('a', i) for i in (1, 2)] == [True, True]",
                 "[set_ds.add('b', i) for i in (2, 3)] == [True, True]",
                 "SetOperations().get_common_items('a', 'b') == {2}",
                 "SetOperations().get_unique_items('a', 'b') == {1}",
                 "SetOperations().get_all_items('a', 'b') == {1, 2, 3}"],
    ("002", 7): ["TimeBasedSet().add_item('t', 'now') is None",
                 "TimeBasedSet().get_recent_items('t', 60) == ['now']",
                 "TimeBasedSet().get_recent_items('t', -1) == []"],
    ("002", 8): ["HierarchicalSet().add_child('p', 'c') is None",
                 "HierarchicalSet().get_children('p') == {'c'}",
                 "HierarchicalSet().get_parents('c') == {'p'}"],
    ("003", 0): ["profile['email'] == 'alice@example.com'", "profile['verified'] == 'false'",
                 "get_user_profile(1)['avatar'] == 'https://example.com/alice.jpg'",
                 "get_user_profile(99) is None"],
    ("003", 1): ["product['price'] == 1999.99", "get_product(1001)['stock'] == 4",
                 "purchase_product(1001, 4) == {'remaining_stock': 0}"],
    ("003", 2): ["session['username'] == 'alice'", "validate_session(session_id) is None"],
    ("003", 3): ["[i['product_id'] for i in cart] == ['101', '202']",
                 "[i['quantity'] for i in cart] == [2, 1]",
                 "get_cart(1) == [{'product_id': '101', 'quantity': 5}]",
                 "clear_cart(1) is None", "get_cart(1) == []"],
}


class Program:
    """One block of a document, sharing its variables with the blocks before it."""

    def __init__(self, number, index, block, variables):
        self.number = number
        self.index = index
        self.block = block
        self.variables = variables

    def run(self):
        good = True
        for statement in ast.parse(self.block.text).body:
            good &= self.run_statement(statement)
        for expression in AFTER.get((self.number, self.index), []):
            name = f"{self.number} after line {self.block.line}, {expression}"
            good &= cases.run_one(name, self.check, expression)
        return good

    def run_statement(self, statement):
        ast.increment_lineno(statement, self.block.line - 1)
        code = compile(ast.Module([statement], []), f"document {self.number}", "exec")
        text = ast.get_source_segment("\n" * (self.block.line - 1) + self.block.text, statement)
        if text in MISTAKES:
            return cases.run_one(self.name_of(statement, text), self.run_mistake, code, text)
        if isinstance(statement, (ast.Import, ast.ImportFrom, ast.ClassDef, ast.FunctionDef)):
            exec(code, self.variables)
            return True
        return cases.run_one(self.name_of(statement, text), exec, code, self.variables)

    def run_mistake(self, code, text):
        error, meant = MISTAKES[text]
        cases.raises(error, "", exec, code, self.variables)
        exec(meant, self.variables)

    def name_of(self, statement, text):
        return f"{self.number} line {statement.lineno}, {text.splitlines()[0]:.60}"

    def check(self, expression):
        if not eval(expression, self.variables):
            left = expression.split(" == ")[0].split(" in ")[0]
            raise AssertionError(f"{left} is {eval(left, self.variables)!r:.300}")


def programs(folder):
    """Every document's Python blocks; those of one document run in one set of variables."""
    for number in ("000", "001", "002"):
        yield number, extract.fenced(extract.read(folder, number), "python")
    flat = extract.titled(extract.read(folder, "003"), "Python (redis-py):")
    yield "003", [extract.Block(extract.indent_python(b.text), b.line) for b in flat]


def body(folder):
    good = True
    for number, blocks in programs(folder):
        redis.Redis().flushall()
        variables = dict(TAKEN_FOR_GRANTED)
        for index, block in enumerate(blocks):
            good &= Program(number, index, block, variables).run()
    return good


namespace.main(body)
