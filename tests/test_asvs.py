"""Every requirement of levels 1 and 2 stands in the register, and what applies names a proof that there is."""

import pytest

from tests import register

# The requirements of ASVS 5.0.0 by section: of each its level, in the order of their numbers.
LEVELS = """
1.1:22 1.2:1111122223 1.3:112222222223 1.4:222 1.5:123 2.1:122 2.2:112 2.3:12223 2.4:23 3.1:3 3.2:113 3.3:12223
3.4:11222233 3.5:11122333 3.6:3 3.7:22333 4.1:12233 4.2:23333 4.3:22 4.4:1222 5.1:2 5.2:112333 5.3:113 5.4:222 6.1:122
6.2:111111112222 6.3:11223333 6.4:112233 6.5:22222333 6.6:2223 6.7:33 6.8:2222 7.1:222 7.2:1111 7.3:22 7.4:11222
7.5:223 7.6:22 8.1:1233 8.2:1123 8.3:133 8.4:23 9.1:111 9.2:1222 10.1:22 10.2:223 10.3:22223 10.4:1111122222233333
10.5:22222 10.6:22 10.7:222 11.1:2233 11.2:22233 11.3:11233 11.4:1222 11.5:23 11.6:23 11.7:33 12.1:12233 12.2:11
12.3:22223 13.1:2333 13.2:222223 13.3:2233 13.4:1222233 14.1:22 14.2:12223333 14.3:122 15.1:12233 15.2:12233
15.3:1222222 15.4:3333 16.1:2 16.2:22222 16.3:2222 16.4:222 16.5:2223 17.1:23 17.2:22223333 17.3:22
"""


def required():
    for section in LEVELS.split():
        name, levels = section.split(":")
        yield from ((f"V{name}.{number}", level) for number, level in enumerate(levels, start=1) if level in "12")


def test_every_requirement_stands_in_the_register_once_and_in_order():
    assert [(row["id"], row["level"]) for row in register.rows()] == list(required())


def test_there_are_as_many_as_the_standard_says():
    assert (len(list(required())), sum(level == "1" for _id, level in required())) == (253, 70)


def test_what_applies_says_how_and_what_does_not_says_why():
    said = {(row["applies"], bool(row["mechanism"]), bool(row["reason"])) for row in register.rows()}

    assert said == {("yes", True, False), ("no", False, True)}


def test_every_requirement_that_applies_has_a_proof():
    assert [row["id"] for row in register.rows() if row["applies"] == "yes" and not register.proofs(row)] == []


def test_every_proof_that_is_named_exists():
    tests = register.there_are()

    assert [(row["id"], proof) for row in register.rows() for proof in register.proofs(row) if not register.is_there(proof, tests)] == []


def test_most_is_proven_by_tests():
    applying = [row for row in register.rows() if row["applies"] == "yes"]

    assert sum("::" in row["test"] for row in applying) / len(applying) > 0.75


@pytest.mark.parametrize("proof", ["test_asvs.py::test_that_nobody_wrote", "document docs/nowhere.md", "installation 99"])
def test_a_proof_that_does_not_exist_is_noticed(proof):
    assert register.is_there(proof, register.there_are()) is False


def test_a_test_that_did_not_run_or_did_not_pass_is_noticed():
    named = sorted({proof for row in register.rows() for proof in register.proofs(row) if "::" in proof})
    outcomes = {proof: {"passed"} for proof in named} | {named[0]: {"passed", "failed"}, named[1]: {"skipped"}}
    del outcomes[named[2]]

    assert register.not_passed(outcomes) == named[:3]
