import manifest from '@/package.json'

/** The version of Patchbay that this process runs. */
export const version = manifest.version
