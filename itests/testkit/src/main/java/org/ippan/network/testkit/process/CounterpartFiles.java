// SPDX-License-Identifier: Apache-2.0
package org.ippan.network.testkit.process;

/** What stands in the files of each {@link Counterpart}, with places for ports and folders. */
final class CounterpartFiles {

    static final String NGINX = """
            daemon off; master_process off; pid nginx.pid; error_log stderr;
            events { }
            http {
              access_log off; client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
              uwsgi_temp_path uwsgi; scgi_temp_path scgi;
              server {
                listen 127.0.0.1:%d ssl; ssl_certificate server.pem; ssl_certificate_key server.pem;
                %s
              }
            }
            """;
    static final String LOCATION = """
            location = /ippan {
              proxy_pass http://127.0.0.1:%d;
              proxy_http_version 1.1;
              proxy_set_header Upgrade $http_upgrade;
              proxy_set_header Connection "upgrade";
              proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
            }
            """;
    static final String TINYPROXY = """
            Port %d
            Listen 127.0.0.1
            Timeout 600
            MaxClients 20
            Allow 127.0.0.1
            ConnectPort %d
            """;
    static final String SQUID = """
            http_port 127.0.0.1:%d
            pid_filename none
            cache_effective_user proxy
            cache deny all
            cache_mem 8 MB
            access_log none
            cache_log /dev/null
            cache_store_log none
            netdb_filename none
            coredump_dir none
            pinger_enable off
            max_filedescriptors 1024
            shutdown_lifetime 0 seconds
            auth_param basic program %s %s
            auth_param basic children 1
            auth_param basic realm test
            acl known proxy_auth REQUIRED
            acl target port %d
            acl CONNECT method CONNECT
            http_access allow CONNECT target known
            http_access deny all
            """;
    static final String DNSMASQ = """
            no-daemon
            no-resolv
            no-hosts
            port=%d
            listen-address=127.0.0.1
            bind-interfaces
            user=%s
            pid-file
            local=/ippan.test/
            local-ttl=30
            """;
    static final String NAMED = """
            options {
              directory "%s"; listen-on port %d { 127.0.0.1; }; listen-on-v6 { none; }; pid-file none;
              session-keyfile none; recursion no; dnssec-validation no; max-records-per-type 0;
            };
            controls { };
            zone "ippan.test" { type master; file "zone"; };
            """;
    static final String ZONE = """
            $TTL 30
            @ IN SOA ns hostmaster 1 3600 600 86400 30
            @ IN NS ns
            ns IN A 127.0.0.1
            """;
    /** As openssl passwd -apr1 makes it of "secret". */
    static final String SQUID_USER = "node:$apr1$ippannet$TCGKP5r9P5MM9lFbzYDE60\n";

    private CounterpartFiles() {
    }
}
