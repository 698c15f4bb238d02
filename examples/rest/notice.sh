#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Publishes a text at a node over HTTP, as soon as it is ready. usage: notice.sh HOST:PORT TOKEN TOPIC TEXT
set -eu
node=http://$1
token="Authorization: Bearer $2"

# A node that has peers does not fail; the node tells why if it has none.
tries=0
until state=$(curl -s "$node/health/ready") && ! echo "$state" | grep -q '"status":"fail"'; do
  tries=$((tries + 1))
  [ "$tries" -lt 60 ] || { echo "not ready: ${state:-no answer from $node}" >&2; exit 1; }
  sleep 1
done

curl -fsS -H "$token" --data-urlencode "topic=$3" --data-urlencode "text=$4" "$node/api/v1/publish"
echo
