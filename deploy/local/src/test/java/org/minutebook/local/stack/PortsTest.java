package org.minutebook.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Test;

@DisplayNameGeneration(ReplaceUnderscores.class)
class PortsTest {

    @Test
    void a_port_that_somebody_listens_on_is_not_free_and_its_user_is_named() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();

            assertThat(Ports.isFree(port)).isFalse();
            assertThat(PortUser.of(port)).contains("process " + ProcessHandle.current().pid());
        }
        assertThat(Ports.isFree(port)).isTrue();
    }

    @Test
    void all_eight_ports_must_be_ports() {
        assertThatThrownBy(() -> new Ports(65530)).hasMessageContaining("65530");
        assertThatThrownBy(() -> new Ports(0)).hasMessageContaining("Port 0");
    }
}
