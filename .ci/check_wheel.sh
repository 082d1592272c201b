#!/usr/bin/env bash
# The wheel of the Python package, installed as people install it: by pip into a new environment, with
# --target, and in a folder whose name has spaces and other letters. Nothing but pip is there.
#
#   .ci/check_wheel.sh PYTHON WHEEL FOLDER     makes FOLDER, and removes it when all is well
set -euo pipefail
python=$1
wheel=$(cd "$(dirname "$2")" && pwd)/$(basename "$2")
folder="$3/with spaces löカ漢"
rm -rf "$3"
mkdir -p "$folder"

"$python" -m venv "$folder/env"
run="$folder/env/bin"
"$run/python" -m pip install -q --no-index "$wheel"
test "$("$run/python" -m pip list --format freeze | grep -cv '^\(pip\|setuptools\|wheel\)==')" = 1

"$run/annals" --version
"$run/annals" said data -f json -q >"$folder/program.json"
"$run/python" -m annals said data -f json -q | cmp - "$folder/program.json"
"$run/python" -c '
import annals, pathlib, sys
assert annals.open("data").said().json() == pathlib.Path(sys.argv[1]).read_bytes()
' "$folder/program.json"

"$python" -m pip install -q --no-index --target "$folder/target" "$wheel"
PYTHONPATH="$folder/target" "$python" -m annals said data -f json -q | cmp - "$folder/program.json"

cp -r data/harbour "$folder/löカ漢"
"$run/annals" check "$folder/löカ漢" -q
"$run/python" -c '
import annals, pathlib, sys
store = annals.open(pathlib.Path(sys.argv[1]))
assert len(store.said()) > 0
assert store.build(sys.argv[1] + ".annals").is_dir()
' "$folder/löカ漢"
rm -rf "$3"
echo "the wheel installs and answers: $("$python" --version)"
