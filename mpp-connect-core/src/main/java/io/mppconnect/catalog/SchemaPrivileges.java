package io.mppconnect.catalog;

/**
 * What the connected role may do with a schema.
 *
 * @param use name what is in it
 * @param create make tables in it
 */
public record SchemaPrivileges(String schema, boolean use, boolean create) {}
