# Everything here needs only Go and make. Optional tools (a C compiler for the race
# detector) are detected, and their absence is reported.

GO       ?= go
GOFMT     = "$$($(GO) env GOROOT)/bin/gofmt"
BIN      := bin/viberdeck
# Without git, or before the first commit, the version is "dev".
VERSION  := $(shell git describe --always --dirty 2>/dev/null || echo dev)
LDFLAGS  := -s -w -X main.version=$(VERSION)
# The linters and benchstat are pinned in a module of their own, so that they
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

# SQLite itself, translated from C, would take most of the time under the detector, and has locks
# of its own: it is compiled without it. Only that package: it has no generic code, whose copies the
# linker shares, so that an uninstrumented one would make races be seen where there are none.
# The checks of pointer arithmetic, which is the C compiler's in all of modernc.org, find nothing.
RACE_FLAGS := -race '-gcflags=modernc.org/...=-d=checkptr=0' \
	'-gcflags=modernc.org/sqlite/lib=-race=false -d=checkptr=0'

# Tests of the program wait for processes and screens more than they compute, so more
# of them run at once than there are cores.
PARALLEL ?= 8
# All packages, beginning with the one whose tests take longest.
TESTED   := ./ui/cli/programtest ./...
# Go ends a package after ten minutes, which a busy machine may need with the race detector.
# The tests' binaries are not debugged, and without debug information they link in half the time.
# What go vet finds in them is `make vet`'s to say.
TEST     := test -parallel $(PARALLEL) -timeout 15m -ldflags=-w -vet=off

# Longer proofs: tests that repeat something take many more rounds when this is set.
SOAKCHECKS ?= 100000
SOAKTIME   ?= 4h

.DEFAULT_GOAL := help
.PHONY: install files package installed help build demo test quick race soak fuzz golden bench benchstat lint vulnerabilities check fmt fmt-check vet clean

help: ## Show these targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / { printf "  make %-15s %s\n", $$1, $$2 }' $(firstword $(MAKEFILE_LIST))

build: ## Build bin/viberdeck (static, no cgo)
	$(GO) build -buildvcs=false -trimpath -ldflags "$(LDFLAGS)" -o $(BIN) .

# Where `make install` puts things; DESTDIR is put before all of it.
PREFIX  ?= /usr/local
DESTDIR ?=
TO       = $(DESTDIR)$(PREFIX)

install: build files ## Install program, manual, completions, unit and examples below PREFIX (DESTDIR before it)
	install -Dm755 $(BIN) $(TO)/bin/viberdeck

# Everything except the program, which generates its manual and completions itself.
files: build
	install -d $(TO)/share/man/man1 $(TO)/share/bash-completion/completions $(TO)/share/zsh/site-functions \
		$(TO)/share/fish/vendor_completions.d $(TO)/share/doc/viberdeck/examples $(TO)/lib/systemd/system \
		$(TO)/lib/sysusers.d $(TO)/lib/tmpfiles.d
	./$(BIN) man | gzip -9n > $(TO)/share/man/man1/viberdeck.1.gz
	./$(BIN) completion bash > $(TO)/share/bash-completion/completions/viberdeck
	./$(BIN) completion zsh > $(TO)/share/zsh/site-functions/_viberdeck
	./$(BIN) completion fish > $(TO)/share/fish/vendor_completions.d/viberdeck.fish
	install -m644 README.md LICENSE CHANGELOG.md config.example.toml docs/*.md $(TO)/share/doc/viberdeck/
	install -m644 packaging/nginx.conf packaging/Caddyfile packaging/fail2ban-filter.conf packaging/fail2ban-jail.conf \
		$(TO)/share/doc/viberdeck/examples/
	sed 's|@BINDIR@|$(PREFIX)/bin|' packaging/viberdeck.service > $(TO)/lib/systemd/system/viberdeck.service
	install -m644 packaging/sysusers.conf $(TO)/lib/sysusers.d/viberdeck.conf
	install -m644 packaging/tmpfiles.conf $(TO)/lib/tmpfiles.d/viberdeck.conf

# Package versions must start with a number; a commit without a tag precedes the first version.
PACKAGE_VERSION = $(patsubst v%,%,$(shell git describe --tags --match 'v[0-9]*' 2>/dev/null || echo 0.0.0~$(VERSION)))
PACKAGES = bin/packages

package: ## Build deb, rpm, tar, SBOM and checksums into bin/packages, and try the deb
	rm -rf bin/root $(PACKAGES); mkdir -p $(PACKAGES)
	$(MAKE) --no-print-directory install PREFIX=/usr DESTDIR=bin/root
	$(GO) build -modfile=.ci/package/go.mod -o bin/nfpm github.com/goreleaser/nfpm/v2/cmd/nfpm
	for kind in deb rpm; do VERSION=$(PACKAGE_VERSION) ARCH=$$($(GO) env GOARCH) \
		bin/nfpm package -f packaging/nfpm.yaml -p $$kind -t $(PACKAGES)/ || exit 1; done
	tar -C bin/root -czf $(PACKAGES)/viberdeck-$(PACKAGE_VERSION)-linux-$$($(GO) env GOARCH).tar.gz --owner=0 --group=0 usr
	$(GO) version -m $(BIN) | awk -v version=$(PACKAGE_VERSION) -v created=$$(date -u +%FT%TZ) -f packaging/sbom.awk \
		> $(PACKAGES)/viberdeck-$(PACKAGE_VERSION).spdx
	cd $(PACKAGES) && sha256sum * > SHA256SUMS
	packaging/check.sh $(PACKAGES)/*.deb

# A few seconds of `make package`: what is installed is whole and starts.
installed: ## Install into bin/root and start what is there
	$(MAKE) --no-print-directory install PREFIX=/usr DESTDIR=bin/root > /dev/null
	packaging/check.sh bin/root

demo: build ## Build and open the dashboard on simulated vendors, no network
	@./$(BIN) demo

test: ## Run all tests, with the race detector where there is a C compiler
	@if $(RACE_WORKS) 2>/dev/null; then \
		$(WITH_RACE) $(TEST) $(RACE_FLAGS) $(TESTED); \
	else \
		echo "no C compiler here: testing without the race detector" >&2; \
		$(GO) $(TEST) $(TESTED); \
	fi

# -short gives tests of random cases a part of their rounds; all other tests are the same. Collecting
# less garbage saves the linker half and the tests a fifth of their time, for some hundred MiB.
# Some packages wait more than they compute, so that four at once keep two cores busy.
quick: export GOGC ?= 400
quick: ## Run all tests without the race detector and with fewer random cases, in a minute
	$(GO) $(TEST) -short -p 4 $(TESTED)

race: ## Run all tests with the race detector; fail where it cannot work
	@$(RACE_WORKS) || { echo "the race detector needs a C compiler (gcc or clang)" >&2; exit 1; }
	$(WITH_RACE) $(TEST) $(RACE_FLAGS) $(TESTED)

# Tests read VIBERDECK_SOAK to repeat more; property tests know a flag of their own.
soak: ## Run all tests with many more repetitions (hours): before a release
	VIBERDECK_SOAK=1 $(GO) $(TEST) -count 1 -timeout $(SOAKTIME) ./...
	@for package in $$(grep -rl '"pgregory.net/rapid"' --include='*_test.go' . | sed 's|/[^/]*$$||' | sort -u); do \
		echo "properties of $$package, $(SOAKCHECKS) checks each"; \
		$(GO) test -count 1 -timeout $(SOAKTIME) -run Property "$$package" -rapid.checks=$(SOAKCHECKS) || exit 1; \
	done

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
	@packages=$$(grep -rlE 'x/exp/golden"|Bool\("update"' --include='*_test.go' ui | grep -v programtest | sed 's|^|./|; s|/[^/]*$$||' | sort -u); \
	if [ -z "$$packages" ]; then echo "no golden tests under ui"; exit 1; fi; \
	$(GO) test $$packages -update
	$(GO) test -run ANewFileIsWhatTheMigrationsMake ./cache -update
	$(GO) test -run 'Guide|VendorsDocument|LicencesDocument' ./ui/cli/programtest -update
	@git --no-pager diff --stat -- ui cache testdata README.md docs

bench: ## Run benchmarks COUNT times into BENCHOUT, for benchstat
	@mkdir -p $(dir $(BENCHOUT))
	$(GO) test -run '^$$' -bench '$(BENCH)' -benchmem -count $(COUNT) ./... > $(BENCHOUT) || { cat $(BENCHOUT); exit 1; }
	$(TOOL) benchstat $(BENCHOUT)

benchstat: ## Compare two benchmark files: make benchstat OLD=a.txt NEW=b.txt
	$(TOOL) benchstat $(OLD) $(NEW)

lint: ## Run golangci-lint, deadcode and govulncheck (their first build takes a minute or two)
	$(TOOL) golangci-lint run ./...
	@dead=$$($(TOOL) deadcode ./... | grep -vE '^(vendors/vendortest|cache/storetest)/'); \
	if [ -n "$$dead" ]; then echo "nothing reaches this, so wire it or take it out:"; echo "$$dead"; exit 1; fi
	@$(MAKE) --no-print-directory vulnerabilities

# The list of known vulnerabilities is on the network: without it nothing is proved, which is reported.
vulnerabilities: ## Look for known vulnerabilities in what is linked, where the network can be reached
	@found=$$($(TOOL) govulncheck ./... 2>&1) && { echo "$$found"; exit 0; }; \
	if echo "$$found" | grep -q '^Vulnerability #'; then echo "$$found"; exit 1; fi; \
	echo "known vulnerabilities were not looked for: $$(echo "$$found" | tail -1)" >&2

fmt: ## Format all Go files
	$(GOFMT) -w .

fmt-check: ## Fail when a Go file is not formatted
	@unformatted=$$($(GOFMT) -l .) || exit 1; \
	if [ -n "$$unformatted" ]; then echo "not formatted, run make fmt:"; echo "$$unformatted"; exit 1; fi

vet: ## Run go vet
	$(GO) vet ./...

# One after the other, cheapest first, and the tests last. What went wrong is the end of the
# output; when nothing did, the end says where the time went.
check: ## Everything that must hold before a commit, and where its time goes; .ci/run runs this
	@mkdir -p bin; : > bin/check-times; : > bin/check-log; all=$$(date +%s); \
	for step in fmt-check vet build installed lint fuzz test; do \
		begun=$$(date +%s); \
		{ $(MAKE) --no-print-directory $$step FUZZTIME=$(CHECKFUZZ) 2>&1; echo "exit $$?" > bin/check-exit; } | tee bin/check-log; \
		grep -qx 'exit 0' bin/check-exit || { echo "make check: $$step failed" >&2; exit 1; }; \
		printf '%6d s  make %s\n' $$(($$(date +%s) - begun)) $$step >> bin/check-times; \
	done; \
	echo; echo "where the time went: $$(($$(date +%s) - all)) s"; cat bin/check-times; \
	echo "the slowest packages of the tests (cached ones took none):"; \
	awk '$$1 == "ok" && $$3 ~ /s$$/ { printf "%8.1f s  %s\n", $$3, $$2 }' bin/check-log | sort -rn | head -5

clean: ## Remove what make built
	rm -rf bin
