package org.minutebook.search.alerts.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class WebhookTargetsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.255.0.1",
                "10.1.2.3",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.1.1",
                "169.254.169.254",
                "100.100.100.200",
                "168.63.129.16",
                "0.0.0.0",
                "255.255.255.255",
                "224.0.0.1",
                "198.18.0.1",
                "::1",
                "::",
                "fe80::1",
                "fc00::1",
                "fd00:ec2::254",
                "fec0::1",
                "ff02::1",
                "::ffff:127.0.0.1",
                "::ffff:10.0.0.1",
                "64:ff9b::7f00:1",
                "64:ff9b:1::a00:1",
                "2002:7f00:1::",
                "2001::1",
                "2001:db8::1",
                "::127.0.0.1"
            })
    void an_address_that_is_not_everybodys_is_not_called(String address) throws Exception {
        assertThat(WebhookTargets.isPublic(InetAddress.getByName(address))).isFalse();
        assertThatThrownBy(() -> new WebhookTargets().resolve(address))
                .isInstanceOf(WebhookTargets.PrivateAddressException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "93.184.215.14",
                "172.15.0.1",
                "172.32.0.1",
                "100.63.255.255",
                "169.253.1.1",
                "2606:2800:21f:cb07:6820:80da:af6b:8b2c",
                "2a00:1450:4009::1"
            })
    void a_public_address_is_called(String address) throws Exception {
        assertThat(new WebhookTargets().resolve(address))
                .containsExactly(InetAddress.getByName(address));
    }

    @ParameterizedTest
    @ValueSource(strings = {"2130706433", "127.1", "0x7f000001", "017700000001", "localhost"})
    void other_ways_to_write_this_machine_are_found_out(String host) {
        assertThatThrownBy(() -> new WebhookTargets().resolve(host))
                .isInstanceOf(UnknownHostException.class);
    }

    @Test
    void a_name_with_one_private_address_among_public_ones_is_not_called() {
        assertThatThrownBy(() -> targets("93.184.215.14,10.0.0.1").resolve("rebind.example"))
                .isInstanceOf(WebhookTargets.PrivateAddressException.class);
        assertThatThrownBy(() -> targets("93.184.215.14,::1").resolve("rebind.example"))
                .isInstanceOf(WebhookTargets.PrivateAddressException.class);
    }

    @Test
    void a_name_that_means_another_address_by_the_next_connection_is_found_out() throws Exception {
        WebhookTargets targets = targets("93.184.215.14", "127.0.0.1");
        assertThat(targets.resolve("rebind.example"))
                .containsExactly(InetAddress.getByName("93.184.215.14"));
        assertThatThrownBy(() -> targets.resolve("rebind.example"))
                .isInstanceOf(WebhookTargets.PrivateAddressException.class);
    }

    /** A name server whose answers change from question to question. */
    private static WebhookTargets targets(String... answers) {
        Queue<String> left = new ArrayDeque<>(List.of(answers));
        return new WebhookTargets(
                new SystemDefaultDnsResolver() {
                    @Override
                    public InetAddress[] resolve(String host) throws UnknownHostException {
                        String[] literals = left.remove().split(",");
                        InetAddress[] addresses = new InetAddress[literals.length];
                        for (int i = 0; i < literals.length; i++) {
                            addresses[i] = InetAddress.getByName(literals[i]);
                        }
                        return addresses;
                    }
                });
    }
}
