/** What a recorded process is called, in the menu before it is fetched and in its scenario after. */
export const RECORDING_TITLE = { xen: 'Recorded: Xen PV', bare: 'Recorded: bare metal' } as const
