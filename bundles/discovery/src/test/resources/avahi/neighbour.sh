# SPDX-License-Identifier: Apache-2.0
# A host with avahi-daemon and one beside it, each in a namespace; runs JAVA CLASSES MAIN in the second.
set -e
JAVA=$1
CLASSES=$2
MAIN=$3
for n in ippan-avahi ippan-beside; do ip netns del $n 2>/dev/null || true; ip netns add $n; ip -n $n link set lo up; done
ip link add ipm0 netns ippan-avahi type veth peer name ipm1 netns ippan-beside
ip -n ippan-avahi addr add 192.168.78.1/24 dev ipm0; ip -n ippan-beside addr add 192.168.78.2/24 dev ipm1
ip -n ippan-avahi link set ipm0 up; ip -n ippan-beside link set ipm1 up
ip -n ippan-avahi route add 224.0.0.0/4 dev ipm0
mkdir services
cat > services/ippan.service <<S
<?xml version="1.0" standalone='no'?>
<!DOCTYPE service-group SYSTEM "avahi-service.dtd">
<service-group><name>0101010101010101</name><service><type>_ippan._tcp</type><port>9700</port>
<txt-record>peer=$(printf '01%.0s' $(seq 32))</txt-record><txt-record>net=$(printf '00%.0s' $(seq 16))</txt-record>
</service></service-group>
S
cat > avahi.conf <<C
[server]
host-name=neighbour
use-ipv4=yes
use-ipv6=no
allow-interfaces=ipm0
enable-dbus=no
[publish]
publish-addresses=yes
C
mkdir -p /run/avahi-daemon
# The command makes a mount namespace too: nothing outside it is covered.
ip netns exec ippan-avahi sh -c "mount --bind $PWD/services /etc/avahi/services && mount -t tmpfs none /run/avahi-daemon \
  && exec avahi-daemon -f $PWD/avahi.conf --no-drop-root --no-chroot --no-rlimits" > avahi.log 2>&1 &
A=$!
trap 'kill $A; for n in ippan-avahi ippan-beside; do ip netns del $n; done' EXIT
sleep 3
timeout 30 ip netns exec ippan-beside "$JAVA" -XX:+UseSerialGC -Xmx64m -cp "$CLASSES" "$MAIN" || cat avahi.log
