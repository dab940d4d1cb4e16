"""The deployment files against rules of our own: pinned, not root, limited, probed, and without a secret."""

from __future__ import annotations

import configparser
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import kubernetes_validate
import pytest
import yaml
from jsonschema import Draft202012Validator

from flows.automations import SILENCE
from flows.deployments import deployments_of
from flows.settings import PREFECT_DEFAULTS, RUN_WAITS_SECONDS, Settings

DEPLOY = Path(__file__).parent.parent / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))
KUBERNETES = "1.34"
DIGEST = re.compile(r"@sha256:[0-9a-f]{64}$")
EXACT_TAG = re.compile(r":\d+\.\d+[\w.-]*$")
SECRET = re.compile(
    r"(password|auth_string|secret|token)\s*[:=]\s*['\"]?(?![\s$'\"]|user:password|prefect-)\w", re.IGNORECASE
)


@pytest.fixture(scope="module")
def services() -> dict[str, dict[str, object]]:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["services"]


def unit(path: Path) -> configparser.SectionProxy:
    parser = configparser.ConfigParser(strict=False, interpolation=None)
    parser.optionxform = str
    parser.read(path, encoding="utf-8")
    return parser["Service"]


def environment_of(path: Path) -> dict[str, str]:
    """The variables that a unit sets itself."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.removeprefix("Environment=").split("=", 1) for line in lines if line.startswith("Environment="))


def all_files() -> Iterator[Path]:
    return (path for path in sorted(DEPLOY.rglob("*")) if path.is_file() and path.suffix != ".png")


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.name)
def test_a_unit_runs_as_its_own_user_with_the_system_out_of_reach(path):
    service = unit(path)
    assert service["User"] == "tallywire"
    for setting in (
        "NoNewPrivileges",
        "ProtectHome",
        "PrivateTmp",
        "PrivateDevices",
        "RestrictSUIDSGID",
        "LockPersonality",
    ):
        assert service[setting] == "yes", setting
    assert service["ProtectSystem"] == "strict"
    assert service["CapabilityBoundingSet"] == ""
    assert int(service["TimeoutStopSec"]) >= 60


def test_every_image_is_pinned_and_no_service_is_root_or_unbounded(services):
    for name, service in services.items():
        image = str(service["image"])
        assert image.startswith("${TALLYWIRE_IMAGE") or DIGEST.search(image) or EXACT_TAG.search(image), name
        assert not str(service["user"]).startswith("0"), name
        assert service["read_only"] is True, name
        assert service["cap_drop"] == ["ALL"], name
        assert service["healthcheck"]["test"], name
        assert set(service["deploy"]["resources"]["limits"]) == {"cpus", "memory"}, name


def test_what_a_service_publishes_is_bound_to_loopback(services):
    ports = [port for service in services.values() for port in service.get("ports", [])]
    assert ports
    assert all(port.startswith("127.0.0.1:") for port in ports)


def test_every_named_volume_of_a_service_is_declared(services):
    declared = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))["volumes"]
    used = {volume.split(":")[0] for service in services.values() for volume in service.get("volumes", [])}
    assert {name for name in used if not name.startswith(".")} == set(declared)


@pytest.mark.parametrize("name", ["server-values.yaml", "worker-values.yaml"])
def test_chart_values_pin_the_image_drop_rights_and_set_limits_and_probes(name):
    document = yaml.safe_load((DEPLOY / "kubernetes" / name).read_text(encoding="utf-8"))
    part = document["server" if name.startswith("server") else "worker"]
    image = (document["global"]["prefect"] if name.startswith("server") else part)["image"]
    assert DIGEST.search(image["prefectTag"])
    assert part["podSecurityContext"]["runAsNonRoot"] is True
    assert part["containerSecurityContext"]["readOnlyRootFilesystem"] is True
    assert part["containerSecurityContext"]["capabilities"] == {"drop": ["ALL"]}
    assert set(part["resources"]) == {"requests", "limits"}
    assert part["livenessProbe"] == {"enabled": True}
    login = (part if name.startswith("server") else part["selfHostedServerApiConfig"])["basicAuth"]
    assert login == {"enabled": True, "existingSecret": "prefect-login"}


def test_the_job_template_pins_the_image_drops_rights_and_sets_limits():
    template = json.loads((DEPLOY / "kubernetes" / "base-job-template.json").read_text(encoding="utf-8"))
    assert DIGEST.search(template["variables"]["properties"]["image"]["default"])
    pod = template["job_configuration"]["job_manifest"]["spec"]["template"]["spec"]
    assert pod["securityContext"]["runAsNonRoot"] is True
    [container] = pod["containers"]
    assert container["securityContext"]["readOnlyRootFilesystem"] is True
    assert set(container["resources"]) == {"requests", "limits"}
    mounted = {mount["name"] for mount in container["volumeMounts"]}
    assert mounted == {volume["name"] for volume in pod["volumes"]}


def test_every_variable_of_the_job_template_is_declared():
    text = (DEPLOY / "kubernetes" / "base-job-template.json").read_text(encoding="utf-8")
    assert set(re.findall(r"\{\{ (\w+) \}\}", text)) == set(json.loads(text)["variables"]["properties"])


@pytest.mark.parametrize("path", all_files(), ids=lambda path: path.name)
def test_no_file_holds_a_secret(path):
    found = [line for line in path.read_text(encoding="utf-8").splitlines() if SECRET.search(line)]
    assert found == []


def test_the_image_is_built_from_the_lock_and_does_not_run_as_root():
    lines = (DEPLOY / "Dockerfile").read_text(encoding="utf-8")
    assert re.search(r"^RUN deploy/install.sh /opt/tallywire$", lines, re.MULTILINE)
    assert (DEPLOY / "install.sh").read_text(encoding="utf-8").count("--require-hashes") == 2
    assert re.search(r"^USER (?!0|root)", lines, re.MULTILINE)
    assert "HEALTHCHECK" in lines


def test_the_image_copies_only_what_is_there():
    root = DEPLOY.parent
    for line in (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines():
        if line.startswith("COPY ") and "--from" not in line:
            for source in line.split()[1:-1]:
                assert (root / source).exists(), source


def test_every_worker_is_told_whole_paths_and_to_give_signs_of_life(services):
    template = json.loads((DEPLOY / "kubernetes" / "base-job-template.json").read_text(encoding="utf-8"))
    told = {
        "systemd": environment_of(DEPLOY / "systemd" / "tallywire-worker.service"),
        "compose": services["worker"]["environment"],
        "kubernetes": template["variables"]["properties"]["env"]["default"],
    }
    for where, environ in told.items():
        for name in ("TALLYWIRE_WAREHOUSE", "TALLYWIRE_SOURCES", "TALLYWIRE_HOME", "TALLYWIRE_FOLDERS"):
            assert str(environ[name]).startswith("/var/lib/tallywire/"), (where, name)
        assert 3 * int(environ["PREFECT_FLOWS_HEARTBEAT_FREQUENCY"]) <= SILENCE.seconds, where
        assert float(environ["TALLYWIRE_WAIT_SECONDS"]) == RUN_WAITS_SECONDS, where


def test_a_job_of_the_cluster_runs_what_it_is_given_and_not_the_image_s_own_command():
    template = json.loads((DEPLOY / "kubernetes" / "base-job-template.json").read_text(encoding="utf-8"))
    [container] = template["job_configuration"]["job_manifest"]["spec"]["template"]["spec"]["containers"]
    assert container["command"] == ["env"]


def test_prefect_yaml_deploys_the_flows_that_serve_deploys():
    document = yaml.safe_load((DEPLOY / "prefect.yaml").read_text(encoding="utf-8"))
    of_file = {one["name"]: one for one in document["deployments"]}
    of_serve = {one.name: one for one in deployments_of(Settings(), Path("/var/lib/tallywire"))}
    assert of_file.keys() == of_serve.keys()
    for name, one in of_file.items():
        served = of_serve[name]
        assert one["entrypoint"] == served.entrypoint
        assert one["tags"] == served.tags
        assert one["work_pool"]["name"] == served.work_pool_name
        assert bool(one.get("schedules")) is bool(served.schedules)
        assert served._parameter_openapi_schema.properties.keys() >= one.get("parameters", {}).keys()


@pytest.mark.debian
def test_systemd_finds_no_fault_in_the_units(tmp_path):
    """The program that the units start is put where they look for it; nothing is started."""
    verify = shutil.which("systemd-analyze")
    assert verify, "Debian's package systemd carries it"
    root = tmp_path / "root"
    shutil.copytree("/usr/lib/systemd/system", root / "usr" / "lib" / "systemd" / "system", symlinks=True)
    for unit_file in UNITS:
        at = root / "etc" / "systemd" / "system" / unit_file.name
        at.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(unit_file, at)
    for program in ("tallywire", "prefect"):
        stub = root / "opt" / "tallywire" / ".venv" / "bin" / program
        stub.parent.mkdir(parents=True, exist_ok=True)
        stub.write_text("#!/bin/sh\n", encoding="utf-8")
        stub.chmod(0o755)
    done = subprocess.run(
        [verify, f"--root={root}", "--man=no", "verify", *(unit_file.name for unit_file in UNITS)],
        capture_output=True,
        text=True,
        check=False,
    )
    told = [line for line in done.stderr.splitlines() if "tallywire" in line]
    assert (done.returncode, told) == (0, []), done.stderr


def test_the_compose_file_is_what_the_published_schema_asks_for():
    schema = files("check_jsonschema.builtin_schemas.vendor").joinpath("compose-spec.json").read_text(encoding="utf-8")
    document = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    assert [error.message for error in Draft202012Validator(json.loads(schema)).iter_errors(document)] == []


def test_the_objects_for_kubernetes_are_what_its_schemas_ask_for():
    template = (DEPLOY / "kubernetes" / "base-job-template.json").read_text(encoding="utf-8")
    filled = template.replace('"{{ command }}"', '["prefect"]').replace('"{{ env }}"', "[]")
    job = json.loads(re.sub(r"\{\{ \w+ \}\}", "name", filled))["job_configuration"]["job_manifest"]
    storage = (DEPLOY / "kubernetes" / "namespace-and-storage.yaml").read_text(encoding="utf-8")
    for manifest in [job, *yaml.safe_load_all(storage)]:
        kubernetes_validate.validate(manifest, KUBERNETES, strict=True)


@pytest.mark.parametrize("path", all_files(), ids=lambda path: path.name)
def test_no_file_gives_the_recorder_a_part_of_a_second(path):
    """Prefect cuts it to a whole number, and 0 keeps a core busy for nothing."""
    text = path.read_text(encoding="utf-8")
    for given in re.findall(r"TASK_RUN_RECORDER_FLUSH_INTERVAL\D+([\d.]+)", text):
        assert int(given) >= 1
    assert int(PREFECT_DEFAULTS["PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_FLUSH_INTERVAL"]) >= 1
