/** Keys that tests seal and sign with. */
export const testEncryptionKeys = 'test:QUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUE='
export const testSessionSecret = 'a session secret that is only used in tests'
