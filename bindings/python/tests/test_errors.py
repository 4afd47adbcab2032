"""Errors keep the library's code, message and findings."""

from __future__ import annotations

import ctypes
import datetime as dt
import pickle

import muster as ms
import pytest

TAGS = [{"name": "plan_fee", "type": "number"}]


def test_a_wrong_rule(every_type: ms.Catalogue) -> None:
    with pytest.raises(ms.RuleError) as refused:
        every_type.compile().audience("fe >= 10", {})
    error = refused.value
    assert error.code == "unknown_tag" and isinstance(error, ValueError)
    (found,) = error.diagnostics
    assert (found.begin, found.end, found.suggestion) == (0, 2, "fee")
    assert found.severity == "error" and "unknown tag 'fe'" in error.message


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "json_syntax"),
        ('{"schema": {"tags": []}, "polices": []}', "json_unknown_key"),
        ('{"schema": {"tags": [{"name": "a", "type": "bool"}]},'
         ' "policies": [{"id": "P", "name": "P", "segment": "b"}]}', "unknown_tag"),
    ],
)  # fmt: skip
def test_a_wrong_catalogue(text: str, code: str) -> None:
    with pytest.raises(ms.CatalogueError) as refused:
        ms.Catalogue(text)
    assert code in [found.code for found in refused.value.diagnostics]
    for found in refused.value.diagnostics:
        assert 0 <= found.begin <= found.end <= len(text)


def test_tracebacks_draw_what_is_wrong() -> None:
    with pytest.raises(ms.CatalogueError) as refused:
        ms.Catalogue('{"schema": {"tags": []},\n "polices": []}')
    notes = "".join(refused.value.__notes__)
    assert "2:2: error: a catalogue has no key 'polices'" in notes
    assert '   "polices": []}\n   ^~~~~~~~~' in notes
    with pytest.raises(ms.RuleError) as refused_rule:
        ms.Catalogue.from_rules(TAGS, {}).compile().audience("plan_fee = 1 AND plan_fe = 1", {})
    assert "1:18: error: unknown tag 'plan_fe'" in refused_rule.value.__notes__[0]
    rules = {f"P{i}": "b" for i in range(12)}
    with pytest.raises(ms.CatalogueError) as many:
        ms.Catalogue.from_rules(TAGS, rules)
    assert len(many.value.diagnostics) >= 12 and len(many.value.__notes__) == 10


def test_a_file_that_is_not_there() -> None:
    with pytest.raises(ms.FileError, match="^'/nowhere.json': No such file or directory$"):
        ms.Catalogue.load("/nowhere.json")


def test_warnings_do_not_refuse() -> None:
    never = ms.Catalogue.from_rules(TAGS, {"P": "plan_fee < 1 AND plan_fee > 2"})
    assert [found.code for found in never.warnings] == ["never_true"]


def test_errors_pickle() -> None:
    with pytest.raises(ms.RuleError) as refused:
        ms.Catalogue.from_rules(TAGS, {}).compile().audience("plan_fe = 1", {})
    copy = pickle.loads(pickle.dumps(refused.value))
    assert type(copy) is ms.RuleError
    assert (copy.message, copy.code, copy.diagnostics) == (
        refused.value.message, refused.value.code, refused.value.diagnostics,
    )  # fmt: skip


def test_things_of_another_kind() -> None:
    with pytest.raises(TypeError, match=r"^a catalogue is JSON text, not dict: json.dumps\(\)$"):
        ms.Catalogue({"schema": {}})  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="^a Catalogue is deployed, not str$"):
        ms.Engine().deploy("telco.json")  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="^today is a datetime.date, not str$"):
        rules = ms.Catalogue.from_rules(TAGS, {"P": "plan_fee > 1"}).compile()
        rules.match({"plan_fee": [1.0]}, today="2026-03-30")  # type: ignore[arg-type]

    class Wrong:
        def contacts(self, user: str) -> list[ms.Contact]:
            return []

        def taken(self, policy: str) -> int:
            return 3

    now = dt.datetime(2026, 3, 1, tzinfo=dt.timezone.utc)
    counted = ms.Catalogue("""{"schema": {"tags": [{"name": "a", "type": "bool"}]},
      "policies": [{"id": "P", "name": "P", "segment": "a", "quota": 1}]}""")
    with pytest.raises(TypeError, match=r"^taken\(policy\) gives \(acceptances, cost\)$"):
        ms.Engine(counted, history=Wrong()).decide({"a": True}, now=now)  # type: ignore[arg-type]


class _Stream(ctypes.Structure):
    """struct ArrowArrayStream"""

    _fields_ = [(name, ctypes.c_void_p) for name in ("schema", "next", "error", "release", "data")]


def test_words_that_are_no_utf8() -> None:
    """A producer's, which fails at once."""
    words = ctypes.create_string_buffer(b"bad \xff words")
    fail = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(lambda *_: 5)
    say = ctypes.CFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p)(lambda _: ctypes.addressof(words))
    end = ctypes.CFUNCTYPE(None, ctypes.c_void_p)(
        lambda stream: setattr(_Stream.from_address(stream), "release", None)
    )
    stream = _Stream(*(ctypes.cast(one, ctypes.c_void_p) for one in (fail, fail, say, end)))
    capsule = ctypes.pythonapi.PyCapsule_New
    capsule.restype = ctypes.py_object
    capsule.argtypes = [ctypes.c_void_p, ctypes.c_char_p, ctypes.c_void_p]

    class Producer:
        def __arrow_c_stream__(self) -> object:
            return capsule(ctypes.addressof(stream), b"arrow_array_stream", None)

    with pytest.raises(ms.FileError) as refused:
        ms.Catalogue.from_rules(TAGS, {}).users(Producer())
    text = "the producer of the stream failed: bad \ufffd words (error 5)"
    assert str(refused.value) == text
