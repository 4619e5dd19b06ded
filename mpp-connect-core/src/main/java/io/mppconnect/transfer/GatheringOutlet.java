package io.mppconnect.transfer;

import io.mppconnect.RejectedRow;
import io.mppconnect.spi.Block;
import io.mppconnect.spi.Positions;
import io.mppconnect.transfer.split.Outlet;
import java.util.ArrayList;
import java.util.List;

/** Holds the blocks of one read of a split until the position that they lead to is known. */
final class GatheringOutlet implements Outlet {

    private final String split;
    private final Gathering gathering;
    private final List<Block> held = new ArrayList<>();
    private final List<RejectedRow> setAside = new ArrayList<>();

    GatheringOutlet(String split, Gathering gathering) {
        this.split = split;
        this.gathering = gathering;
    }

    @Override
    public void send(Block block) {
        held.add(block);
    }

    @Override
    public boolean gathers() {
        return true;
    }

    @Override
    public boolean holds() {
        return !held.isEmpty();
    }

    @Override
    public void setAside(RejectedRow row) {
        setAside.add(row);
    }

    @Override
    public void reached(Positions positions) throws InterruptedException {
        if (held.isEmpty() && setAside.isEmpty() && positions.isEmpty()) {
            return;
        }
        gathering.add(split, held, setAside, positions);
        held.clear();
        setAside.clear();
    }

    @Override
    public void abandon() {
        held.forEach(Block::release);
        held.clear();
        setAside.clear();
    }
}
