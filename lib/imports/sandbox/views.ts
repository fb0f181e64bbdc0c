/** Whether *Install the sandbox connector* is offered: not where it cannot be reached, nor where it is installed already. */
export type SandboxOffer = { offered: boolean }
