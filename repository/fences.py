"""What a process that meets strangers' bytes may not touch, where Linux can hold it to that: the network, other files.

A fence is put up by the process itself, cannot be taken down, and holds for everything that it starts. A kernel or a
container that knows no such fence leaves the process with the limits of ``confinement`` alone.
"""

import ctypes
import errno
import os
import platform
import struct
import sys
from collections.abc import Sequence
from pathlib import Path

PR_SET_SECCOMP, PR_SET_NO_NEW_PRIVS = 22, 38
SECCOMP_MODE_FILTER = 2

# Numbers of system calls are those of the architecture: its name for the filter, ``socket``, ``connect``.
ARCHITECTURES = {"x86_64": (0xC000003E, 41, 42), "aarch64": (0xC00000B7, 198, 203)}
IO_URING_SETUP = 425
FIRST_OF_X32 = 0x40000000
AF_UNIX = 1
LOAD, EQUAL, AT_LEAST, RETURN = 0x20, 0x15, 0x35, 0x06
ALLOW = 0x7FFF0000
REFUSE = 0x00050000 | errno.EPERM

CREATE_RULESET, ADD_RULE, RESTRICT_SELF = 444, 445, 446
ASK_VERSION = 1
PATH_BENEATH = 1
WRITE_FILE, REFER, TRUNCATE = 1 << 1, 1 << 13, 1 << 14
CHANGES = sum(1 << right for right in range(4, 13))
"""Removing and making of files, folders, links, sockets and devices."""
REMOVE_FILE, MAKE_SOCKET = 1 << 5, 1 << 9
TO_OTHER_PROCESSES = 0b11
"""Abstract sockets and signals."""


def fence(folder: Path, sockets: Sequence[Path] = ()) -> None:
    """From now on no network, no foreign process is reached, and nothing is written but below ``folder``.

    Args:
        folder: where the process works.
        sockets: folders in which what it starts may make sockets, to talk with itself, and remove them.
    """
    if not sys.platform.startswith("linux"):
        return
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0:
        return
    _keep_files(libc, folder, sockets)
    _keep_from_network(libc)


def _keep_files(libc: ctypes.CDLL, folder: Path, sockets: Sequence[Path]) -> None:
    """By Landlock: reading stays free, for a file may stand anywhere."""
    version = libc.syscall(CREATE_RULESET, None, 0, ASK_VERSION)
    if version < 1:
        return
    rights = CHANGES | WRITE_FILE | (REFER if version >= 2 else 0) | (TRUNCATE if version >= 3 else 0)
    handled = struct.pack("=QQQ", rights, 0, TO_OTHER_PROCESSES)[: 24 if version >= 6 else 8]
    ruleset = libc.syscall(CREATE_RULESET, handled, len(handled), 0)
    if ruleset < 0:
        return
    _allow(libc, ruleset, folder, rights)
    _allow(libc, ruleset, Path(os.devnull), rights & (WRITE_FILE | TRUNCATE))
    for path in sockets:
        _allow(libc, ruleset, path, MAKE_SOCKET | REMOVE_FILE)
    libc.syscall(RESTRICT_SELF, ruleset, 0)
    os.close(ruleset)


def _allow(libc: ctypes.CDLL, ruleset: int, path: Path, rights: int) -> None:
    try:
        place = os.open(path, os.O_PATH | os.O_CLOEXEC)
    except FileNotFoundError:
        return
    libc.syscall(ADD_RULE, ruleset, PATH_BENEATH, struct.pack("=Qi", rights, place), 0)
    os.close(place)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("steps", ctypes.c_char_p))


def _keep_from_network(libc: ctypes.CDLL) -> None:
    """By a filter of system calls: no sockets but those between processes, connected only to what it starts itself."""
    known = ARCHITECTURES.get(platform.machine())
    if known is None:
        return
    steps = b"".join(struct.pack("=HBBI", *step) for step in _filter(*known))
    program = _Program(len(steps) // 8, steps)
    libc.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, ctypes.byref(program), 0, 0)


def _filter(architecture: int, socket: int, connect: int) -> Sequence[tuple[int, int, int, int]]:
    """Steps of (operation, how many to skip if so, if not, value)."""
    return (
        (LOAD, 0, 0, 4),
        (EQUAL, 0, 7, architecture),
        (LOAD, 0, 0, 0),
        (AT_LEAST, 5, 0, FIRST_OF_X32),
        (EQUAL, 4, 0, connect),
        (EQUAL, 3, 0, IO_URING_SETUP),
        (EQUAL, 0, 3, socket),
        (LOAD, 0, 0, 16),
        (EQUAL, 1, 0, AF_UNIX),
        (RETURN, 0, 0, REFUSE),
        (RETURN, 0, 0, ALLOW),
    )
