"""thimble-check-rdb and thimble-check-aof: the server's program under another name, beside Redis's tools."""

import os
import shutil
import subprocess

import wire
from append_only import transaction
from durability import DUMPS, digest, fill, folder_of_its_own, reference, start
from program import Program, Server, expect

STAMPED = b"#TS:%d\r\n"


def ours(kind, *arguments, answer=""):
    return run(Program.binary, "thimble-check-" + kind, arguments, answer)


def theirs(kind, *arguments, answer=""):
    return run("redis-check-" + kind, "redis-check-" + kind, arguments, answer)


def run(program, name, arguments, answer):
    done = subprocess.run([name, *arguments], executable=shutil.which(program), input=answer, text=True,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=60, check=False,
                          errors="replace")
    return done.returncode, done.stdout


def same(kind, *arguments, answer=""):
    """Both tools, on files as they are, say the same."""
    our, their = ours(kind, *arguments, answer=answer), theirs(kind, *arguments, answer=answer)
    expect(our == their, "%s %s:\n%s\nbut the reference:\n%s" % (kind, arguments, our, their))
    return our[1]


def write(path, content):
    with open(path, "wb") as file:
        file.write(content)


def read(path):
    with open(path, "rb") as file:
        return file.read()


def checks_rdb_files():
    for name in sorted(os.listdir(DUMPS)):
        if not name.endswith(".rdb"):
            continue
        code, output = ours("rdb", os.path.join(DUMPS, name))
        expect(code == 0 and "RDB looks OK!" in output, name + ":\n" + output)
        if name.startswith("redis-7.0") and not name[9:].startswith(("-foreign", "-functions")):
            same("rdb", os.path.join(DUMPS, name))
        expect(("of types that this server does not hold" in output) == ("foreign" in name), output)
    with folder_of_its_own() as folder, start(folder) as server, reference(folder) as other:
        for saved in (server, other):
            fill(saved)
            saved.connect().call(b"SAVE")
            same("rdb", folder + "/dump.rdb")
        server.terminate()


def checks_damaged_rdb_files():
    sound = read(os.path.join(DUMPS, "redis-7.0.rdb"))
    cases = {
        "Wrong RDB checksum": sound[:-1] + bytes([sound[-1] ^ 1]),
        "Wrong signature trying to load DB from file": b"X" + sound[1:],
        "Can't handle RDB format version": sound[:5] + b"0099" + sound[9:],
        "an unknown type of value": sound[:9] + b"\x7f\x01k" + sound[9:],
    }
    cuts = {cut: sound[:cut] for cut in (0, 5, 20, 300, 500, len(sound) - 8, len(sound) - 1)}
    with folder_of_its_own() as folder:
        path = folder + "/damaged.rdb"
        for why, content in [*cases.items(), *(("Unexpected EOF reading RDB file", cut) for cut in cuts.values())]:
            write(path, content)
            code, output = ours("rdb", path)
            expect(code == 1 and "--- RDB ERROR DETECTED ---" in output and why in output,
                   "%s: ended with %d:\n%s" % (why, code, output))
            expect(theirs("rdb", path)[0] == 1, "the reference takes it: " + why)
        expect(ours("rdb", path + ".absent") ==
               (1, "Cannot open file %s.absent: No such file or directory\n" % path), "not said so")
    expect(ours("rdb") == (1, "Usage: thimble-check-rdb <rdb-file-name>\n"), "no usage")
    expect(ours("rdb", "--version")[0] == 0, "no version")


def a_log(folder):
    """A log of the reference's, with time stamps, over a base."""
    options = ("--appendonly", "yes", "--aof-timestamp-enabled", "yes", "--dir", folder)
    with Server(*options, binary="redis-server") as server:
        client = server.connect()
        client.call(b"SET", b"a", b"1")
        client.call(b"BGREWRITEAOF")
        server.wait_for("Background AOF rewrite finished successfully")
        client.call(b"SET", b"b", b"1")
        transaction(client, "INCR b", "INCR b")
        server.process.terminate()
        server.ends(0)
    log = os.path.join(folder, "appendonlydir")
    return os.path.join(log, "appendonly.aof.manifest"), os.path.join(log, "appendonly.aof.2.incr.aof")


def checks_logs():
    with folder_of_its_own() as folder:
        manifest, increment = a_log(folder)
        for path in (manifest, increment, os.path.join(os.path.dirname(manifest), "appendonly.aof.2.base.rdb")):
            expect("valid" in same("aof", path), "not said to be valid")
        same("aof", folder + "/absent")
        sound = read(increment)
        write(increment, b"")
        same("aof", increment)
        write(increment, sound + b"\0\0")
        expect("got: '\0'" in ours("aof", increment)[1], "does not quote what it found")
        write(increment, sound)
        text = read(manifest)
        for content in (b"file x\n", text.replace(b"2.base", b"9.base"), text.replace(b"type i", b"type x")):
            write(manifest, content)
            expect(ours("aof", manifest)[0] == theirs("aof", manifest)[0] == 1, "%r is taken" % content)
        # One whose first line is damaged is no log that could be cut back to nothing.
        damaged = text.replace(b"file", b"le", 1)
        for path in (manifest, os.path.join(os.path.dirname(manifest), "renamed")):
            write(path, damaged)
            for tool in (ours, theirs):
                code, output = tool("aof", "--fix", path, answer="y\n")
                expect(code == 1 and "Multi Part" in output and read(path) == damaged, "--fix made %r" % read(path))
        write(manifest, text)
        os.remove(increment)
        expect(ours("aof", manifest)[0] == theirs("aof", manifest)[0] == 1, "a missing file is not missed")


def has_cut_note(content):
    """The last line is a note without its end. The reference calls that sound, and appends the next request to it."""
    return content[content.rfind(b"\n") + 1:].startswith(b"#")


def cuts_off_what_is_not_sound():
    """--fix leaves the same file as the reference's, which the server loads; a no leaves all as it is."""
    with folder_of_its_own() as folder:
        manifest, increment = a_log(folder)
        sound = read(increment)
        contents = [sound[:cut] for cut in range(len(sound) - 1, 0, -7)]
        contents += [b"#TS:17", sound + b"#", sound + b"garbage", sound.replace(b"$3\r\nSET", b"$x\r\nSET"),
                     sound.replace(b"MULTI", b"XXXXX"), sound.replace(b"*3", b"x3"), sound + wire.encode([b"MULTI"])]
        for content in contents:
            write(increment, content)
            note = has_cut_note(content)
            found = 1 if note else theirs("aof", manifest)[0]
            code, output = ours("aof", manifest)
            expect(code == found, "%d, not %d, of %r:\n%s" % (code, found, content, output))
            code, output = ours("aof", "--fix", manifest, answer="n\n")
            expect(code == found and read(increment) == content, "touched in spite of a no:\n" + output)
            code, output = ours("aof", "--fix", manifest, answer="y\n")
            expect(code == 0, "not mended: %r:\n%s" % (content, output))
            mended = read(increment)
            write(increment, content)
            if note:
                write(increment, content[:content.rfind(b"\n") + 1])
            else:
                theirs("aof", "--fix", manifest, answer="y\n")
            expect(mended == read(increment), "cut to %d, not %d, of %r" %
                   (len(mended), len(read(increment)), content))
        with start(folder, "--appendonly", "yes", "--aof-load-truncated", "no") as server:
            expect(digest(server) is not None, "does not load")
            server.terminate()


def only_the_last_file_is_cut():
    with folder_of_its_own() as folder:
        manifest, increment = a_log(folder)
        shutil.copy(increment, increment.replace(".2.", ".3."))
        write(manifest, read(manifest) + b"file appendonly.aof.3.incr.aof seq 3 type i\n")
        write(increment, read(increment)[:-3])
        code, output = ours("aof", "--fix", manifest, answer="y\n")
        expect(code == 1 and "because it is not the last file" in output, output)
        expect(theirs("aof", "--fix", manifest, answer="y\n")[0] == 1, "the reference does it")


def goes_back_in_time():
    with folder_of_its_own() as folder:
        path = folder + "/log.aof"
        sound = b"".join(STAMPED % second + wire.encode([b"SET", b"k", b"%d" % second]) for second in (100, 200, 300))
        no_time = sound.replace(b"TS:200", b"TS:20x")
        for until, content in [(until, sound) for until in (50, 99, 100, 199, 250, 300, 1000)] + [(250, no_time)]:
            results = []
            for tool in (ours, theirs):
                write(path, content)
                results.append((tool("aof", "--truncate-to-timestamp", str(until), path), read(path)))
            expect(results[0] == results[1], "to %d: %s\nbut the reference:\n%s" % (until, *results))
        same("aof", "--truncate-to-timestamp", "x", path)
        usage = ours("aof", "--truncate-to-timestamp", "5")
        expect(usage[0] == 1 and usage[1].startswith("Usage: thimble-check-aof ["), "no usage: %s" % (usage,))


CASES = [checks_rdb_files, checks_damaged_rdb_files, checks_logs, cuts_off_what_is_not_sound,
         only_the_last_file_is_cut, goes_back_in_time]
