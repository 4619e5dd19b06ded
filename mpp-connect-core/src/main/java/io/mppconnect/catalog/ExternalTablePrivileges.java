package io.mppconnect.catalog;

/**
 * Whether the connected role may create the temporary tables of transfers. What allows external tables over gpfdist is an
 * attribute of the role's own, not inherited from roles that it is a member of; superusers always may.
 *
 * @param readable {@code CREATEEXTTABLE (type='readable', protocol='gpfdist')}, which loads need
 * @param writable {@code CREATEEXTTABLE (type='writable', protocol='gpfdist')}, which unloads need
 * @param temporary {@code TEMPORARY} on the database, which every transfer through segments and every load needs
 */
public record ExternalTablePrivileges(boolean readable, boolean writable, boolean temporary) {}
