# SPDX-License-Identifier: Apache-2.0
# A local network, a router with miniupnpd, and what is outside, each in a namespace; runs JAVA CLASSES MAIN in the first.
set -e
JAVA=$1
CLASSES=$2
MAIN=$3
for n in ippan-lan ippan-gw ippan-out; do ip netns del $n 2>/dev/null || true; ip netns add $n; ip -n $n link set lo up; done
ip link add ipl0 netns ippan-lan type veth peer name ipg0 netns ippan-gw
ip link add ipg1 netns ippan-gw type veth peer name ipo0 netns ippan-out
ip -n ippan-lan addr add 192.168.77.2/24 dev ipl0; ip -n ippan-gw addr add 192.168.77.1/24 dev ipg0
ip -n ippan-gw addr add 45.45.45.1/24 dev ipg1; ip -n ippan-out addr add 45.45.45.2/24 dev ipo0
ip -n ippan-lan link set ipl0 up; ip -n ippan-gw link set ipg0 up; ip -n ippan-gw link set ipg1 up; ip -n ippan-out link set ipo0 up
ip -n ippan-lan route add default via 192.168.77.1
ip -n ippan-out route add default via 45.45.45.1
ip -n ippan-gw route add default via 45.45.45.2
cat > nft.conf <<N
table inet filter {
 chain miniupnpd {
 }
 chain prerouting_miniupnpd {
 }
 chain postrouting_miniupnpd {
 }
 chain forward {
  type filter hook forward priority 0; policy accept;
  jump miniupnpd
 }
 chain prerouting {
  type nat hook prerouting priority -100; policy accept;
  jump prerouting_miniupnpd
 }
 chain postrouting {
  type nat hook postrouting priority 100; policy accept;
  jump postrouting_miniupnpd
 }
}
N
ip netns exec ippan-gw nft -f nft.conf
cat > mini.conf <<N
ext_ifname=ipg1
listening_ip=ipg0
port=0
enable_natpmp=yes
enable_upnp=yes
secure_mode=yes
uuid=2e5f5c0e-7c52-4b7a-9a7c-3a6a5b6f7d11
serial=1
upnp_forward_chain=miniupnpd
upnp_nat_chain=prerouting_miniupnpd
upnp_nat_postrouting_chain=postrouting_miniupnpd
upnp_table_name=filter
upnp_nat_table_name=filter
allow 1024-65535 192.168.77.0/24 1024-65535
deny 0-65535 0.0.0.0/0 0-65535
N
ip netns exec ippan-gw miniupnpd -d -f mini.conf -P mini.pid > mini.log 2>&1 &
M=$!
trap 'kill $M; for n in ippan-lan ippan-gw ippan-out; do ip netns del $n; done' EXIT
sleep 2
timeout 90 ip netns exec ippan-lan "$JAVA" -XX:+UseSerialGC -Xmx64m -cp "$CLASSES" "$MAIN" || true
