package io.mppconnect.format.field;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A place in records, and the places within it that fields are taken from.
 *
 * @param fields those that hold the value at this place
 * @param within those that hold this value or one within it
 * @param children by step, as {@link FieldPath} has them
 */
public record PathTree(List<Integer> fields, List<Integer> within, Map<Object, PathTree> children) {

    private PathTree() {
        this(new ArrayList<>(), new ArrayList<>(), new LinkedHashMap<>());
    }

    /** The record itself; each path is that of the field of the same place in the list. */
    public static PathTree of(List<FieldPath> paths) {
        PathTree root = new PathTree();
        for (int field = 0; field < paths.size(); field++) {
            PathTree node = root;
            for (Object step : paths.get(field).steps()) {
                node.within.add(field);
                node = node.children.computeIfAbsent(step, any -> new PathTree());
            }
            node.within.add(field);
            node.fields.add(field);
        }
        return root;
    }
}
