/**
 * Browsers that know Trusted Types start a script by its address only where a named policy has let the address through
 * (scripts/content-policy.mjs names it).
 */
interface PolicyFactory {
  createPolicy(
    name: string,
    rules: { createScriptURL(address: string): string },
  ): { createScriptURL(address: string): string }
}

const { trustedTypes } = globalThis as { trustedTypes?: PolicyFactory }
const policy = trustedTypes?.createPolicy('one-bit-two-names', {
  createScriptURL(address) {
    const { protocol, host } = new URL(address, location.href)
    if (protocol !== 'blob:' && host !== location.host) throw new TypeError(`not a script of this page: ${address}`)
    return address
  },
})

/** An address of a script of our own, as `Worker` and `register` want it; what kind of object that is differs by browser. */
export const trustedScript = (address: string): string => policy?.createScriptURL(address) ?? address
