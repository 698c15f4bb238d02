# SPDX-License-Identifier: Apache-2.0
# A machine whose only network interface is loopback, and that one is down; runs JAVA CLASSES MAIN there.
cd "$(dirname "$0")/../../.."
exec unshare --net "$1" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx128m -cp "$2" "$3"
