package io.mppconnect.distributed;

import java.io.Serializable;

/**
 * What tasks in other JVMs need to bring rows into a {@link TransferPlan}: to be sent to all of them. Whoever has it can
 * add rows, so it is a secret for as long as the plan is open; {@link #toString} does not tell it.
 *
 * @param plan names the plan, different each time; no secret
 * @param host where the JVM with the plan is to be found
 * @param port where it listens
 * @param token proves that the caller is one of the plan's
 * @param secure whether it speaks TLS
 */
public record LoadTicket(String plan, String host, int port, String token, boolean secure) implements Serializable {

    private static final long serialVersionUID = 1L;

    @Override
    public String toString() {
        return "ticket for " + plan + " at " + host + ":" + port;
    }
}
