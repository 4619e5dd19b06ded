package io.mppconnect.samples.quickstart;

import io.mppconnect.MppConnectException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** Tells people of failures: what happened in one line, and all that is known only when asked. */
final class Failures {

    private Failures() {}

    /** Says what is wrong with the arguments, and returns the exit status. */
    static int usage(ParameterException problem, String[] arguments) {
        CommandLine command = problem.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(command.getCommandName() + ": " + problem.getMessage());
        err.println("Try: " + command.getCommandName() + " --help");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** Says what went wrong, and returns the exit status. */
    static int print(Exception failure, CommandLine command, boolean verbose) {
        PrintWriter err = command.getErr();
        err.println(command.getCommandName() + ": " + message(failure));
        if (verbose) {
            failure.printStackTrace(err);
        } else if (saysMore(failure)) {
            err.println("More about it: --verbose");
        }
        err.flush();
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    private static boolean saysMore(Exception failure) {
        return !(failure instanceof InterruptedException)
                && (failure.getCause() != null || failure.getSuppressed().length > 0);
    }

    private static String message(Exception failure) {
        if (failure instanceof MppConnectException || failure instanceof QuickstartException) {
            return String.valueOf(failure.getMessage());
        }
        return failure instanceof InterruptedException ? "interrupted" : failure.toString();
    }
}
