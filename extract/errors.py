"""What can go wrong, as one tree.

FactError
├── BadSource          a SOURCES.toml entry, path or address that cannot be read as meant
├── BadSetting         a setting of the environment that cannot be read as meant
├── ShardUnreadable    a shard of an archive that cannot be read now
├── UnreadablePage     bytes that are no article text in any encoding
├── NotANumber         text handed to a number parser that is none
├── ModelMissing       no usable language model is installed
├── WarehouseBusy      another process is writing
├── WarehouseTooNew    the file was written by a later tallywire
├── WarehouseBroken    the file is no warehouse of ours, or damaged
├── WarehouseMissing   no such file or folder, or no right to write there
├── WarehouseFull      the disk is full; what was published stays
├── LakeRefused        the lake cannot be opened, or took nothing of a run
├── BadQuery           a query that reads no rows, or that DuckDB refuses
├── NotReviewable      a verdict or correction of what is not there, or with what does not fit
├── WorkersBroken      the processes that clean and extract cannot be started
├── CannotServe        server or worker of `serve` cannot run
└── CheckFailed        a critical check failed, nothing was published

Messages say what, where and what to do; they are shown to people as they are.
"""


class FactError(Exception):
    """Root of all errors that tallywire raises on purpose."""


class BadSource(FactError):
    """A source that cannot be read as meant: wrong key, missing folder, address of no known kind."""


class BadSetting(FactError):
    """A setting of the environment that cannot be read as meant."""


class ShardUnreadable(FactError):
    """A shard of an archive whose disk or store fails; another try may succeed."""


class UnreadablePage(FactError):
    """Bytes in which no article text can be found in any encoding."""


class NotANumber(FactError):
    """Text handed to a number parser that is not one number."""


class ModelMissing(FactError):
    """No usable language model is installed."""


class WarehouseBusy(FactError):
    """Another process holds the writer's lock."""


class WarehouseTooNew(FactError):
    """The file was written by a later version of tallywire."""


class WarehouseBroken(FactError):
    """The file is not a warehouse of ours, or is damaged."""


class WarehouseMissing(FactError):
    """The warehouse's file or folder does not exist or may not be used."""


class WarehouseFull(FactError):
    """The disk is full; what was published before is as it was."""


class LakeRefused(FactError):
    """The lake cannot be opened, or another writer came between at each try; its readers see the state before."""


class BadQuery(FactError):
    """A query that is not one reading statement, or that DuckDB refuses."""


class CheckFailed(FactError):
    """A critical check failed, so nothing was published."""


class NotReviewable(FactError):
    """A verdict or a correction that names what is not there, or gives what does not fit."""


class CannotServe(FactError):
    """The server or the worker of `serve` cannot run."""


class WorkersBroken(FactError):
    """The processes that clean and extract cannot be started."""
