"""Prints one line a benchmark from Google Benchmark's JSON files.

usage: bench_summary.py FOLDER
"""

import json
import pathlib
import sys

COUNTERS = {
    "p50_ns": ("p50", "{:,.0f} ns"),
    "p99_ns": ("p99", "{:,.0f} ns"),
    "speedup": ("speedup", "{:,.1f}x"),
    "bytes_per_rule": ("memory", "{:,.1f} B/rule"),
    "matches_per_user": ("matches", "{:,.1f}"),
    "user_rules_per_second": ("user×rule/s", "{:.3g}"),
    "users_per_second": ("users/s", "{:.3g}"),
    "rules_per_second": ("rules/s", "{:.3g}"),
}


def line(run):
    """The run's counters, those people look for first."""
    parts = [f"{run['name'].removesuffix('/iterations:1'):<40}"]
    if not any(name in run for name in ("p50_ns", "user_rules_per_second")):
        parts.append(f"{run['real_time']:,.0f} {run['time_unit']}")
    for counter, (label, form) in COUNTERS.items():
        if counter in run:
            parts.append(f"{label} {form.format(run[counter])}")
    return "  ".join(parts)


def main(folder):
    files = sorted(pathlib.Path(folder).glob("*.json"))
    for file in files:
        report = json.loads(file.read_text())
        for run in report["benchmarks"]:
            print(line(run))
    return 0 if files else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
