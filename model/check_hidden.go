package model

import (
	"net/netip"
	"strconv"
	"strings"
)

// HiddenHost reports whether a host can be reached only from its own network, or not at all.
func HiddenHost(host string) bool {
	host = strings.ToLower(strings.TrimRight(host, "."))
	if ip, err := netip.ParseAddr(host); err == nil {
		return !PublicAddress(ip)
	}
	if last := host[strings.LastIndexByte(host, '.')+1:]; hostNumber.MatchString(last) {
		ip, ok := numericHost(host)
		return !ok || !PublicAddress(ip)
	}
	for _, end := range []string{"localhost", "local", "internal", "lan", "home.arpa"} {
		if host == end || strings.HasSuffix(host, "."+end) {
			return true
		}
	}
	return host != "" && !strings.Contains(host, ".")
}

// PublicAddress reports whether an address can be reached from everywhere.
func PublicAddress(ip netip.Addr) bool {
	ip = ip.Unmap()
	if as16 := ip.As16(); ip.Is6() {
		for _, prefix := range []string{"::/96", "64:ff9b::/96"} { // the last four bytes are an IPv4 address
			if netip.MustParsePrefix(prefix).Contains(ip) {
				return PublicAddress(netip.AddrFrom4([4]byte(as16[12:])))
			}
		}
	}
	shared := netip.MustParsePrefix("100.64.0.0/10") // between providers and their customers
	thisNetwork := netip.MustParsePrefix("0.0.0.0/8")
	return ip.IsGlobalUnicast() && !ip.IsPrivate() && !shared.Contains(ip) && !thisNetwork.Contains(ip)
}

// hostNumber matches a part of an IPv4 address as browsers and resolvers read it. No name of a host
// ends in one.
var hostNumber = NewPattern(`^(0x[0-9a-f]*|[0-9]+)$`)

// numericHost reads an IPv4 address of one to four decimal, octal or hexadecimal parts, of which
// the last fills the rest: 127.1, 0x7f.1 and 2130706433 are all 127.0.0.1.
func numericHost(host string) (ip netip.Addr, ok bool) {
	parts := strings.Split(host, ".")
	if len(parts) > 4 {
		return ip, false
	}
	var value uint64
	for i, part := range parts {
		digits, base := part, 10
		switch {
		case strings.HasPrefix(part, "0x"):
			digits, base = "0"+part[2:], 16
		case len(part) > 1 && part[0] == '0':
			base = 8
		}
		n, err := strconv.ParseUint(digits, base, 32)
		bits := 8
		if i == len(parts)-1 {
			bits = 8 * (5 - len(parts))
		}
		if err != nil || n >= 1<<bits {
			return ip, false
		}
		value = value<<bits | n
	}
	return netip.AddrFrom4([4]byte{byte(value >> 24), byte(value >> 16), byte(value >> 8), byte(value)}), true
}
