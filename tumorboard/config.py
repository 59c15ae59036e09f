"""Settings from the environment: typed, checked once, and refused in whole sentences before anything starts."""

import ipaddress
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, Self
from urllib.parse import parse_qs, unquote, urlsplit

from email_validator import EmailNotValidError, validate_email
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

PREFIX = "TUMORBOARD_"

SMALLEST_KEY_BYTES = 32
FEWEST_KEY_CHARACTERS = 10
TUTORIAL_WORDS = ("change", "example", "secret", "password", "insecure", "123456", "abcdef")
"""Found in keys that people copy from a page; by chance in one random key of ten million."""

SMTP_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
DEBUG_SWITCHES = ("FLASK_DEBUG", "PYTHONDEVMODE", "PYTHONASYNCIODEBUG")


class ConfigurationError(Exception):
    """One sentence for each wrong setting: its name, what is wrong and what to do; never a value."""


@dataclass(frozen=True)
class SmtpServer:
    """Where mail is handed over; `security` is the URL's scheme: in the clear, upgraded, or TLS from the start."""

    host: str
    port: int
    security: Literal["smtp", "smtp+starttls", "smtps"]
    username: str | None
    password: str | None


class Settings(BaseModel):
    """All that the service is told from outside; docs/operating.md has the same table with defaults and examples."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    environment: Literal["production", "demo", "test"] = "production"
    database_url: str = Field(repr=False, examples=["postgresql+psycopg://tb_app:…@db/tumorboard?sslmode=verify-full"])
    redis_url: str = Field(repr=False, examples=["rediss://tumorboard:…@redis:6379/0"])
    smtp_url: str = Field(repr=False, examples=["smtp+starttls://user:…@mail.hospital.example:587"])
    base_url: str = Field(examples=["https://boards.hospital.example"])
    secret_key: str = Field(repr=False, examples=["the output of: openssl rand -base64 48"])
    data_key: str = Field(repr=False, examples=["the output of: openssl rand -base64 48"])
    mail_from: str = Field(examples=["boards@boards.hospital.example"])
    trusted_hosts: tuple[str, ...] = Field(default=(), examples=["boards.hospital.example"])
    mail_domains: tuple[str, ...] = Field(default=(), examples=["hospital.example"])
    proxy_hops: int = Field(default=0, ge=0, le=5, examples=["1"])
    private_network: bool = False
    session_idle_minutes: int = Field(default=15, ge=5, le=30)
    session_hours: int = Field(default=12, ge=1, le=24)
    undo_seconds: int = Field(default=60, ge=0, le=300)
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @property
    def has_a_name(self) -> bool:
        """Whether the service is asked for by a name: browsers make passkeys for no address in numbers (WebAuthn)."""
        host = urlsplit(self.base_url).hostname or ""
        return not host.replace(".", "").isdecimal() and ":" not in host

    @property
    def mail_domain(self) -> str:
        """Replies come to reply+TOKEN at this domain."""
        return self.mail_from.rpartition("@")[2]

    @property
    def smtp_server(self) -> SmtpServer:
        url = urlsplit(self.smtp_url)
        return SmtpServer(
            host=url.hostname or "",
            port=url.port or SMTP_PORTS[url.scheme],
            security=url.scheme,  # type: ignore[arg-type]  # one of SMTP_PORTS, see _is_smtp_url
            username=unquote(url.username) if url.username else None,
            password=unquote(url.password) if url.password else None,
        )

    @field_validator("database_url")
    @classmethod
    def _is_database_url(cls, value: str) -> str:
        return _checked_url(value, schemes=("postgresql+psycopg",), needs_path="the name of a database")

    @field_validator("redis_url")
    @classmethod
    def _is_redis_url(cls, value: str) -> str:
        return _checked_url(value, schemes=("redis", "rediss"))

    @field_validator("smtp_url")
    @classmethod
    def _is_smtp_url(cls, value: str) -> str:
        return _checked_url(value, schemes=tuple(SMTP_PORTS))

    @field_validator("base_url")
    @classmethod
    def _is_base_url(cls, value: str) -> str:
        url = urlsplit(_checked_url(value, schemes=("http", "https")))
        if url.path.strip("/") or url.query or url.fragment or url.username:
            raise ValueError("has more than scheme, host and port; leave out what follows the host")
        return value.rstrip("/")

    @field_validator("secret_key", "data_key")
    @classmethod
    def _is_hard_to_guess(cls, value: str) -> str:
        if len(value.encode()) < SMALLEST_KEY_BYTES:
            raise ValueError(f"is shorter than {SMALLEST_KEY_BYTES} bytes; make one with: openssl rand -base64 48")
        if len(set(value)) < FEWEST_KEY_CHARACTERS or any(word in value.lower() for word in TUTORIAL_WORDS):
            raise ValueError("looks like a published example; make one with: openssl rand -base64 48")
        return value

    @field_validator("mail_from")
    @classmethod
    def _is_one_address(cls, value: str) -> str:
        try:
            return validate_email(value, check_deliverability=False, test_environment=True).normalized
        except EmailNotValidError as error:
            raise ValueError("is not one bare mail address; write it like boards@boards.hospital.example") from error

    @field_validator("trusted_hosts", "mail_domains", mode="before")
    @classmethod
    def _comma_separated(cls, value: object) -> object:
        if isinstance(value, str):
            return tuple(name.strip().lower() for name in value.split(",") if name.strip())
        return value

    @model_validator(mode="after")
    def _fits_its_environment(self) -> Self:
        faults = list(_faults_in_production(self) if self.environment == "production" else _faults_elsewhere(self))
        if self.secret_key == self.data_key:
            faults.append(f"{PREFIX}DATA_KEY is the same as {PREFIX}SECRET_KEY; make each by itself.")
        if faults:
            raise ValueError("\n".join(faults))
        return self


def load_settings(environ: Mapping[str, str]) -> Settings:
    """The settings in `environ`; a name that ends in _FILE is read from the file it names.

    Raises ConfigurationError, with all that is wrong, when the service must not start like this.
    """
    try:
        settings = Settings.model_validate(_given(environ))
    except ValidationError as error:
        raise ConfigurationError("\n".join(_sentences(error))) from None
    switches = [switch for switch in DEBUG_SWITCHES if environ.get(switch, "") not in {"", "0", "false"}]
    if settings.environment == "production" and switches:
        raise ConfigurationError(f"{switches[0]} is on in production; remove it from the environment.")
    return settings


def _given(environ: Mapping[str, str]) -> dict[str, str]:
    """Field names and texts; an empty text counts as not given, as compose files write it."""
    own = {name: text for name, text in environ.items() if name.startswith(PREFIX) and text}
    given: dict[str, str] = {}
    for name, text in own.items():
        plain = name.removesuffix("_FILE")
        if plain != name and plain in own:
            raise ConfigurationError(f"{plain} is given twice, once as {name}; keep one of the two.")
        given[plain.removeprefix(PREFIX).lower()] = text if plain == name else _content(name, Path(text))
    return given


def _content(name: str, file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigurationError(f"{name} names a file that cannot be read; check its path and its owner.") from error


def _sentences(error: ValidationError) -> Iterator[str]:
    for fault in error.errors(include_url=False, include_input=False, include_context=False):
        message = fault["msg"].removeprefix("Value error, ")
        if not fault["loc"]:
            yield message
            continue
        field = str(fault["loc"][0])
        name = f"{PREFIX}{field.upper()}"
        if fault["type"] == "missing":
            yield f"{name} is missing; set it, for example to {_example(field)}."
        elif fault["type"] == "extra_forbidden":
            yield f"{name} is not a setting; look for a slip of the pen in its name."
        elif fault["type"] == "value_error":
            yield f"{name} {message}."
        else:
            yield f"{name} is not understood: {message[0].lower()}{message[1:]}."


def _example(field: str) -> str:
    return str((Settings.model_fields[field].examples or ["…"])[0])


def _checked_url(value: str, *, schemes: tuple[str, ...], needs_path: str = "") -> str:
    """`value` itself if it is a URL of one of `schemes`; every other is a ValueError that does not repeat it."""
    beginnings = " or ".join(f"{scheme}://" for scheme in schemes)
    try:
        url = urlsplit(value)
        host, port = url.hostname, url.port
    except ValueError as error:
        raise ValueError(f"is not a URL; write host and port plainly after {beginnings}") from error
    if url.scheme not in schemes:
        raise ValueError(f"does not begin with {beginnings}; write it so")
    if not host or port == 0:
        raise ValueError(f"names no host and port; write them after {beginnings}")
    if needs_path and not url.path.strip("/"):
        raise ValueError(f"does not end with {needs_path}; write it after the host, as in //host/name")
    return value


def _is_loopback(url: str) -> bool:
    host = urlsplit(url).hostname or ""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _faults_elsewhere(settings: Settings) -> Iterator[str]:
    if not _is_loopback(settings.base_url):
        yield (
            f"{PREFIX}ENVIRONMENT is {settings.environment} but {PREFIX}BASE_URL is not on this machine; "
            "use http://127.0.0.1 with a port, or set the environment to production."
        )


def _faults_in_production(settings: Settings) -> Iterator[str]:
    """Trust, section 5: what settings alone can show. What only the database knows, storage asks at the start."""
    host = urlsplit(settings.base_url).hostname or ""
    if not settings.base_url.startswith("https://"):
        yield f"{PREFIX}BASE_URL is not https; give the address that people open through the TLS proxy."
    if not settings.trusted_hosts or any("*" in name for name in settings.trusted_hosts):
        yield f"{PREFIX}TRUSTED_HOSTS is empty or holds a *; list the names people open, separated by commas."
    elif host not in settings.trusted_hosts:
        yield f"{PREFIX}TRUSTED_HOSTS does not hold the host of {PREFIX}BASE_URL; add it."
    if "proxy_hops" not in settings.model_fields_set:
        yield f"{PREFIX}PROXY_HOPS is missing; say how many proxies stand before the service, 0 for none."
    if settings.log_level == "DEBUG":
        yield f"{PREFIX}LOG_LEVEL is DEBUG, which may write patient data; set it to INFO."
    redis = urlsplit(settings.redis_url)
    if not (redis.username and redis.password):
        yield f"{PREFIX}REDIS_URL names no ACL user and password; make a user and write them before the host."
    if not settings.private_network:
        yield from _faults_in_the_clear(settings)


def _faults_in_the_clear(settings: Settings) -> Iterator[str]:
    otherwise = f"or set {PREFIX}PRIVATE_NETWORK=true if nobody else is on the network between"
    database = urlsplit(settings.database_url)
    if not _is_loopback(settings.database_url) and parse_qs(database.query).get("sslmode") != ["verify-full"]:
        yield f"{PREFIX}DATABASE_URL is off this machine without verified TLS; add ?sslmode=verify-full, {otherwise}."
    if not _is_loopback(settings.redis_url) and (
        not settings.redis_url.startswith("rediss://") or "ssl_cert_reqs=none" in settings.redis_url.lower()
    ):
        yield f"{PREFIX}REDIS_URL is off this machine without verified TLS; use rediss://, {otherwise}."
    if not _is_loopback(settings.smtp_url) and settings.smtp_server.security == "smtp":
        yield f"{PREFIX}SMTP_URL is off this machine without TLS; use smtp+starttls:// or smtps://, {otherwise}."
