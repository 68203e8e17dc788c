package org.minutebook.search.alerts.delivery;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Resolves names of webhooks, and only to addresses that everybody may reach. It is asked for each
 * connection, so a name that later means a private address is found out then.
 */
final class WebhookTargets implements DnsResolver {

    /** The answer for a name that has a private address. */
    static final class PrivateAddressException extends UnknownHostException {
        private static final long serialVersionUID = 1;

        PrivateAddressException(String host) {
            super(host + " is not a public address");
        }
    }

    /**
     * Networks in which nothing is everybody's: address and length of its prefix. Source: IANA's
     * special-purpose address registries for IPv4 and IPv6, those not globally reachable, with the
     * translations that may lead to one, and the address at which Azure's machines ask for
     * themselves.
     */
    private static final List<Network> CLOSED =
            List.of(
                    Network.of("0.0.0.0", 8),
                    Network.of("10.0.0.0", 8),
                    Network.of("100.64.0.0", 10),
                    Network.of("127.0.0.0", 8),
                    Network.of("168.63.129.16", 32),
                    Network.of("169.254.0.0", 16),
                    Network.of("172.16.0.0", 12),
                    Network.of("192.0.0.0", 24),
                    Network.of("192.0.2.0", 24),
                    Network.of("192.88.99.0", 24),
                    Network.of("192.168.0.0", 16),
                    Network.of("198.18.0.0", 15),
                    Network.of("198.51.100.0", 24),
                    Network.of("203.0.113.0", 24),
                    Network.of("224.0.0.0", 3),
                    Network.of("::", 96),
                    Network.of("64:ff9b::", 96),
                    Network.of("64:ff9b:1::", 48),
                    Network.of("100::", 64),
                    Network.of("2001::", 23),
                    Network.of("2001:db8::", 32),
                    Network.of("2002::", 16),
                    Network.of("3fff::", 20),
                    Network.of("5f00::", 16),
                    Network.of("fc00::", 7),
                    Network.of("fe80::", 10),
                    Network.of("fec0::", 10),
                    Network.of("ff00::", 8));

    /** Addresses that begin alike. */
    private record Network(List<Byte> address, int length) {

        static Network of(String address, int length) {
            return new Network(bytes(InetAddress.ofLiteral(address)), length);
        }

        boolean contains(InetAddress candidate) {
            List<Byte> other = bytes(candidate);
            if (other.size() != address.size()) {
                return false;
            }
            for (int bit = 0; bit < length; bit++) {
                int mask = 0x80 >> (bit % Byte.SIZE);
                int place = bit / Byte.SIZE;
                if ((address.get(place) & mask) != (other.get(place) & mask)) {
                    return false;
                }
            }
            return true;
        }

        private static List<Byte> bytes(InetAddress address) {
            byte[] raw = address.getAddress();
            Byte[] boxed = new Byte[raw.length];
            for (int i = 0; i < raw.length; i++) {
                boxed[i] = raw[i];
            }
            return List.of(boxed);
        }
    }

    /** Whether an address is one that everybody may reach. */
    static boolean isPublic(InetAddress address) {
        return CLOSED.stream().noneMatch(network -> network.contains(address));
    }

    private final DnsResolver names;

    WebhookTargets() {
        this(SystemDefaultDnsResolver.INSTANCE);
    }

    /**
     * @param names who knows the addresses of a name
     */
    WebhookTargets(DnsResolver names) {
        this.names = names;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = names.resolve(host);
        for (InetAddress address : addresses) {
            if (!isPublic(address)) {
                throw new PrivateAddressException(host);
            }
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return names.resolveCanonicalHostname(host);
    }
}
