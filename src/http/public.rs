//! Which addresses belong to the public internet.
//!
//! `std`'s own `is_global` is not stable, and crates that have it differ in what they leave out; a list this short is read
//! faster than a dependency.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// Blocks that are not the public internet: first address and length of the prefix.
/// Source: <https://www.iana.org/assignments/iana-ipv4-special-registry/> (read 2026-11-22), and multicast.
const NOT_PUBLIC_V4: [(Ipv4Addr, u32); 17] = [
    // "This network".
    (Ipv4Addr::new(0, 0, 0, 0), 8),
    // Private.
    (Ipv4Addr::new(10, 0, 0, 0), 8),
    // Shared by the customers of a provider; Alibaba's metadata (100.100.100.200) as well.
    (Ipv4Addr::new(100, 64, 0, 0), 10),
    // Loopback.
    (Ipv4Addr::new(127, 0, 0, 0), 8),
    // Link-local; the metadata of most clouds (169.254.169.254).
    (Ipv4Addr::new(169, 254, 0, 0), 16),
    // Private.
    (Ipv4Addr::new(172, 16, 0, 0), 12),
    // Protocol assignments; Oracle's metadata (192.0.0.192).
    (Ipv4Addr::new(192, 0, 0, 0), 24),
    // Documentation.
    (Ipv4Addr::new(192, 0, 2, 0), 24),
    // Relays of 6to4, given up.
    (Ipv4Addr::new(192, 88, 99, 0), 24),
    // Private.
    (Ipv4Addr::new(192, 168, 0, 0), 16),
    // Benchmarks.
    (Ipv4Addr::new(198, 18, 0, 0), 15),
    // Documentation.
    (Ipv4Addr::new(198, 51, 100, 0), 24),
    (Ipv4Addr::new(203, 0, 113, 0), 24),
    // Azure's own services beside each machine.
    // Source: <https://learn.microsoft.com/azure/virtual-network/what-is-ip-address-168-63-129-16> (read 2026-11-22).
    (Ipv4Addr::new(168, 63, 129, 16), 32),
    // Multicast.
    (Ipv4Addr::new(224, 0, 0, 0), 4),
    // Reserved, and broadcast.
    (Ipv4Addr::new(240, 0, 0, 0), 4),
    (Ipv4Addr::new(255, 255, 255, 255), 32),
];

/// What of IPv6 is given out to the public at all. Everything else is loopback, link-local, unique local (`fd00:ec2::254`,
/// Amazon's metadata, among it), multicast or not in use.
const GIVEN_OUT: (Ipv6Addr, u32) = (Ipv6Addr::new(0x2000, 0, 0, 0, 0, 0, 0, 0), 3);

/// Blocks within it that are not the public internet.
/// Source: <https://www.iana.org/assignments/iana-ipv6-special-registry/> (read 2026-11-22).
const NOT_PUBLIC_V6: [(Ipv6Addr, u32); 3] = [
    // Protocol assignments: Teredo, which hides an IPv4 address, benchmarks, ORCHID.
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23),
    // Documentation.
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20),
];

/// An IPv4 address as networks without IPv4 see it.
/// Source: <https://www.rfc-editor.org/rfc/rfc6052> (the well-known prefix of NAT64).
const TRANSLATED: (Ipv6Addr, u32) = (Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, 0, 0), 96);

/// Where 6to4 puts an IPv4 address. Source: <https://www.rfc-editor.org/rfc/rfc3056>.
const SIX_TO_FOUR: (Ipv6Addr, u32) = (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16);

/// Whether an address belongs to the public internet.
pub(super) fn is_public(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_public_v4(address),
        IpAddr::V6(address) => is_public_v6(address),
    }
}

fn is_public_v4(address: Ipv4Addr) -> bool {
    let bits = u32::from(address);
    !NOT_PUBLIC_V4.iter().any(|(first, length)| (bits ^ u32::from(*first)) >> (32 - length) == 0)
}

fn is_public_v6(address: Ipv6Addr) -> bool {
    let bits = u128::from(address);
    let is_in = |(first, length): (Ipv6Addr, u32)| (bits ^ u128::from(first)) >> (128 - length) == 0;
    let embedded =
        |shift: u32| is_public_v4(Ipv4Addr::from_bits(u32::try_from(bits >> shift & 0xFFFF_FFFF).unwrap_or(0)));
    if let Some(address) = address.to_ipv4_mapped() {
        return is_public_v4(address);
    }
    if is_in(TRANSLATED) {
        return embedded(0);
    }
    if is_in(SIX_TO_FOUR) {
        return embedded(80);
    }
    is_in(GIVEN_OUT) && !NOT_PUBLIC_V6.into_iter().any(is_in)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(address: &str, expect: bool) {
        assert_eq!(is_public(address.parse().unwrap()), expect, "{address}");
    }

    #[test]
    fn what_is_not_the_public_internet_is_known() {
        for address in [
            "0.0.0.0",
            "0.1.2.3",
            "10.0.0.1",
            "10.255.255.255",
            "100.64.0.1",
            "100.100.100.200",
            "100.127.255.255",
            "127.0.0.1",
            "127.255.255.254",
            "169.254.0.1",
            "169.254.169.254",
            "172.16.0.1",
            "172.31.255.255",
            "192.0.0.8",
            "192.0.0.192",
            "192.0.2.1",
            "192.88.99.1",
            "192.168.0.1",
            "192.168.255.255",
            "198.18.0.1",
            "198.19.255.255",
            "198.51.100.7",
            "203.0.113.9",
            "168.63.129.16",
            "224.0.0.1",
            "239.255.255.250",
            "240.0.0.1",
            "255.255.255.255",
        ] {
            check(address, false);
            check(&format!("::ffff:{address}"), false);
            check(&format!("::{address}"), false);
            check(&format!("64:ff9b::{address}"), false);
            let bits = u32::from(address.parse::<Ipv4Addr>().unwrap());
            check(&format!("2002:{:x}:{:x}::1", bits >> 16, bits & 0xFFFF), false);
        }
        for address in [
            "::",
            "::1",
            "fe80::1",
            "febf::1",
            "fec0::1",
            "fc00::1",
            "fd00:ec2::254",
            "fdff::1",
            "ff02::1",
            "2001:db8::1",
            "2001::1",
            "2001:10::1",
            "3fff::1",
            "64:ff9b:1::a00:1",
            "100::1",
            "5f00::1",
            "::ffff:0:7f00:1",
            "4000::1",
        ] {
            check(address, false);
        }
    }

    #[test]
    fn the_public_internet_is_known() {
        for address in [
            "1.1.1.1",
            "9.9.9.9",
            "100.63.255.255",
            "100.128.0.1",
            "172.15.0.1",
            "172.32.0.1",
            "192.167.0.1",
            "168.63.129.17",
            "198.17.0.1",
            "198.20.0.1",
            "223.255.255.255",
            "192.0.3.1",
        ] {
            check(address, true);
            check(&format!("::ffff:{address}"), true);
            check(&format!("64:ff9b::{address}"), true);
        }
        for address in ["2606:4700:4700::1111", "2001:4860:4860::8888", "2a00:1450::1", "2400::1", "2002:101:101::1"] {
            check(address, true);
        }
        check("::1.1.1.1", false);
    }
}
