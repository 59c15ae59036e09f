"""docker-compose.yml without a Docker daemon: all that it names exists, and the service starts with its settings."""

import importlib.util
import re
import stat
import subprocess
import sys
from pathlib import Path
from shutil import copy, which
from typing import Any

import pytest
import redis
import yaml

from tumorboard.config import PREFIX, Settings, load_settings
from tumorboard.demo.loopback import LOOPBACK
from tumorboard.demo.valkey import EmbeddedValkey

CHECKOUT = Path(__file__).parents[1]
COMPOSE = yaml.safe_load((CHECKOUT / "docker-compose.yml").read_text(encoding="utf-8"))
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
OURS = {name: service for name, service in SERVICES.items() if service["image"] == "tumorboard"}


@pytest.fixture
def secrets(tmp_path: Path) -> Path:
    """What deploy/make-secrets makes, made elsewhere."""
    script = copy(CHECKOUT / "deploy" / "make-secrets", tmp_path)
    subprocess.run([script], check=True, capture_output=True)
    return tmp_path / "secrets"


def test_the_services_are_the_ones_of_the_architecture() -> None:
    assert set(OURS) == {"web", "worker", "beat", "migrate"}
    assert set(SERVICES) - set(OURS) == {"proxy", "db", "redis", "mail"}


@pytest.mark.parametrize("name", OURS)
def test_a_command_names_a_program_and_a_module_that_exist(name: str) -> None:
    command = OURS[name].get("command", ["gunicorn", "tumorboard.wsgi:app"])

    assert which(command[0], path=str(Path(sys.executable).parent))
    modules = [
        word.removeprefix("--app=").partition(":")[0]
        for word in command
        if re.match(r"(--app=)?(tumorboard|workers)", word)
    ]
    assert modules
    for module in modules:
        assert importlib.util.find_spec(module) is not None


def test_web_is_served_by_the_image_s_own_command() -> None:
    assert "command" not in SERVICES["web"]
    assert '"tumorboard.wsgi:app"]' in (CHECKOUT / "Dockerfile").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", OURS)
def test_every_variable_is_a_setting(name: str) -> None:
    ours = [variable for variable in OURS[name]["environment"] if variable.startswith(PREFIX)]

    assert {variable.removeprefix(PREFIX).removesuffix("_FILE").lower() for variable in ours} <= set(
        Settings.model_fields
    )


@pytest.mark.parametrize("name", OURS)
def test_the_service_starts_with_these_settings(name: str, secrets: Path) -> None:
    def filled(value: str) -> str:
        value = re.sub(r"\$\{\w+:-([^}]*)\}", r"\1", value)
        return value.replace("/run/secrets/", f"{secrets}/")

    settings = load_settings({key: filled(value) for key, value in OURS[name]["environment"].items()})

    assert settings.environment == "production"
    assert ("tb_owner" in settings.database_url) == (name == "migrate")


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_watched_or_awaited(name: str) -> None:
    awaited = {
        other
        for service in SERVICES.values()
        for other, how in service.get("depends_on", {}).items()
        if how["condition"] == "service_completed_successfully"
    }

    assert (name in awaited) != bool(SERVICES[name].get("healthcheck", {}).get("test"))


def test_the_proxy_alone_publishes_a_port() -> None:
    assert [name for name, service in SERVICES.items() if service.get("ports")] == ["proxy"]
    assert COMPOSE["networks"]["inside"] == {"internal": True}
    assert "outside" not in SERVICES["db"]["networks"] + SERVICES["redis"]["networks"]


@pytest.mark.parametrize("name", SERVICES)
def test_what_a_service_mounts_exists(name: str, secrets: Path) -> None:
    for volume in SERVICES[name].get("volumes", []):
        source = volume.partition(":")[0]
        assert (CHECKOUT / source).is_file() if source.startswith(".") else source in COMPOSE["volumes"]
    for secret in SERVICES[name].get("secrets", []):
        assert COMPOSE["secrets"][secret]["file"] == f"deploy/secrets/{secret}"
        assert (secrets / secret).read_text().strip()


def test_secrets_are_closed_to_others_and_never_made_twice(secrets: Path) -> None:
    assert stat.S_IMODE(secrets.stat().st_mode) == 0o700

    again = subprocess.run([secrets.parent / "make-secrets"], capture_output=True, text=True, check=False)

    assert again.returncode == 1
    assert "is there already" in again.stderr


def test_the_queue_s_user_may_do_what_the_service_does_and_no_more(tmp_path: Path, secrets: Path) -> None:
    password = (secrets / "redis_password").read_text().strip()
    with EmbeddedValkey(tmp_path / "valkey", durable=False) as valkey:
        with redis.Redis.from_url(valkey.url) as administrator:
            for line in (secrets / "redis_acl").read_text().splitlines()[::-1]:
                _, user, *rules = line.split()
                administrator.execute_command("ACL", "SETUSER", user, *rules)
        with redis.Redis(LOOPBACK, valkey.port, username="tumorboard", password=password) as user:
            user.lpush("celery", "a notice's id")
            assert user.brpop(["celery"], timeout=1) == (b"celery", b"a notice's id")
            with pytest.raises(redis.exceptions.NoPermissionError):
                user.flushall()
            with pytest.raises(redis.exceptions.NoPermissionError):
                user.config_get("*")
        with redis.Redis(LOOPBACK, valkey.port) as nobody, pytest.raises(redis.exceptions.AuthenticationError):
            nobody.ping()
