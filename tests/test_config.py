"""A wrong setting stops the start with its name, what is wrong and what to do, and never shows its value."""

from pathlib import Path

import pytest

from tumorboard.config import ConfigurationError, Settings, SmtpServer, load_settings

KEY = "q8ZrT1vXn0Lw5KdYbE7uHs3mJfGp9CaR2iOxVtNy"
DATA_KEY = "Zt7Qm2cWx5RkJ9uNpV4hGs8dLyF3bEaC6oTiBn1X"

PRODUCTION = {
    "TUMORBOARD_DATABASE_URL": "postgresql+psycopg://tb_app:hush-db@db.hospital.example/tumorboard?sslmode=verify-full",
    "TUMORBOARD_REDIS_URL": "rediss://tumorboard:hush-redis@redis.hospital.example:6379/0",
    "TUMORBOARD_SMTP_URL": "smtp+starttls://boards:hush%40smtp@mail.hospital.example:587",
    "TUMORBOARD_BASE_URL": "https://boards.hospital.example",
    "TUMORBOARD_SECRET_KEY": KEY,
    "TUMORBOARD_DATA_KEY": DATA_KEY,
    "TUMORBOARD_MAIL_FROM": "boards@boards.hospital.example",
    "TUMORBOARD_TRUSTED_HOSTS": "boards.hospital.example, www.boards.hospital.example",
    "TUMORBOARD_PROXY_HOPS": "1",
}
DEMO = {
    **PRODUCTION,
    "TUMORBOARD_ENVIRONMENT": "demo",
    "TUMORBOARD_BASE_URL": "http://127.0.0.1:8000",
    "TUMORBOARD_DATABASE_URL": "postgresql+psycopg://tb_owner:hush-db@127.0.0.1:5433/tumorboard",
}
PLAIN_POSTGRES = "postgresql+psycopg://tb_app:hush-db@db.hospital.example/tumorboard"
PLAIN_REDIS = "redis://tumorboard:hush-redis@redis.hospital.example:6379/0"
PLAIN_SMTP = "smtp://mail.hospital.example:25"


def refusal(environ: dict[str, str]) -> str:
    with pytest.raises(ConfigurationError) as caught:
        load_settings(environ)
    return str(caught.value)


def test_complete_production_settings_are_taken() -> None:
    settings = load_settings({**PRODUCTION, "PATH": "/usr/bin", "TUMORBOARD_LOG_LEVEL": ""})

    assert settings.environment == "production"
    assert settings.trusted_hosts == ("boards.hospital.example", "www.boards.hospital.example")
    assert settings.proxy_hops == 1
    assert (settings.session_idle_minutes, settings.session_hours) == (15, 12)
    assert settings.mail_domain == "boards.hospital.example"


@pytest.mark.parametrize(
    ("url", "server"),
    [
        (
            "smtp+starttls://boards:hush%40smtp@mail.hospital.example",
            SmtpServer("mail.hospital.example", 587, "smtp+starttls", "boards", "hush@smtp"),
        ),
        ("smtps://mail.hospital.example", SmtpServer("mail.hospital.example", 465, "smtps", None, None)),
        ("smtp://127.0.0.1:2525", SmtpServer("127.0.0.1", 2525, "smtp", None, None)),
    ],
)
def test_smtp_url_says_host_port_security_and_login(url: str, server: SmtpServer) -> None:
    assert load_settings({**PRODUCTION, "TUMORBOARD_SMTP_URL": url}).smtp_server == server


@pytest.mark.parametrize("name", [name for name in PRODUCTION if "TRUSTED" not in name and "HOPS" not in name])
def test_a_missing_setting_is_named_with_an_example(name: str) -> None:
    environ = {key: value for key, value in PRODUCTION.items() if key != name}

    assert f"{name} is missing; set it, for example to " in refusal(environ)


@pytest.mark.parametrize(
    ("name", "value", "complaint"),
    [
        ("DATABASE_URL", "sqlite:///tumorboard.db", "does not begin with postgresql+psycopg://"),
        ("DATABASE_URL", "postgresql+psycopg://db", "does not end with the name of a database"),
        ("REDIS_URL", "localhost:6379", "does not begin with redis:// or rediss://"),
        ("REDIS_URL", "redis://a:b@host:notaport/0", "is not a URL"),
        ("SMTP_URL", "imap://mail.hospital.example", "does not begin with smtp:// or smtp+starttls:// or smtps://"),
        ("SMTP_URL", "smtps://", "names no host"),
        ("BASE_URL", "boards.hospital.example", "does not begin with http:// or https://"),
        ("BASE_URL", "https://boards.hospital.example/app", "has more than scheme, host and port"),
        ("BASE_URL", "http://boards.hospital.example", "is not https"),
        ("SECRET_KEY", "short", "is shorter than 32 bytes"),
        ("SECRET_KEY", "change-me-" + KEY, "looks like a published example"),
        ("SECRET_KEY", "ab" * 20, "looks like a published example"),
        ("MAIL_FROM", "Tumor Board <boards@boards.hospital.example>", "is not one bare mail address"),
        ("MAIL_FROM", "a@boards.hospital.example,b@boards.hospital.example", "is not one bare mail address"),
        ("TRUSTED_HOSTS", "", "is empty or holds a *"),
        ("TRUSTED_HOSTS", "*.hospital.example", "is empty or holds a *"),
        ("TRUSTED_HOSTS", "other.hospital.example", "does not hold the host of TUMORBOARD_BASE_URL"),
        ("PROXY_HOPS", "", "is missing; say how many proxies"),
        ("PROXY_HOPS", "many", "is not understood"),
        ("SESSION_IDLE_MINUTES", "4", "is not understood"),
        ("SESSION_IDLE_MINUTES", "31", "is not understood"),
        ("SESSION_HOURS", "48", "is not understood"),
        ("PRIVATE_NETWORK", "perhaps", "is not understood"),
        ("LOG_LEVEL", "LOUD", "is not understood"),
        ("LOG_LEVEL", "DEBUG", "is DEBUG, which may write patient data"),
        ("ENVIRONMENT", "staging", "is not understood"),
        ("REDIS_URL", "rediss://redis.hospital.example:6379/0", "names no ACL user and password"),
        ("DATABASE_URL", PLAIN_POSTGRES, "without verified TLS; add ?sslmode=verify-full"),
        ("DATABASE_URL", PLAIN_POSTGRES + "?sslmode=require", "without verified TLS; add ?sslmode=verify-full"),
        ("REDIS_URL", PLAIN_REDIS, "without verified TLS; use rediss://"),
        ("REDIS_URL", PLAIN_REDIS.replace("redis:", "rediss:", 1) + "?ssl_cert_reqs=none", "without verified TLS"),
        ("SMTP_URL", PLAIN_SMTP, "without TLS; use smtp+starttls:// or smtps://"),
    ],
)
def test_a_wrong_setting_is_named_and_never_shown(name: str, value: str, complaint: str) -> None:
    text = refusal({**PRODUCTION, f"TUMORBOARD_{name}": value})

    assert f"TUMORBOARD_{name} {complaint}" in text or (complaint in text and f"TUMORBOARD_{name} " in text)
    assert "\n" not in text
    assert text.endswith(".")
    for secret in ("hush", "short", KEY, "ab" * 20):
        assert secret not in text.replace("is shorter than", "")


def test_all_that_is_wrong_is_said_at_once() -> None:
    text = refusal({"TUMORBOARD_LOG_LEVEL": "LOUD", "TUMORBOARD_SMPT_URL": "smtp://mail.hospital.example"})

    assert "TUMORBOARD_DATABASE_URL is missing" in text
    assert "TUMORBOARD_LOG_LEVEL is not understood" in text
    assert "TUMORBOARD_SMPT_URL is not a setting" in text


def test_a_private_network_needs_no_tls_between_the_services() -> None:
    plain = {
        "TUMORBOARD_DATABASE_URL": PLAIN_POSTGRES,
        "TUMORBOARD_REDIS_URL": PLAIN_REDIS,
        "TUMORBOARD_SMTP_URL": PLAIN_SMTP,
    }
    assert len(refusal({**PRODUCTION, **plain}).splitlines()) == 3

    assert load_settings({**PRODUCTION, **plain, "TUMORBOARD_PRIVATE_NETWORK": "true"}).private_network


@pytest.mark.parametrize("switch", ["FLASK_DEBUG", "PYTHONDEVMODE", "PYTHONASYNCIODEBUG"])
def test_production_refuses_a_debug_switch(switch: str) -> None:
    assert f"{switch} is on in production" in refusal({**PRODUCTION, switch: "1"})
    assert load_settings({**DEMO, switch: "1"}).environment == "demo"


@pytest.mark.parametrize("environment", ["demo", "test"])
def test_demo_and_test_stay_on_this_machine(environment: str) -> None:
    environ = {**DEMO, "TUMORBOARD_ENVIRONMENT": environment}
    assert load_settings(environ).environment == environment

    text = refusal({**environ, "TUMORBOARD_BASE_URL": "https://boards.hospital.example"})

    assert "TUMORBOARD_BASE_URL is not on this machine" in text


def test_a_secret_may_lie_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(KEY + "\n")
    environ = {name: value for name, value in PRODUCTION.items() if name != "TUMORBOARD_SECRET_KEY"}
    in_file = {**environ, "TUMORBOARD_SECRET_KEY_FILE": str(tmp_path / "key")}

    assert load_settings(in_file).secret_key == KEY
    assert "given twice" in refusal({**in_file, "TUMORBOARD_SECRET_KEY": KEY})
    missing = {**environ, "TUMORBOARD_SECRET_KEY_FILE": str(tmp_path / "none")}
    assert "TUMORBOARD_SECRET_KEY_FILE names a file that cannot be read" in refusal(missing)


def test_settings_shown_in_a_log_carry_no_secret() -> None:
    shown = repr(load_settings(PRODUCTION))

    assert "hush" not in shown
    assert KEY not in shown
    assert "boards.hospital.example" in shown


def test_settings_cannot_change_after_the_start() -> None:
    settings = load_settings(PRODUCTION)

    with pytest.raises(ValueError, match="frozen"):
        settings.base_url = "https://elsewhere.example"  # type: ignore[misc]


def test_every_setting_is_documented() -> None:
    text = (Path(__file__).parents[1] / "docs" / "operating.md").read_text(encoding="utf-8")

    for field in Settings.model_fields:
        assert f"| `TUMORBOARD_{field.upper()}` |" in text
