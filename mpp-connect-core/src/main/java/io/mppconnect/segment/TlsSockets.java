package io.mppconnect.segment;

import io.mppconnect.Tls;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Plain sockets with the TLS of a {@link SegmentServer}, for what an application's own JVMs have to say to each other. */
public final class TlsSockets {

    private TlsSockets() {}

    /** One to be bound; whoever connects needs a certificate as segments do. */
    public static ServerSocket server(Tls tls) throws IOException {
        SSLServerSocket socket = (SSLServerSocket)
                new TlsFiles(tls).read().getServerSocketFactory().createServerSocket();
        socket.setEnabledProtocols(TlsServer.protocols());
        socket.setNeedClientAuth(tls.requiresClientCertificates());
        return socket;
    }

    /**
     * One to be connected. It presents the server's own certificate; the other side's must be good for the host that is
     * dialled, and of an authority that signs segments' certificates, too.
     */
    public static Socket client(Tls tls) throws IOException {
        SSLSocket socket =
                (SSLSocket) new TlsFiles(tls).read().getSocketFactory().createSocket();
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(TlsServer.protocols());
        socket.setSSLParameters(parameters);
        return socket;
    }
}
