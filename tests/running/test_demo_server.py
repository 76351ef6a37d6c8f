import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.core.mail import EmailMessage

from accounts.mail_folder import FolderBackend, newest_mail
from directory.management.demo_server import CannotRun, Running, check_port, until_stopped
from directory.management.parent import VARIABLE

PROJECT = Path(__file__).resolve().parents[2]
FOLLOWS = "from directory.management.parent import stop_with_parent; stop_with_parent();"
SLEEPS = [sys.executable, "-c", f"{FOLLOWS} import time; print('up', flush=True); time.sleep(60)"]


def eventually(is_so, seconds=10):
    until = time.monotonic() + seconds
    while not is_so() and time.monotonic() < until:
        time.sleep(0.02)
    return is_so()


def is_alive(pid):
    try:
        return "\nState:\tZ" not in Path("/proc", str(pid), "status").read_text()
    except OSError:
        return False


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def test_a_free_port_is_fine():
    check_port("127.0.0.1", free_port())


@pytest.mark.parametrize("address", ["127.0.0.1", "0.0.0.0"])
def test_a_busy_port_is_named_with_another_one(address):
    with socket.socket() as taken:
        # As granian does, which would share it.
        taken.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, 1)
        taken.bind((address, 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(CannotRun, match=f"Port {port} is busy.*make demo PORT={port + 1}"):
            check_port("127.0.0.1", port)


@pytest.mark.parametrize("port", [0, 65536])
def test_what_is_no_port_is_refused(port):
    with pytest.raises(CannotRun, match="is not a port"):
        check_port("127.0.0.1", port)


def test_leaving_stops_both():
    with until_stopped(lambda _words: None) as running:
        running.start("site", SLEEPS)
        running.start("worker", SLEEPS)
    assert [child.poll() for child in running.children.values()] == [-15, -15]


def test_ctrl_c_is_a_good_way_to_leave():
    said = []
    with until_stopped(said.append) as running:
        running.start("site", SLEEPS)
        os.kill(os.getpid(), signal.SIGTERM)
        time.sleep(1)
    assert said == ["\nStopping …"]
    assert running.children["site"].poll() == -15


@pytest.fixture(autouse=True)
def signals():
    """Put back what a signal does in this process."""
    numbers = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = [signal.getsignal(number) for number in numbers]
    yield
    for number, handler in zip(numbers, before, strict=True):
        signal.signal(number, handler)


def test_a_site_that_ends_at_once_is_no_site():
    running = Running(print)
    running.start("site", [sys.executable, "-c", ""])
    with pytest.raises(CannotRun, match="did not start"):
        running.wait_for_site(f"http://127.0.0.1:{free_port()}")
    running.stop()


def test_a_child_goes_when_its_parent_was_killed():
    code = f"""
import os, subprocess, sys, time
environment = {{**os.environ, {VARIABLE!r}: str(os.getpid())}}
child = subprocess.Popen({SLEEPS!r}, env=environment, stdout=subprocess.PIPE)
child.stdout.readline()
print(child.pid, flush=True)
time.sleep(60)
"""
    command = [sys.executable, "-c", code]
    parent = subprocess.Popen(command, cwd=PROJECT, stdout=subprocess.PIPE, text=True)
    child = int(parent.stdout.readline())
    parent.kill()
    parent.communicate()
    assert eventually(lambda: not is_alive(child))


def test_without_a_parent_to_follow_nothing_is_watched():
    code = f"{FOLLOWS} import threading; print(threading.active_count())"
    said = subprocess.check_output([sys.executable, "-c", code], cwd=PROJECT)
    assert said == b"1\n"


@pytest.fixture
def mail(settings, tmp_path):
    """Keeps a mail as the demo does."""
    settings.MAIL_DIR = tmp_path / "mail"

    def keep(subject, body="Your code is 123456."):
        message = EmailMessage(subject, body, "site@example.org", ["ben@example.org"])
        return FolderBackend().send_messages([message])

    return keep


def test_the_demo_keeps_mail_newest_first(mail):
    assert (mail("One"), mail("Zwei für dich")) == (1, 1)
    kept = newest_mail(limit=5)
    assert [message.subject for message in kept] == ["Zwei für dich", "One"]
    assert kept[0].text.strip() == "Your code is 123456."
    assert kept[0].to == "ben@example.org"


def test_its_page_shows_the_mail(client, db, mail, settings):
    settings.IS_DEMO = True
    mail("Sign in", "Your code is 987654. <b>Bold</b> http://localhost:8000/me/")
    page = client.get("/demo/mail/").content.decode()
    assert "Your code is 987654. &lt;b&gt;Bold&lt;/b&gt;" in page
    assert 'href="http://localhost:8000/me/"' in page


def test_its_page_is_empty_at_first(client, db, settings, tmp_path):
    settings.IS_DEMO, settings.MAIL_DIR = True, tmp_path
    assert "No mail yet" in client.get("/demo/mail/").content.decode()


def test_elsewhere_there_is_no_such_page(client, db, mail):
    mail("Sign in")
    assert client.get("/demo/mail/").status_code == 404


def test_its_page_is_only_read(client, db, settings):
    settings.IS_DEMO = True
    assert client.post("/demo/mail/").status_code == 405
