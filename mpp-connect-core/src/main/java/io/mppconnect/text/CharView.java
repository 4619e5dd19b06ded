package io.mppconnect.text;

/** Some characters of an array, which may be others the next moment. */
final class CharView implements CharSequence {

    private char[] chars = {};
    private int from;
    private int to;

    CharView of(char[] source, int start, int end) {
        chars = source;
        from = start;
        to = end;
        return this;
    }

    void copy(int start, int end, char[] target) {
        System.arraycopy(chars, from + start, target, 0, end - start);
    }

    @Override
    public int length() {
        return to - from;
    }

    @Override
    public char charAt(int index) {
        if (index < 0 || index >= to - from) {
            throw new IndexOutOfBoundsException(index);
        }
        return chars[from + index];
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return toString().subSequence(start, end);
    }

    @Override
    public String toString() {
        return new String(chars, from, to - from);
    }
}
