/** How a command ends, for scripts. Wrong use of the command itself ends with 1 too. */
export const statuses = {
  done: 0,
  /** Something differs, was refused, or was changed on both sides. */
  conflict: 1,
  /** Done, but nothing is sent to new addresses before an administrator has confirmed them. */
  unconfirmed: 3,
} as const

export type Status = (typeof statuses)[keyof typeof statuses]
