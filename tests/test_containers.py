"""The Dockerfile and the Compose file, checked without an engine: form, limits, secrets, and the settings they give."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent
COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
ONCE = {name for name, service in SERVICES.items() if service.get("restart") == "no"}


def check(*command: str, **environ: str) -> None:
    """Run a checker, without what other tests put into the environment, and show what it says when it complains."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    result = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env={**kept, **environ})
    assert result.returncode == 0, result.stdout + result.stderr


def test_the_compose_file_has_the_form_of_the_specification() -> None:
    check(str(BIN / "check-jsonschema"), "--builtin-schema", "vendor.compose-spec", "docker-compose.yml")


def test_the_dockerfile_has_nothing_to_complain_about() -> None:
    check(str(BIN / "hadolint"), "--failure-threshold", "info", "Dockerfile")


def test_the_image_takes_only_what_exists_and_is_let_in() -> None:
    lines = re.findall(r"^COPY (?!--from)(.+) \S+$", (ROOT / "Dockerfile").read_text(), re.M)
    copied = {name for line in lines for name in line.split()}
    let_in = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}

    assert copied == let_in
    assert {name for name in copied if not (ROOT / name).exists()} == set()


def test_the_image_does_not_run_as_root() -> None:
    assert re.findall(r"^USER (.+)$", (ROOT / "Dockerfile").read_text(), re.M)[-1] == "10001"


@pytest.mark.parametrize("name", SERVICES)
def test_a_service_is_limited_and_watched(name: str) -> None:
    service = SERVICES[name]

    assert service["mem_limit"]
    assert "no-new-privileges:true" in service["security_opt"]
    assert name in ONCE or name == "mailpit" or service["healthcheck"]["test"]
    assert "privileged" not in service


def test_no_secret_stands_in_the_compose_file() -> None:
    given = {key for service in SERVICES.values() for key in service.get("environment", {})}

    assert {key for key in given if re.search("PASSWORD|SECRET|TOKEN", key) and not key.endswith("_FILE")} == set()


def test_only_the_proxy_and_the_mail_catcher_are_reached_from_outside() -> None:
    assert {name for name, service in SERVICES.items() if "ports" in service} == {"caddy", "mailpit"}
    assert SERVICES["mailpit"]["ports"] == ["127.0.0.1:8025:8025"]


def test_every_dependency_and_volume_is_declared() -> None:
    for service in SERVICES.values():
        assert set(service.get("depends_on", {})) <= set(SERVICES)
        named = {volume.split(":")[0] for volume in service.get("volumes", []) if not volume.startswith(".")}
        assert named <= set(COMPOSE["volumes"])


def test_the_production_settings_pass_the_deployment_checks(tmp_path: Path) -> None:
    key, password = tmp_path / "secret_key", tmp_path / "database_password"
    check("sh", "-c", f"sed 's#/secrets#{tmp_path}#; s#/secrets#{tmp_path}#' docker/secrets.sh | PATH={BIN}:$PATH sh")
    given = {name: re.sub(r"\$\{\w+:-(.*?)\}", r"\1", value) for name, value in SERVICES["web"]["environment"].items()}
    files = {"SECRET_KEY_FILE": str(key), "DATABASE_PASSWORD_FILE": str(password), "DATA_DIR": str(tmp_path / "data")}
    own = {"DJANGO_SETTINGS_MODULE": "config.settings", **given, **files}

    assert key.stat().st_mode & 0o077 == 0
    check(sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING", **own)


def test_the_operations_page_names_every_variable_that_is_read() -> None:
    code = "".join(path.read_text() for path in (ROOT / "config").glob("*.py"))
    read = set(re.findall(r"environ(?:\.get\(|, |\[)\"(\w+)\"", code)) - {"DJANGO_SETTINGS_MODULE"}
    page = (ROOT / "docs/operations.md").read_text()

    assert {name for name in read if f"`{name}`" not in page} == set()
    assert len(read) > 15
