package io.mppconnect.catalog;

/**
 * Whether the connected role may create external tables over gpfdist. The attribute is the role's own, not inherited
 * from roles that it is a member of; superusers always may.
 *
 * @param readable {@code CREATEEXTTABLE (type='readable', protocol='gpfdist')}, which loads need
 * @param writable {@code CREATEEXTTABLE (type='writable', protocol='gpfdist')}, which unloads need
 */
public record ExternalTablePrivileges(boolean readable, boolean writable) {

    static final ExternalTablePrivileges NONE = new ExternalTablePrivileges(false, false);
}
