package io.mppconnect.samples.quickstart;

import picocli.CommandLine.IVersionProvider;

/** The version that the jar's manifest tells. */
final class QuickstartVersion implements IVersionProvider {

    @Override
    public String[] getVersion() {
        String version = Quickstart.class.getPackage().getImplementationVersion();
        return new String[] {"mpp-connect quickstart " + (version == null ? "(not packaged)" : version)};
    }
}
