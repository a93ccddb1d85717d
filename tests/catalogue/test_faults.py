"""The error of a request that does not fit."""

from inference_cli.catalogue.faults import Fault, error_of, shortened
from inference_cli.errors import Exit


def test_all_faults_stand_in_two_columns() -> None:
    """The prompt's, those of flags, those of -p, what is missing; the same one only once."""
    faults = [
        Fault("input_image", "is required"),
        Fault("-p aspect=16:9", "no such parameter; did you mean aspect_ratio?"),
        Fault("--duration 7", "must be 5 or 10"),
        Fault('"a bird"', "this model takes no prompt"),
        Fault("--duration 7", "must be 5 or 10"),
    ]
    error = error_of("kling", faults)
    assert error.exit_code == Exit.USAGE
    assert error.message == "4 parameters do not fit kling"
    assert error.details == (
        '"a bird"            this model takes no prompt',
        "--duration 7        must be 5 or 10",
        "-p aspect=16:9      no such parameter; did you mean aspect_ratio?",
        "input_image         is required",
    )
    assert error.hint == (
        "Nothing was sent.  See:  inference models params kling        Send it unchecked:  --no-validate"
    )


def test_one_fault_is_one() -> None:
    """And the way out is not offered to who took it already."""
    error = error_of("kling", [Fault("-p seed:=[", "is not JSON; key=value takes text")], validated=False)
    assert error.message == "a parameter does not fit kling"
    assert error.hint == "Nothing was sent.  See:  inference models params kling"


def test_what_was_typed_is_shown_short() -> None:
    """On one line; of a data URL no more than its type."""
    assert shortened("two\n lines") == "two lines"
    assert shortened("x" * 41) == "x" * 39 + "…"
    assert shortened("-p a=data:image/png;base64,") == "-p a=data:image/png;base64,"
    assert shortened("-p a=data:image/png;base64," + "A" * 100_000) == "-p a=data:image/png;base64,…"
