/** Why another document cannot be applied to a connector. */
export const onlyConnectionDocument = 'Only a connection document can update a connector. Import this document.'
