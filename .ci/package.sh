#!/usr/bin/env bash
# Packs the program that was built for a target, with its checksum, into target/dist:
#
#   .ci/package.sh TARGET [PROGRAM]
#
# The archive's name and what is in it are those that `cargo binstall` looks for ([package.metadata.binstall]
# in Cargo.toml) and that the formula of Homebrew downloads.
set -euo pipefail
cd "$(dirname "$0")/.."

target=$1
ending=
case $target in *-windows-*) ending=.exe ;; esac
program=${2:-target/$target/release/annals$ending}
name=annals-$(sh .ci/version.sh)-$target

dist=target/dist
rm -rf "${dist:?}/$name"
mkdir -p "$dist/$name/completions"
cp "$program" "$dist/$name/annals$ending"
cp README.md CHANGELOG.md LICENSE-APACHE LICENSE-MIT "$dist/$name"
# A program for another processor cannot run here; whoever packs it elsewhere does without these.
if "$program" --version >/dev/null 2>&1; then
  for shell in bash zsh fish; do
    "$program" completions "$shell" >"$dist/$name/completions/annals.$shell"
  done
fi
find "$dist/$name" -type d -empty -delete

cd "$dist"
case $target in
  *-windows-*)
    archive=$name.zip
    rm -f "$archive"
    7z a -bso0 "$archive" "$name"
    ;;
  *)
    archive=$name.tar.gz
    tar -czf "$archive" "$name"
    ;;
esac
rm -rf "$name"
# macOS has no sha256sum.
if command -v sha256sum >/dev/null; then
  sha256sum "$archive" >"$archive.sha256"
else
  shasum -a 256 "$archive" >"$archive.sha256"
fi
cat "$archive.sha256"
