"""What recorder.c wrote down, and the files a power cut would have left at any moment of it."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

# Kind, inode, offset, and the lengths of two texts.
_HEAD = struct.Struct("<cQQII")


@dataclass(frozen=True)
class Done:
    """One thing that was done: (o)pened, (w)ritten, (t)runcated, (s)ynced, (r)enamed, (u)nlinked or
    (m)ade a folder."""

    kind: str
    inode: int
    offset: int
    first: bytes
    second: bytes


def read(record: Path) -> Iterator[Done]:
    content, at = record.read_bytes(), 0
    while at < len(content):
        kind, inode, offset, first, second = _HEAD.unpack_from(content, at)
        at += _HEAD.size
        texts = content[at : at + first], content[at + first : at + first + second]
        at += first + second
        yield Done(kind.decode(), inode, offset, *texts)


@dataclass
class File:
    content: bytearray = field(default_factory=bytearray)
    synced: bytes = b""


class Disk:
    """A folder and what is below it, as it is, and as it would be found after a power cut.

    Nothing but what was synced outlives the cut: of a file its bytes, of a folder the names in it.
    """

    def __init__(self, root: Path) -> None:
        """As the folder is now, all of it on the disk."""
        self._root = root
        self._files: dict[int, File] = {}
        self._folders: dict[int, str] = {root.stat().st_ino: str(root)}
        self._names: dict[str, int] = {}
        for path in root.rglob("*"):
            inode = path.stat().st_ino
            if path.is_dir():
                self._folders[inode] = str(path)
            else:
                content = path.read_bytes()
                self._files[inode] = File(bytearray(content), content)
                self._names[str(path)] = inode
        self._synced_names = {name: self._files[inode] for name, inode in self._names.items()}

    def do(self, done: Done) -> None:
        match done.kind:
            case "o":
                self._open(done)
            case "m":
                self._folders[done.inode] = done.first.decode()
            case "r":
                self._names[done.second.decode()] = self._names.pop(done.first.decode())
            case "u":
                self._names.pop(done.first.decode(), None)
            case "s" if done.inode in self._folders:
                self._sync_folder(self._folders[done.inode])
            case _ if file := self._files.get(done.inode):
                self._change(file, done)

    def everything(self) -> dict[str, bytes]:
        """The files where all that was done has reached the disk."""
        return {name: bytes(self._files[inode].content) for name, inode in self._names.items()}

    def what_was_synced(self) -> dict[str, bytes]:
        """The files where nothing else has."""
        return {name: file.synced for name, file in self._synced_names.items()}

    def _open(self, done: Done) -> None:
        name = done.first.decode()
        if done.inode in self._folders and self._folders[done.inode] == name:
            return
        if self._names.get(name) != done.inode:
            # A new file: the inode may have been another's, or a folder's, that is gone.
            self._folders.pop(done.inode, None)
            self._files[done.inode] = File()
            self._names[name] = done.inode
        elif done.offset:
            self._files[done.inode].content.clear()

    def _sync_folder(self, folder: str) -> None:
        for name in [each for each in self._synced_names if Path(each).parent == Path(folder)]:
            del self._synced_names[name]
        for name, inode in self._names.items():
            if Path(name).parent == Path(folder):
                self._synced_names[name] = self._files[inode]

    @staticmethod
    def _change(file: File, done: Done) -> None:
        content, at = file.content, done.offset
        if done.kind == "s":
            file.synced = bytes(content)
            return
        content.extend(bytes(max(0, at - len(content))))
        if done.kind == "w":
            content[at : at + len(done.first)] = done.first
        else:
            del content[at:]
