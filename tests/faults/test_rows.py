"""The catalogue as a table: every row is automated, and the table tells a failure from a row that nobody tests."""

from tests.support.faults import Outcomes, automated, line, rows, rows_of


def test_every_row_has_a_test() -> None:
    """All 179, by the names of tests; and no test is named after a row that is none."""
    found = automated()

    assert len(rows()) == 179
    assert set(found) == set(rows())


def test_a_test_of_two_rows() -> None:
    """Its name begins with both; a letter in the middle of a name is no row."""
    assert rows_of("test_C11_C13_a_stop") == ["C11", "C13"]
    assert rows_of("test_plan_B07_of_it") == []


def test_what_the_table_says() -> None:
    """The worst of a row's tests counts; a row that was only skipped says why; one without tests is missing."""
    outcomes = Outcomes(passed={"a", "b"}, failed={"b"}, skipped={"c": "needs root"})

    assert line("A01", "DNS", ["a"], outcomes) == ("passed", "A01  passed    1  DNS")
    assert line("A01", "DNS", ["a", "b"], outcomes) == ("FAILED", "A01  FAILED    2  DNS")
    assert line("A01", "DNS", ["a", "c"], outcomes) == ("passed", "A01  passed    2  DNS  (needs root)")
    assert line("A01", "DNS", ["c"], outcomes) == ("skipped", "A01  skipped   1  DNS  (needs root)")
    assert line("A01", "DNS", [], outcomes) == ("missing", "A01  missing  DNS")
