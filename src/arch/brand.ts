declare const brand: unique symbol

/** A number or string that may not be mixed up with its plain kind: a machine frame is no guest frame. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name }

/** Frame number as the guest counts them (pseudo-physical under Xen PV, physical on bare metal). */
export type Pfn = Brand<number, 'Pfn'>
/** Frame number as the machine counts them. On bare metal it equals the Pfn. */
export type Mfn = Brand<number, 'Mfn'>
/** Index of one 32-bit word of the world. */
export type Cell = Brand<number, 'Cell'>
/** Index of the first of two words that hold a page-table entry: low half, then high half. */
export type Slot = Brand<number, 'Slot'>
