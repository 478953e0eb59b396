#!/usr/bin/env python3
"""Writes the software bill of materials of a source archive, as SPDX 2.3 in JSON.

    sbom.py VERSION ARCHIVE SECONDS      SECONDS since 1970, the time of the release

The dependencies are those of cmake/vcpkg/vcpkg.json; what only a feature needs is optional.
"""
import datetime
import hashlib
import json
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def names(dependencies):
    """Of libraries; what the build alone needs has no part in the product."""
    entries = [{"name": entry} if isinstance(entry, str) else entry for entry in dependencies]
    return [entry["name"] for entry in entries if not entry.get("host")]


def package(name, **more):
    return {"SPDXID": f"SPDXRef-{name}", "name": name, "downloadLocation": "NOASSERTION", "filesAnalyzed": False, **more}


def document(version, archive, seconds):
    manifest = json.loads((ROOT / "cmake/vcpkg/vcpkg.json").read_text())
    digest = hashlib.sha256(archive.read_bytes()).hexdigest()
    needed = names(manifest["dependencies"])
    optional = sorted({name for feature in manifest["features"].values() for name in names(feature["dependencies"])})
    ours = package(
        "fathom-cpp",
        versionInfo=version,
        packageFileName=archive.name,
        checksums=[{"algorithm": "SHA256", "checksumValue": digest}],
        licenseDeclared=manifest["license"],
        licenseConcluded=manifest["license"],
        copyrightText="NOASSERTION",
        summary=manifest["description"],
    )

    def relation(one, kind, other):
        return {"spdxElementId": f"SPDXRef-{one}", "relationshipType": kind, "relatedSpdxElement": f"SPDXRef-{other}"}

    return {
        "spdxVersion": "SPDX-2.3",
        "dataLicense": "CC0-1.0",
        "SPDXID": "SPDXRef-DOCUMENT",
        "name": f"fathom-cpp-{version}",
        "documentNamespace": f"https://spdx.org/spdxdocs/fathom-cpp-{version}-{digest}",
        "creationInfo": {
            "created": datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "creators": ["Tool: fathom-cpp-sbom"],
        },
        "packages": [ours, *(package(name) for name in [*needed, *optional])],
        "relationships": [
            relation("DOCUMENT", "DESCRIBES", "fathom-cpp"),
            *(relation("fathom-cpp", "DEPENDS_ON", name) for name in needed),
            *(relation(name, "OPTIONAL_DEPENDENCY_OF", "fathom-cpp") for name in optional),
        ],
    }


if len(sys.argv) != 4:
    sys.exit(__doc__)
print(json.dumps(document(sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])), indent=2))
