# Everything here needs Go and make only. What is better with more (a C compiler
# for the race detector) is detected and said.

GO       ?= go
GOFMT     = "$$($(GO) env GOROOT)/bin/gofmt"
BIN      := bin/viberdeck
# Without git, or before the first commit, the version is "dev".
VERSION  := $(shell git describe --always --dirty 2>/dev/null || echo dev)
LDFLAGS  := -s -w -X main.version=$(VERSION)
# The linter and benchstat are pinned in a module of their own, so that they
# never appear among the program's dependencies.
TOOL     := $(GO) tool -modfile=.ci/tools/go.mod
FUZZTIME ?= 10s
CHECKFUZZ ?= 5000x
BENCHOUT ?= bin/bench.txt
BENCH    ?= .
COUNT    ?= 6

# The program is built without cgo; only the race detector turns it on. It needs a
# C compiler with its headers, which a fresh machine may lack: building its runtime
# is the one sure way to know.
export CGO_ENABLED := 0
WITH_RACE := CGO_ENABLED=1 $(GO)
RACE_WORKS = $(WITH_RACE) build -race runtime/race runtime/cgo

.DEFAULT_GOAL := help
.PHONY: help build demo test race fuzz golden bench benchstat lint check fmt fmt-check vet clean

help: ## Show these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-10s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

build: ## Build bin/viberdeck (static, no cgo)
	$(GO) build -buildvcs=false -trimpath -ldflags "$(LDFLAGS)" -o $(BIN) .

demo: build ## Build and open the dashboard on simulated vendors, no network
	@./$(BIN) demo

test: ## Run all tests, with the race detector where there is a C compiler
	@if $(RACE_WORKS) 2>/dev/null; then \
		$(WITH_RACE) test -race ./...; \
	else \
		echo "no C compiler here: testing without the race detector" >&2; \
		$(GO) test ./...; \
	fi

race: ## Run all tests with the race detector; fail where it cannot work
	@$(RACE_WORKS) || { echo "the race detector needs a C compiler (gcc or clang)" >&2; exit 1; }
	$(WITH_RACE) test -race ./...

# `go test -list` prints the names of a package's targets and then "ok  <package> …".
# `go test -fuzz` takes one target of one package at a time. With a duration, Go before
# 1.27 may end a sound run with a bare "context deadline exceeded" (go.dev/issue/75804);
# a number of runs such as FUZZTIME=5000x is free of that, so `make check` uses one.
fuzz: ## Run each fuzz target for FUZZTIME (default 10s)
	@targets=$$($(GO) test -list '^Fuzz' ./...) || { echo "$$targets"; exit 1; }; \
	echo "$$targets" | awk '/^Fuzz/ { names[++n] = $$1 } $$1 == "ok" { for (i = 1; i <= n; i++) print $$2, names[i]; n = 0 }' | \
	while read -r package name; do \
		echo "fuzz $$package $$name for $(FUZZTIME)"; \
		$(GO) test -run '^$$' -fuzz "^$$name\$$" -fuzztime $(FUZZTIME) "$$package" </dev/null || exit 1; \
	done

# Only packages whose tests compare golden files know the flag.
golden: ## Rewrite the golden screens and generated documents; read the diff before committing
	@packages=$$(grep -rlE 'x/exp/golden"|Bool\("update"' --include='*_test.go' ui | sed 's|^|./|; s|/[^/]*$$||' | sort -u); \
	if [ -z "$$packages" ]; then echo "no golden tests under ui"; exit 1; fi; \
	$(GO) test $$packages -update
	$(GO) test -run 'README|VendorsDocument' . -update
	@git --no-pager diff --stat -- ui testdata README.md docs docs

bench: ## Run benchmarks COUNT times into BENCHOUT, for benchstat
	@mkdir -p $(dir $(BENCHOUT))
	$(GO) test -run '^$$' -bench '$(BENCH)' -benchmem -count $(COUNT) ./... > $(BENCHOUT) || { cat $(BENCHOUT); exit 1; }
	$(TOOL) benchstat $(BENCHOUT)

benchstat: ## Compare two benchmark files: make benchstat OLD=a.txt NEW=b.txt
	$(TOOL) benchstat $(OLD) $(NEW)

lint: ## Run golangci-lint (its first build takes a minute or two)
	$(TOOL) golangci-lint run ./...

fmt: ## Format all Go files
	$(GOFMT) -w .

fmt-check: ## Fail when a Go file is not formatted
	@unformatted=$$($(GOFMT) -l .) || exit 1; \
	if [ -n "$$unformatted" ]; then echo "not formatted, run make fmt:"; echo "$$unformatted"; exit 1; fi

vet: ## Run go vet
	$(GO) vet ./...

# One after the other, cheapest first, and the tests last: the end of the output is
# what `go test` says.
check: ## Everything that must hold before a commit; .ci/run runs this
	@$(MAKE) --no-print-directory fmt-check
	@$(MAKE) --no-print-directory vet
	@$(MAKE) --no-print-directory build
	@$(MAKE) --no-print-directory lint
	@$(MAKE) --no-print-directory fuzz FUZZTIME=$(CHECKFUZZ)
	@$(MAKE) --no-print-directory test

clean: ## Remove what make built
	rm -rf bin
