package org.minutebook.local.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayNameGeneration(ReplaceUnderscores.class)
class ServiceProgramsTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PATH",
                "JAVA_HOME",
                "MINUTEBOOK_BUILD",
                "MINUTEBOOK_EXTRACT_TIME_LIMIT",
                "SPRING_MAIL_HOST",
                "SPRING_MAIL_PROPERTIES_MAIL_SMTP_AUTH"
            })
    void beans_are_those_of_the_build_whatever_is_set(String variable) {
        assertThat(ServicePrograms.isAsBuilt(Set.of(variable))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "SPRING_APPLICATION_JSON",
                "spring_kafka_security_protocol",
                "spring.profiles.active",
                "MANAGEMENT_SERVER_PORT",
                "SERVER_SSL_BUNDLE",
                "MINUTEBOOK_ALERTS_ENABLED"
            })
    void a_setting_that_beans_depend_on_has_them_worked_out_at_the_start(String variable) {
        assertThat(ServicePrograms.isAsBuilt(Set.of("PATH", variable))).isFalse();
    }
}
