#!/usr/bin/env bash
# Questions to a snapshot, in Spark with a master and two workers on this machine, beside Sail, DuckDB and the program.
#
#   benches/cluster.sh ANNALS [CLAIMS | FACTS.jsonl] [OPTIONS of cluster.py]   the table of docs/benchmarks.md
#   benches/cluster.sh ANNALS --check COUNT [SEED]   random selections of a dossier of uncertain facts, as .ci/check_sql.py
#
# Needs Java 17 and Python 3.11; installs what else it needs, pinned, below target/cluster (ANNALS_CLUSTER names another
# folder). Whatever it starts ends with it.
set -euo pipefail
cd "$(dirname "$0")/.."
annals=$(realpath "$1")
what=${2:-1000000}
shift $(($# > 1 ? 2 : 1))
home=${ANNALS_CLUSTER:-${CARGO_TARGET_DIR:-target}/cluster}
mkdir -p "$home"
home=$(realpath "$home")
venv=$home/venv
packages="pyspark[connect]==4.1.3 duckdb==2.0.1 pysail==0.7.2 pyarrow==26.0.1 pandas==3.1.1"
if [ "$(cat "$venv/packages" 2>/dev/null)" != "$packages" ]; then
  rm -rf "$venv"
  python3 -m venv "$venv"
  # shellcheck disable=SC2086 # several packages
  "$venv/bin/pip" install -q $packages
  echo "$packages" >"$venv/packages"
fi

SPARK_HOME=$("$venv/bin/python" -c 'import os, pyspark; print(os.path.dirname(pyspark.__file__))')
export SPARK_HOME PYSPARK_PYTHON="$venv/bin/python" SPARK_LOCAL_IP=127.0.0.1
pids=$home/pids
: >"$pids"
trap 'xargs -r kill 2>/dev/null <"$pids" || true' EXIT
trap 'exit 1' INT TERM

# start NAME CLASS ARGUMENTS…: a process of Spark, whose number is noted.
start() {
  local name=$1
  shift
  "$SPARK_HOME/bin/spark-class" "$@" >"$home/$name.log" 2>&1 &
  echo $! >>"$pids"
}
# waits_for NAME WORDS: until a process has logged these.
waits_for() {
  for _ in $(seq 120); do
    grep -q "$2" "$home/$1.log" && return
    sleep 1
  done
  tail -5 "$home/$1.log" >&2
  exit 1
}

spark() {
  start master org.apache.spark.deploy.master.Master --host 127.0.0.1 --port 17077 --webui-port 18080
  waits_for master "Starting Spark master"
  local nth
  for nth in 1 2; do
    start worker$nth org.apache.spark.deploy.worker.Worker --host 127.0.0.1 --cores 1 --memory 4g \
      --work-dir "$home/work$nth" --webui-port 1808$nth spark://127.0.0.1:17077
    waits_for worker$nth "Successfully registered"
  done
  start connect org.apache.spark.deploy.SparkSubmit --master spark://127.0.0.1:17077 --driver-memory 6g \
    --conf spark.executor.memory=3g --conf spark.connect.grpc.binding.port=15102 --conf spark.driver.host=127.0.0.1 \
    --conf spark.sql.shuffle.partitions=4 --conf spark.driver.maxResultSize=4g --conf spark.ui.enabled=false \
    --conf spark.sql.maxPlanStringLength=10000 --conf spark.sql.debug.maxToStringFields=5 \
    --conf spark.connect.grpc.maxInboundMessageSize=268435456 --conf spark.connect.grpc.marshallerRecursionLimit=8192 \
    --class org.apache.spark.sql.connect.service.SparkConnectServer spark-internal
  waits_for connect "Spark Connect server started"
  # What the workers started for themselves.
  "$venv/bin/python" -c "
from pyspark.sql.connect.session import SparkSession
SparkSession.builder.remote('sc://127.0.0.1:15102').create().range(9, numPartitions=2).count()"
  local pid children
  children=$(while read -r pid; do pgrep -P "$pid" || true; done <"$pids")
  echo "$children" >>"$pids"
}

snapshot=$home/facts.annals
if [ "$what" = --check ]; then
  python3 benches/make_uncertain.py 250 "$home/facts.jsonl" "${2:-1}"
  "$annals" build "$home/facts.jsonl" -q -o "$snapshot" --for-cluster
  spark
  "$venv/bin/python" .ci/check_sql.py "$annals" "$snapshot" "$1" sc://127.0.0.1:15102 "${2:-1}"
  exit
fi
facts=$what
if [ ! -f "$what" ]; then
  facts=$home/facts.jsonl
  python3 benches/make_uncertain.py "$what" "$facts"
fi
"$annals" build "$facts" -q -o "$snapshot" --for-cluster
spark
"$venv/bin/python" benches/cluster.py "$annals" "$snapshot" --engines annals,duckdb,sail,sc://127.0.0.1:15102 --pids "$pids" "$@"
