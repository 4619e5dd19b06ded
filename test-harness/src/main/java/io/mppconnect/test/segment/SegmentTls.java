package io.mppconnect.test.segment;

import java.io.IOException;
import java.net.Socket;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

/**
 * How segments speak gpfdists.
 *
 * @param context what they present and whom they trust; empty when they have no certificates
 * @param verify whether the server's certificate must name the host
 */
public record SegmentTls(Optional<SSLContext> context, boolean verify) {

    /** The files are those that a real segment would miss. */
    SSLContext required(Segment segment) throws SegmentFailure {
        return context.orElseThrow(() -> new SegmentFailure(
                "58P01",
                "could not open certificate file \"" + segment.dataDirectory()
                        + "/gpfdists/client.crt\": No such file or directory"));
    }

    /** Speaks TLS over a connected socket. */
    Socket over(Socket socket, String host, int port) throws IOException {
        SSLSocket secured = (SSLSocket) context.orElseThrow().getSocketFactory().createSocket(socket, host, port, true);
        SSLParameters parameters = secured.getSSLParameters();
        if (verify) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }
}
