# Recipes for working on Annals; `just` lists them. https://just.systems (or `pip install rust-just`)

[private]
default:
    @just --list

# Everything that must hold before a change lands, or some layers of it: lints, tests, programs, browser, python
ci *layers:
    bash .ci/run {{ layers }}

# The tests, or those with a name: just test chronology::solver
test *filter:
    cargo test {{ filter }}

# The longer form of tests with random input
thorough:
    ANNALS_THOROUGH=1 cargo test --test program -- answers:: chronology:: check::

# Renew all that is generated: graphs/, docs/reference/, the output on pages of docs/ and in tests/
regen:
    UPDATE=1 INSTA_UPDATE=always cargo test
    TRYCMD=overwrite cargo test --test program cli::
    git status --short

# Benchmarks: in process, or beside DuckDB over so many claims: just bench 100000
bench claims="":
    #!/usr/bin/env bash
    set -euo pipefail
    if [ -z "{{ claims }}" ]; then
      cargo bench
    else
      cargo build --release
      mkdir -p target/bench
      python3 benches/make_facts.py {{ claims }} target/bench/facts.jsonl
      python3 benches/compare.py target/bench/facts.jsonl
    fi

# How long building takes, from clean and after an edit
build-times *options:
    python3 benches/build_times.py {{ options }}

# Random bytes for a reader, for so many seconds, beginning with those of the tests: just fuzz bibtex 600
fuzz target seconds="60":
    mkdir -p fuzz/corpus/{{ target }}
    ANNALS_SEEDS=fuzz/corpus cargo test --test program check::fuzz_targets::{{ target }}
    cargo +nightly fuzz run {{ target }} -- -max_total_time={{ seconds }}

# The documentation of the library
docs:
    cargo doc --workspace --no-deps --open
