"""Which users fit which policies, and what each user should be offered.

    import muster as ms

    catalogue = ms.Catalogue.load("telco.json")
    rules = catalogue.compile()
    match = rules.match(df)              # pandas, polars, pyarrow, DuckDB, dict of NumPy arrays
    match.counts()                       # users a policy
    match["R07"]                         # a mask
    rules.audience("plan_fee = 96 AND NOT complained_90d", df)
    ms.Engine(catalogue).decide(row, channel="hotline")

Rules are SQL WHERE expressions over tags; NULL means what it means in SQL. Wherever rules need a
day (``today``) or a decision a moment (``now``), it is the machine's own unless you say it.
"""

from ._catalogue import Catalogue, Policy, Tag
from ._core import EncodedUser, __version__
from ._engine import (
    ChannelBlock,
    Decision,
    Engine,
    GateAnswer,
    Offer,
    Omission,
    PolicyReason,
    RankedChannel,
)
from ._errors import (
    CatalogueError,
    CorruptError,
    DataError,
    DataTypeError,
    Diagnostic,
    Error,
    FileError,
    LimitError,
    NotFoundError,
    RuleError,
)
from ._explanation import Change, Explanation, Literal, Part
from ._history import Contact, CustomHistory, MemoryHistory
from ._match import Match, Pairs
from ._plan import Diff, Funnel, Overlaps, PolicyDiff, PolicyFunnel
from ._report import report
from ._rule_set import RuleSet
from ._users import User, Users

__all__ = [
    "Catalogue", "CatalogueError", "Change", "ChannelBlock", "Contact", "CorruptError",
    "CustomHistory", "DataError", "DataTypeError", "Decision", "Diagnostic", "Diff",
    "EncodedUser", "Engine", "Error", "Explanation", "FileError", "Funnel", "GateAnswer",
    "LimitError", "Literal", "Match", "MemoryHistory", "NotFoundError", "Offer", "Omission",
    "Overlaps", "Pairs", "Part", "Policy", "PolicyDiff", "PolicyFunnel", "PolicyReason",
    "RankedChannel", "RuleError", "RuleSet", "Tag", "User", "Users", "__version__", "report",
]  # fmt: skip
