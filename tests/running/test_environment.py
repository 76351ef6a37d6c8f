import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from config.environment import (
    BadEnvironment,
    Environment,
    database_from_url,
    kept_secret,
    mail_from_url,
)

PROJECT = Path(__file__).resolve().parents[2]
COMPLETE = {
    "WAYMEET_ENV": "production",
    "SITE_URL": "https://groups.example.org",
    "SECRET_KEY": "k" * 60,
    "DATABASE_URL": "postgresql://site:word@one,two/waymeet",
    "MAIL_FROM": "hello@example.org",
    "MAIL_URL": "smtp+tls://user:p%40ss@mail.example.org",
}


def loading_settings(tmp_path, show="ALLOWED_HOSTS", **environment):
    """Load the settings in a process of their own, and print one of them."""
    code = f"from config import settings; print(settings.{show})"
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=PROJECT,
        env={"PATH": os.defpath, "VAR_DIR": str(tmp_path), **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def test_production_names_everything_that_is_missing_at_once(tmp_path):
    done = loading_settings(tmp_path, WAYMEET_ENV="production")
    said = done.stderr.split("Waymeet cannot start:")[-1].split("\n  - ")[1:]
    missing = [line.split()[0] for line in said]
    assert missing == ["SITE_URL", "SECRET_KEY", "DATABASE_URL", "MAIL_FROM", "MAIL_URL"]
    assert done.returncode == 1


def test_production_starts_when_it_has_all(tmp_path):
    done = loading_settings(tmp_path, **COMPLETE)
    assert done.stdout == "['groups.example.org']\n"


@pytest.mark.parametrize("name", [name for name in COMPLETE if name != "WAYMEET_ENV"])
def test_production_needs_each_of_them(tmp_path, name):
    done = loading_settings(tmp_path, **{**COMPLETE, name: ""})
    assert f"\n  - {name} is missing" in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("SITE_URL", "http://groups.example.org", "it has to begin with https://"),
        ("MAIL_URL", "mail.example.org", "MAIL_URL has to look like"),
        ("PORT", "eighty", "PORT is 'eighty'; it has to be a whole number."),
        ("WAYMEET_ENV", "prod", "it can be development, test, demo, production"),
    ],
)
def test_what_cannot_be_used_is_named(tmp_path, name, value, complaint):
    assert complaint in loading_settings(tmp_path, **{**COMPLETE, name: value}).stderr


def test_a_fresh_clone_runs_for_development(tmp_path):
    assert loading_settings(tmp_path, show="DEBUG").stdout == "True\n"
    assert (tmp_path / "secret-key").stat().st_mode & 0o777 == 0o600


def test_the_demo_shows_no_one_its_errors(tmp_path):
    assert loading_settings(tmp_path, show="DEBUG", WAYMEET_ENV="demo").stdout == "False\n"


def test_cookies_carry_the_hosts_name_over_https_alone(tmp_path):
    secure = loading_settings(tmp_path, show="SESSION_COOKIE_NAME", **COMPLETE).stdout
    local = loading_settings(tmp_path, show="SESSION_COOKIE_NAME").stdout
    assert (secure, local) == ("__Host-session\n", "session\n")


def test_only_a_process_that_serves_has_a_pool_with_room_for_each_thread(tmp_path):
    show = "DATABASES['default']['OPTIONS'].get('pool', {}).get('max_size')"
    assert loading_settings(tmp_path, show=show, **COMPLETE).stdout == "None\n"
    serving = loading_settings(tmp_path, show=show, DATABASE_POOL="yes", THREADS="30", **COMPLETE)
    assert serving.stdout == "32\n"


def test_a_page_keeps_the_database_busy_for_seconds_and_a_command_as_long_as_it_takes(tmp_path):
    show = "DATABASES['default']['OPTIONS']['options']"
    command = loading_settings(tmp_path, show=show, **COMPLETE).stdout
    page = loading_settings(tmp_path, show=show, DATABASE_POOL="yes", **COMPLETE).stdout
    assert page == f"-c statement_timeout=15s {command}"
    assert "statement_timeout" not in command
    pooler = {**COMPLETE, "DATABASE_URL": "postgresql://one/waymeet?options="}
    assert loading_settings(tmp_path, show=show, DATABASE_POOL="yes", **pooler).stdout == "\n"


def test_the_secret_is_made_once(tmp_path):
    path = tmp_path / "deep" / "secret"
    assert kept_secret(path) == kept_secret(path)
    assert len(kept_secret(path)) >= 50


def test_a_database_may_have_several_hosts():
    settings = database_from_url("postgresql://site:p%40ss@one:5432,two:5433/waymeet")
    assert (settings["HOST"], settings["PORT"]) == ("one,two", "5432,5433")
    assert settings["PASSWORD"] == "p@ss"
    assert settings["OPTIONS"] == {"target_session_attrs": "read-write", "connect_timeout": 5}


def test_a_database_may_be_a_socket():
    settings = database_from_url("postgresql://me@%2Fvar%2Frun/waymeet")
    assert (settings["HOST"], settings["NAME"]) == ("/var/run", "waymeet")


def test_mail_goes_where_its_address_says():
    settings = mail_from_url(COMPLETE["MAIL_URL"])
    assert settings["EMAIL_HOST"] == "mail.example.org"
    assert (settings["EMAIL_PORT"], settings["EMAIL_USE_TLS"]) == (587, True)
    assert settings["EMAIL_HOST_PASSWORD"] == "p@ss"


def test_words_are_cut_at_commas():
    assert Environment({"HOSTS": "a.org, b.org,"}).words("HOSTS") == ["a.org", "b.org"]


def test_nothing_missing_is_no_complaint():
    Environment({}).complain()
    with pytest.raises(BadEnvironment):
        Environment({"WAYMEET_ENV": "else"}).complain()


def test_every_setting_that_is_read_stands_in_the_manual() -> None:
    code = "".join(it.read_text() for it in (PROJECT / "config").glob("*.py"))
    read = set(re.findall(r'env\.(?:needed|number|switch|text|tiles)\(\s*"([A-Z_]+)"', code))
    manual = (PROJECT / "docs/running.md").read_text()
    assert len(read) > 20
    assert [name for name in sorted(read) if f"`{name}`" not in manual] == []
