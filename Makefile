# The few commands people need; CMake does the work (see CMakePresets.json).
PRESET ?= release
BUILD  := build/$(PRESET)
JOBS   ?= $(shell nproc)
LISTS  := tools/packages.txt
CONFIG := -DMUSTER_UNITY=ON

.PHONY: help setup build demo test test-all abi fuzz bench bench-short format check-format clean

help:
	@echo "make demo      build, then match and decide for customers, and play a day of three"
	@echo "make test      build and run every test"
	@echo "make test-all  the same under sanitizers, with Clang, PostgreSQL, Spark (STAGES)"
	@echo "make bench     the benchmarks, every answer checked; JSON in build/bench"
	@echo "make bench-python  of these, Muster beside DuckDB, Polars and NumPy on one Arrow table"
	@echo "make format    format the sources"

setup:
	@tools/setup.sh $(LISTS)

build: setup
	@cmake --preset $(PRESET) $(CONFIG) > /dev/null
	@cmake --build --preset $(PRESET) -j $(JOBS) --target $(or $(TARGETS),all)

demo: TARGETS = muster_cli muster muster_day
demo: build
	@examples/telco/demo.sh $(BUILD)/src/cli/muster
	@examples/retention/demo.sh $(BUILD)/src/cli/muster
	@examples/market/demo.sh $(BUILD)/src/cli/muster
	@examples/engagement/demo.sh $(BUILD)/src/cli/muster $(BUILD)/examples/engagement/muster_day

test: LISTS += tools/packages-test.txt
test: build
	ctest --preset $(PRESET) -j $(JOBS)
	@CMAKE_BUILD_PARALLEL_LEVEL=$(JOBS) tools/test-python.sh core
	@$(MAKE) --no-print-directory fuzz SECONDS_EACH=5

# Every fuzz target for a while over its seed corpus; SECONDS_EACH for longer runs.
SECONDS_EACH ?= 60
fuzz: LISTS += tools/packages-test.txt
fuzz: setup
	@cmake --preset fuzz $(CONFIG) > /dev/null
	@cmake --build --preset fuzz -j $(JOBS)
	@tools/run-fuzzers.sh build/fuzz/fuzz $(SECONDS_EACH)

# STAGES: those of tools/test-all.sh.
STAGES ?= asan ledger tsan odr c clang python crm
test-all: LISTS += tools/packages-test.txt tools/packages-all.txt
test-all: setup
	@tools/test-all.sh $(JOBS) "$(STAGES)" $(CONFIG)

# Declares what libmuster_c exports now to be what programs may rely on.
abi: LISTS += tools/packages-all.txt
abi: setup
	@cmake --preset $(PRESET) $(CONFIG) > /dev/null
	@tools/check-abi.sh $(BUILD) renew

bench: TARGETS = muster_bench
bench: build
	@tools/run-bench.sh $(BUILD)/bench build/bench
	@$(MAKE) --no-print-directory bench-python

bench-short: TARGETS = muster_bench
bench-short: build
	@tools/run-bench.sh $(BUILD)/bench build/bench short

# Beside DuckDB, Polars and NumPy, from one Arrow table; THREADS for all alike.
THREADS ?= 2
bench-python: setup
	@tools/bench-python.sh build/bench --threads $(THREADS)

SOURCES = $(shell git ls-files '*.hpp' '*.cpp' '*.h' '*.c')
format check-format: LISTS = tools/packages-test.txt
format: setup
	@clang-format-14 -i $(SOURCES)
check-format: setup
	@clang-format-14 --dry-run --Werror $(SOURCES)

clean:
	rm -rf build
