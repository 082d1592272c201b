#!/bin/sh
# Fills in the formula of Homebrew and prints it:
#
#   fill.sh VERSION REPOSITORY FOLDER     with the checksums (*.sha256) that lie in FOLDER
#   fill.sh --check                       with invented ones; fails if anything is left open
set -eu
template=$(dirname "$0")/annals.rb.in

targets() {
  sed -n 's/.*@SHA256:\(.*\)@.*/\1/p' "$template"
}

fill() {
  version=$1 repository=$2 folder=$3
  set -- -e "s|@VERSION@|$version|g" -e "s|@REPOSITORY@|$repository|g"
  for target in $(targets); do
    sum=$(cut -d ' ' -f 1 "$folder/annals-$version-$target.tar.gz.sha256")
    test "${#sum}" = 64
    set -- "$@" -e "s|@SHA256:$target@|$sum|"
  done
  sed "$@" "$template"
}

if [ "$1" != --check ]; then
  fill "$@"
  exit
fi
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
for target in $(targets); do
  printf '%064d  archive\n' 0 >"$folder/annals-0.0.0-$target.tar.gz.sha256"
done
fill 0.0.0 https://forge.example/owner/annals "$folder" >"$folder/annals.rb"
if grep -n '@[A-Z]' "$folder/annals.rb"; then
  echo "the formula has places that nothing fills" >&2
  exit 1
fi
if command -v ruby >/dev/null; then
  ruby -c "$folder/annals.rb"
fi
