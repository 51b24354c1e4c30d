# Lookalike: the commands a person needs. Each does its own set-up, and does nothing twice.

PHOTOS ?=
QUERY ?=

.PHONY: help demo test test-postgres test-browser on-a-server in-a-browser build check bench bench-networks bench-search bench-catalogues bench-clusters

help:
	@echo "make demo                          draw a catalogue of garments, search it, leave demo/result.jpg"
	@echo "make demo PHOTOS=dir QUERY=p.jpg   the same on photos of yours"
	@echo "make test                          run all tests"
	@echo "make test-postgres                 those that need a PostgreSQL server, which is started for them"
	@echo "make test-browser                  those of the page alone, in a real browser"
	@echo "make build                         build the program: .build/release/lookalike"
	@echo "make check                         format, warnings, dependencies"
	@echo "make bench PHOTOS=dir QUERY=p.jpg  measure indexing and searching"
	@echo "make bench-networks PYTHON=p       measure networks against PyTorch, which p has"
	@echo "make bench-catalogues              measure catalogues on a PostgreSQL server"
	@echo "make bench-clusters                measure a catalogue on three shards (for root: networks are made)"
	@echo "make bench-search PYTHON=p         measure vector search against faiss and others, which p has"

build:
	@Scripts/setup
	@Scripts/build -c release --product lookalike
	@.build/release/lookalike models fetch efficientnet-lite0

demo: build
	@Scripts/build -c release --product draw-garments
	@Scripts/demo "$(PHOTOS)" "$(QUERY)"

test:
	@Scripts/setup $(if $(filter x86_64,$(shell uname -m)),--openvino)
	@Scripts/test
	@echo "On a server and in a browser, at once, since each waits half of the time: what they say comes when they are done"
	@$(MAKE) --no-print-directory --jobs=2 --output-sync=target on-a-server in-a-browser

test-postgres:
	@Scripts/setup
	@Scripts/build --build-tests
	@$(MAKE) --no-print-directory on-a-server

test-browser:
	@Scripts/setup
	@Scripts/build --product lookalike
	@$(MAKE) --no-print-directory in-a-browser

# What is built is tested as it is. Hundreds of tests at once leave little to a browser that does one after the other.
on-a-server:
	@nice -n 5 Scripts/test-postgres

in-a-browser:
	@Scripts/test-browser

check:
	@Scripts/setup
	@Scripts/check

bench: build
	@Benchmarks/run "$(PHOTOS)" "$(QUERY)"

bench-networks:
	@Scripts/setup --openvino
	@Scripts/build -c release --package-path Benchmarks --product networks
	@$(or $(PYTHON),python3) Benchmarks/networks.py | tee Benchmarks/Results/$$(date +%F)-networks.txt

bench-catalogues:
	@Scripts/setup
	@Scripts/build -c release --package-path Benchmarks --product serving-catalogues
	@Benchmarks/catalogues

bench-clusters:
	@Scripts/setup
	@Scripts/build -c release --package-path Benchmarks --product serving-catalogues
	@Benchmarks/clusters

bench-search:
	@Scripts/build -c release --package-path Benchmarks --product searching
	@$(or $(PYTHON),python3) Benchmarks/search.py $(SEARCH) | tee Benchmarks/Results/$$(date +%F)-search.txt
