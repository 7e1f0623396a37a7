"""What the operating system refuses, in the user's language: its own words are English."""

from __future__ import annotations

import errno
import os

from frivillig_cli.core.i18n import N_, _

_WHY = {
    errno.ENOENT: N_("it does not exist"),
    errno.EACCES: N_("you do not have permission"),
    errno.EPERM: N_("you do not have permission"),
    errno.EEXIST: N_("it exists already"),
    errno.ENOTDIR: N_("a part of the path is not a folder"),
    errno.EISDIR: N_("it is a folder"),
    errno.EROFS: N_("the disk can only be read"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EFBIG: N_("it is larger than files may be here"),
    errno.ENAMETOOLONG: N_("the name is too long"),
    errno.ENOTEMPTY: N_("the folder is not empty"),
    errno.EIO: N_("the disk gave an error"),
    errno.ECONNREFUSED: N_("nobody answers there"),
    errno.ECONNRESET: N_("the connection was lost"),
    errno.ETIMEDOUT: N_("no answer came in time"),
    errno.ENETUNREACH: N_("there is no network"),
    errno.EHOSTUNREACH: N_("there is no network"),
}


def why(error: OSError) -> str:
    """What is wrong with the file, to stand after a colon; the system's words where unknown."""
    if isinstance(error, TimeoutError):
        return _(_WHY[errno.ETIMEDOUT])
    if error.errno in _WHY:
        return _(_WHY[error.errno])
    return os.strerror(error.errno) if error.errno else str(error)
