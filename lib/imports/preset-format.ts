/** The format of a ready-made connector, as people see it. */
export const presetFormat = 'Ready-made connector'
