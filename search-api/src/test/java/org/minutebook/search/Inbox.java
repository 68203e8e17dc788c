package org.minutebook.search;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.MessagingException;
import jakarta.mail.internet.MimeMessage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Where e-mails go; a mail server that is started anew forgets, so this does not. */
final class Inbox implements AutoCloseable {

    private final int port;
    private GreenMail server;
    private final List<MimeMessage> before = new ArrayList<>();

    Inbox() {
        server = new GreenMail(new ServerSetup(0, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        port = server.getSmtp().getPort();
    }

    int port() {
        return port;
    }

    /** All that came, in order. */
    List<MimeMessage> all() {
        List<MimeMessage> all = new ArrayList<>(before);
        all.addAll(List.of(server.getReceivedMessages()));
        return all;
    }

    void away() {
        if (server.getSmtp().isRunning()) {
            server.getSmtp().stopService();
        }
    }

    void back() {
        if (!server.getSmtp().isRunning()) {
            before.addAll(List.of(server.getReceivedMessages()));
            server.stop();
            server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
            server.start();
        }
    }

    /** How often each message came, by its Message-ID. */
    Map<String, Integer> messages() throws MessagingException {
        Map<String, Integer> messages = new TreeMap<>();
        for (MimeMessage message : all()) {
            messages.merge(message.getMessageID(), 1, Integer::sum);
        }
        return messages;
    }

    /** Subjects, by Message-ID. */
    Map<String, String> subjects() throws MessagingException {
        Map<String, String> subjects = new HashMap<>();
        for (MimeMessage message : all()) {
            subjects.put(message.getMessageID(), message.getSubject());
        }
        return subjects;
    }

    @Override
    public void close() {
        server.stop();
    }
}
