// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.transport;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ippan.network.testkit.process.Programs;

/** A real web server with TLS before a node, for tests on machines that have it. */
final class Nginx implements AutoCloseable {

    /** Where it is installed although the path of a user does not name it. */
    private static final List<String> PLACES = List.of("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin");
    private static final String CONFIGURATION = """
            daemon off; master_process off; pid nginx.pid; error_log stderr;
            events { }
            http {
              access_log off; client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
              uwsgi_temp_path uwsgi; scgi_temp_path scgi;
              server {
                listen 127.0.0.1:PORT ssl; ssl_certificate CERTIFICATE; ssl_certificate_key KEY;
                location = /ippan {
                  proxy_pass http://127.0.0.1:BEHIND;
                  proxy_http_version 1.1;
                  proxy_set_header Upgrade $http_upgrade;
                  proxy_set_header Connection "upgrade";
                  proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
                }
              }
            }
            """;

    private final int port;
    private final Process process;

    /** Whether this machine has it. */
    static boolean isInstalled() {
        return program().isPresent();
    }

    private static Optional<Path> program() {
        return Stream.concat(Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)),
                PLACES.stream()).map(folder -> Path.of(folder, "nginx")).filter(Files::isExecutable).findFirst();
    }

    /** Starts it before a port of this machine. */
    Nginx(Path folder, int behind) throws Exception {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        Pem pem = Pem.create(folder);
        Path conf = Files.writeString(folder.resolve("nginx.conf"), CONFIGURATION.replace("PORT", "" + port)
                .replace("BEHIND", "" + behind).replace("CERTIFICATE", pem.certificate().toString())
                .replace("KEY", pem.key().toString()));
        process = new ProcessBuilder(program().orElseThrow().toString(), "-c", conf.toString(), "-p", folder + "/")
                .redirectErrorStream(true).redirectOutput(folder.resolve("nginx.log").toFile()).start();
        TestNode.await(this::answers, "nginx, which says " + Files.readString(folder.resolve("nginx.log")));
    }

    private boolean answers() {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        Programs.end(process);
    }
}
