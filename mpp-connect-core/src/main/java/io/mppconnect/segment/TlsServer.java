package io.mppconnect.segment;

import io.mppconnect.Tls;
import io.undertow.protocols.ssl.UndertowXnioSsl;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.xnio.ChannelListener;
import org.xnio.OptionMap;
import org.xnio.Options;
import org.xnio.Sequence;
import org.xnio.SslClientAuthMode;
import org.xnio.StreamConnection;
import org.xnio.XnioWorker;
import org.xnio.channels.AcceptingChannel;
import org.xnio.ssl.SslConnection;

/** Listens with TLS, and takes up files that have changed. */
final class TlsServer {

    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private final Tls tls;
    private final TlsFiles files;
    private final UndertowXnioSsl ssl;

    TlsServer(Tls tls, XnioWorker worker) {
        this.tls = tls;
        this.files = new TlsFiles(tls);
        this.ssl = new UndertowXnioSsl(worker.getXnio(), OptionMap.EMPTY, files.read());
    }

    AcceptingChannel<? extends StreamConnection> listen(
            XnioWorker worker,
            InetSocketAddress address,
            ChannelListener<AcceptingChannel<? extends StreamConnection>> acceptor,
            OptionMap socket)
            throws IOException {
        OptionMap options = OptionMap.builder()
                .addAll(socket)
                .set(Options.SSL_ENABLED_PROTOCOLS, Sequence.of(PROTOCOLS))
                .set(
                        Options.SSL_CLIENT_AUTH_MODE,
                        tls.requiresClientCertificates() ? SslClientAuthMode.REQUIRED : SslClientAuthMode.NOT_REQUESTED)
                .getMap();
        ChannelListener<AcceptingChannel<SslConnection>> secured = acceptor::handleEvent;
        return ssl.createSslConnectionServer(worker, address, secured, options);
    }

    static String[] protocols() {
        return PROTOCOLS.clone();
    }

    /** Connections from now on get what the files say now. */
    void refresh() {
        files.readIfChanged().ifPresent(ssl::updateSSLContext);
    }
}
