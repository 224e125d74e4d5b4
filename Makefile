# Every step installs what it needs first, so that each works on a fresh machine with Rust and Node.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help

export CARGO_TARGET_DIR ?= $(CURDIR)/target
BIN := $(CARGO_TARGET_DIR)/debug

help: ## This list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 12

setup: ## Install what is missing: system packages (as root), model and runtime, the window's packages
	@tools/setup --packages run
	@tools/setup --model
	@tools/setup-ui

setup-test: setup
	@tools/setup --packages test
	@tools/test-python-client --setup

ui/dist/index.html: $(shell find ui/src ui/index.html ui/package.json ui/vite.config.ts -type f 2>/dev/null) | setup
	@cd ui && npm run --silent build

run: ui/dist/index.html ## Build and open the app
	cargo build --locked -p coagentor-desktop --bin coagentor-desktop
	$(BIN)/coagentor-desktop

demo: ui/dist/index.html ## The main job in a terminal: a sample site goes in, cited answers come out
	cargo build --locked --workspace
	tools/demo $(BIN)

test: setup-test test-ui test-rust test-python ## Every test: Rust, window, end to end

test-ui: ui/dist/index.html
	cd ui && npm run --silent check && npm test --silent && npm run --silent axe

test-rust: ui/dist/index.html
	cargo build --locked --workspace
	tools/in-desktop cargo test --locked --workspace

test-python: setup-test
	cargo build --locked --workspace
	tools/check-sample
	tools/test-python-client $(BIN)

check: ui/dist/index.html ## Formatting, lints, generated bindings, licences
	cargo fmt --all --check
	cargo clippy --locked --workspace --all-targets -- -D warnings
	tools/check-licences
	tools/check-features

bindings: ui/dist/index.html ## Write the window's TypeScript anew from the commands
	UPDATE_BINDINGS=1 cargo test --locked --workspace --test bindings

measure: ui/dist/index.html ## Sync and search real wikis beside the repository, and print the figures
	cargo build --locked --workspace
	tools/measure-corpora $(BIN)

measure-sync: ui/dist/index.html ## What syncs of 10,000 and 100,000 generated pages cost in requests, points, time and memory
	cargo build --locked --workspace
	tools/measure-sync $(BIN)

measure-desktop: setup-test ui/dist/index.html ## How long the app takes to start, and what it takes while idle, with 10,000 pages
	cargo build --locked --release --workspace
	tools/in-desktop tools/measure-desktop $(CARGO_TARGET_DIR)/release

measure-meetings: ui/dist/index.html ## What agents find of spoken questions in real meetings, beside a bare threshold
	cargo build --locked --workspace --examples
	tools/measure-meetings $(BIN)

bench: setup ## How fast pages become text and text becomes chunks, beside a peer
	cargo bench --locked -p coagentor --bench text

measure-long-meeting: setup-test ui/dist/index.html ## A working day of talk in the real window: memory, lines heard, how long the window is busy
	cargo build --locked --release --workspace
	tools/in-desktop tools/measure-long-meeting $(CARGO_TARGET_DIR)/release

package: ui/dist/index.html ## Build the Debian package: app, command line, model and runtime
	tools/package

test-package: package ## Install, run and remove it on a bare Debian 12 (root; needs mmdebstrap)
	tools/test-package "$$(ls -t $(CARGO_TARGET_DIR)/release/bundle/deb/*.deb | head -n1)"

screenshots: ui/dist/index.html ## The stories in a real window, a picture of each step in artifacts/window
	cargo build --locked --workspace
	tools/in-desktop cargo test --locked --workspace --test window

.PHONY: help setup setup-test run demo bench test test-ui test-rust test-python check bindings measure measure-sync measure-meetings measure-desktop measure-long-meeting package test-package screenshots
