# SPDX-License-Identifier: Apache-2.0
# A machine whose only network interface is loopback; runs JAVA CLASSES MAIN there. A JVM that starts without any address
# of IPv6 does without it for ever, so the interface goes down only then.
cd "$(dirname "$0")/../../.."
exec unshare --net sh -c 'ip link set lo up && exec "$@"' sh "$1" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx128m \
  -cp "$2" "$3"
