# Every target sets up what it needs in .venv; a repeat costs nothing. `make` alone lists them.

PYTHON ?= python3
WORKERS ?= 2
TESTS ?= Testing/engine Testing/scene Testing/gui
SLICER ?= Slicer
BENCHES ?= $(filter-out %/bench_networks.py,$(sort $(wildcard Testing/bench/bench_*.py)))
BIN := .venv/bin
ENVIRONMENT := $(PYTHON) -m scripts.environment

.DEFAULT_GOAL := help
.PHONY: help demo gui screenshots slicer slicer-pictures test lint bench bench-networks environment clean

help: ## List the commands
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-14s %s\n", $$1, $$2 }' $(MAKEFILE_LIST)

demo: ## Register two scans that it makes itself; print a table and the path of an HTML report
	@$(ENVIRONMENT)
	$(BIN)/vpreg demo --output demo-result --force

gui: ## Open the panel for 3D Slicer in a window of its own (SCANS="a.nii.gz b.nii.gz")
	@$(ENVIRONMENT) test
	PYTHONPATH=Testing:VolumePreservingReg:SparseVMReg:. $(BIN)/python -m host $(SCANS)

screenshots: ## Take the pictures of the documents anew, of the real panel and a real registration
	@$(ENVIRONMENT) test
	PYTHONPATH=Testing:VolumePreservingReg:SparseVMReg:. $(BIN)/python -m host.screenshots

slicer: ## Run the modules' own tests in a real Slicer (SLICER=/path/to/Slicer)
	$(SLICER) --testing --no-splash --python-script Testing/desktop/run_self_tests.py \
		--additional-module-paths $(CURDIR)/VolumePreservingReg $(CURDIR)/SparseVMReg

slicer-pictures: ## Take the pictures of the panels in a real Slicer (SLICER=/path/to/Slicer)
	$(SLICER) --testing --no-splash --python-script Testing/desktop/take_pictures.py \
		--additional-module-paths $(CURDIR)/VolumePreservingReg $(CURDIR)/SparseVMReg

test: lint ## Check the style, then run all tests (TESTS="…" for some of them, WORKERS=2)
	@$(ENVIRONMENT) test
	@# One process cannot hold both Slicer's bare scene and the host of its panel.
	@set -e; for part in $(TESTS); do \
		OMP_NUM_THREADS=1 $(BIN)/python -m pytest -n $(WORKERS) $$part; done

lint: ## Check style, types and spelling
	@$(ENVIRONMENT) lint
	$(BIN)/pre-commit run --all-files

bench: ## Measure speed and quality beside other tools (BENCHES="…" for some of them)
	@$(ENVIRONMENT) bench
	@set -e; $(foreach program,$(BENCHES),echo $(program); $(BIN)/python $(program) \
		$(if $(findstring registration,$(program))$(findstring sparse,$(program)),--quick);)

bench-networks: ## Train networks with and without volume preservation: takes hours, a repeat goes on (ARGS="--spacing-mm 3 …")
	@$(ENVIRONMENT) training bench
	$(BIN)/python Testing/bench/bench_networks.py $(ARGS)

environment: ## Only make .venv, for all purposes
	@$(ENVIRONMENT) test lint bench

clean: ## Remove .venv and the caches
	rm -rf .venv .pytest_cache .ruff_cache .mypy_cache
