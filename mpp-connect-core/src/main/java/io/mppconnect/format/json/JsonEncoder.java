package io.mppconnect.format.json;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.mppconnect.format.BadRecordException;
import io.mppconnect.format.RecordEncoder;
import io.mppconnect.format.field.ChosenColumn;
import io.mppconnect.format.value.ElementText;
import io.mppconnect.format.value.Scratch;
import io.mppconnect.format.value.TextStep;
import io.mppconnect.spi.RowReader;
import java.util.Arrays;
import java.util.List;

/** Makes JSON objects of rows; but for the object itself nothing is allocated. */
public final class JsonEncoder implements RecordEncoder {

    private final List<ChosenColumn> columns;

    /** What stands before each value: its name, and what ends the one before. */
    private final byte[][] leads;

    private final TextStep[] steps;
    private final Scratch record = new Scratch();

    public JsonEncoder(List<ChosenColumn> columns) {
        this.columns = columns;
        leads = new byte[columns.size()][];
        steps = new TextStep[columns.size()];
        for (int i = 0; i < steps.length; i++) {
            String name = ElementText.jsonText(columns.get(i).name());
            leads[i] = ((i == 0 ? "{" : ",") + name + ":").getBytes(UTF_8);
            steps[i] = JsonValues.of(columns.get(i).type());
        }
    }

    @Override
    public byte[] encode(RowReader row) throws BadRecordException {
        record.clear();
        for (int i = 0; i < steps.length; i++) {
            record.add(leads[i], 0, leads[i].length);
            if (!columns.get(i).add(row, steps[i], record)) {
                record.addAscii("null");
            }
        }
        record.add('}');
        return Arrays.copyOf(record.bytes(), record.length());
    }
}
