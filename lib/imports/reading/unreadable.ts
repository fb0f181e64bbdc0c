/** Why a source cannot be read, as a sentence for people. Thrown, because it may be noticed at any depth. */
export class Unreadable extends Error {}
