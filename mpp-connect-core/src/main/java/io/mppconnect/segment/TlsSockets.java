package io.mppconnect.segment;

import io.mppconnect.Tls;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/** Sockets with the TLS of a {@link SegmentServer}, for what an application's own JVMs have to say to each other. */
public final class TlsSockets {

    private TlsSockets() {}

    /** One to be bound. Whoever connects needs no certificate, and has to prove in another way who it is. */
    public static ServerSocket server(Tls tls) throws IOException {
        SSLServerSocket socket = (SSLServerSocket)
                new TlsFiles(tls).read().getServerSocketFactory().createServerSocket();
        socket.setEnabledProtocols(TlsServer.protocols());
        return socket;
    }

    /** One to be connected: the other side's certificate must be good for the host, and of a client authority. */
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
