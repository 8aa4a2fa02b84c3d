"""What stops the start is said in one sentence, with the command that mends it."""

import socket
from pathlib import Path

import pytest

from tests.bin.machine import NO_REDIS, ORDINARY_USER, Machine, bare_checkout


def test_taken_port_is_named_with_a_free_one(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        said = Machine(tmp_path, environment={"RACIMO_PORT": str(port)}).run("up")
    assert said.status == 1
    assert f"Port {port} is taken by another program." in said.text
    assert "RACIMO_PORT=" in said.text
    assert f"RACIMO_PORT={port} " not in said.text


@pytest.mark.parametrize("port", ["0", "65536", "eight", "80; reboot", "-1"])
def test_port_that_is_none_is_refused(tmp_path: Path, port: str) -> None:
    said = Machine(tmp_path, environment={"RACIMO_PORT": port}).run("up")
    assert said.status == 1
    assert f'RACIMO_PORT must be a number from 1 to 65535, not "{port}".' in said.text


def test_low_port_needs_root(tmp_path: Path) -> None:
    machine = Machine(tmp_path, programs=ORDINARY_USER, environment={"RACIMO_PORT": "80"})
    assert "Ports below 1024 need root." in machine.run("up").text


def test_without_sudo_the_command_for_root_is_given(tmp_path: Path) -> None:
    said = Machine(tmp_path, without={"sudo", *NO_REDIS}, programs=ORDINARY_USER).run("setup")
    assert said.status == 1
    assert "sudo is not on this machine" in said.text
    assert "apt-get install -y --no-install-recommends redis-server" in said.text


def test_refused_sudo_is_explained(tmp_path: Path) -> None:
    programs = {**ORDINARY_USER, "sudo": "exit 1"}
    said = Machine(tmp_path, without=NO_REDIS, programs=programs).run("setup")
    assert said.status == 1
    assert "sudo did not let this user install them" in said.text


def test_no_network_is_explained(tmp_path: Path) -> None:
    apt = "echo \"Temporary failure resolving 'deb.example'\" >&2; exit 100"
    said = Machine(tmp_path, without=NO_REDIS, programs={"apt-get": apt}).run("setup")
    assert said.status == 1
    assert "The network did not answer while installing." in said.text


def test_locked_package_manager_is_explained(tmp_path: Path) -> None:
    apt = 'echo "E: Could not get lock /var/lib/dpkg/lock-frontend" >&2; exit 100'
    said = Machine(tmp_path, without=NO_REDIS, programs={"apt-get": apt}).run("setup")
    assert "Another program is installing packages" in said.text


def test_machine_without_apt_is_told_what_to_install(tmp_path: Path) -> None:
    said = Machine(tmp_path, without={"apt-get", *NO_REDIS}).run("setup")
    assert said.status == 1
    assert "Racimo needs: redis-server." in said.text


def test_old_python_is_named(tmp_path: Path) -> None:
    old = 'if [ "$1" = --version ]; then echo Python 3.9.2; else exit 1; fi'
    newer = {f"python3.{minor}" for minor in range(11, 15)}
    root = bare_checkout(tmp_path)
    said = Machine(tmp_path, without=newer, programs={"python3": old}, root=root).run("setup")
    assert said.status == 1
    assert "Racimo needs Python 3.11 or newer; this machine has Python 3.9.2." in said.text


def test_full_disk_is_measured_before_anything_is_done(tmp_path: Path) -> None:
    df = "printf 'Filesystem 1M Used Available Use Mounted\\n/dev/x 9 9 12 99%% /\\n'"
    said = Machine(tmp_path, programs={"df": df}).run("setup")
    assert said.status == 1
    assert "The disk is almost full: 12 MB are free" in said.text


def test_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    said = Machine(tmp_path, environment={"RACIMO_VAR": str(blocked / "var")}).run("up")
    assert said.status == 1
    assert "This folder cannot be written" in said.text


@pytest.mark.parametrize("command", ["up", "db", "queue"])
def test_unknown_word_shows_the_usage(tmp_path: Path, command: str) -> None:
    said = Machine(tmp_path).run(command, "sideways")
    assert said.status == 2
    assert f"bin/{command}" in said.text
